"""Filter words: chosen places of the confusion matrix in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from nnstudio.ui.prediction.matrix_geometry import Place
from nnstudio.ui.prediction.matrix_selection import Places

_MOST = 3  # more would be a list that nobody reads


def words_of(places: Places, names: Sequence[str]) -> str:
    """Say which samples are at ``places``: "all 4", "4 read as 7 or 9, and 9 as 4"; "" without a place."""
    parts = [*_whole(places, names), *_cells(places, names)]
    if len(parts) > _MOST + 1:
        parts = [*parts[:_MOST], f"{len(parts) - _MOST:,} more"]
    return ", and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _whole(places: Places, names: Sequence[str]) -> Iterator[str]:
    """Yield the words of whole rows and columns."""
    for row, column in sorted(places):
        if column < 0:
            yield f"all {names[row]}"
    for row, column in sorted(places):
        if row < 0 <= column:
            yield f"read as {names[column]}"


def _cells(places: Places, names: Sequence[str]) -> Iterator[str]:
    """Yield the words of single cells, those of a row together; the first one says what they are."""
    cells: list[Place] = sorted(place for place in places if min(place) >= 0)
    verb = "read as"
    for row, group in groupby(cells, key=_row):
        yield f"{names[row]} {verb} {_either([names[column] for _, column in group])}"
        verb = "as"


def _row(place: Place) -> int:
    return place[0]


def _either(names: list[str]) -> str:
    if len(names) > _MOST:
        names = [*names[:_MOST], f"{len(names) - _MOST:,} others"]
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
