"""Copied rows: some rows of a sheet as text that a spreadsheet takes."""

from __future__ import annotations

from collections.abc import Sequence

from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.ui.data.shown_rows import ShownRows

MOST_COPIED = 100_000
_ASK_EVERY = 1000


def as_tsv(shown: ShownRows, places: Sequence[int], watch: Watch = UNWATCHED) -> str:
    """Return the names of the columns and the shown samples at ``places``, parted by tabs.

    Raises:
        Cancelled: a person stopped it.
    """
    columns = range(len(shown.sheet.fields))
    lines = [[field.name for field in shown.sheet.fields]]
    for count, place in enumerate(places):
        if count % _ASK_EVERY == 0:
            watch.told(count / len(places), "Copying rows")
        lines.append([shown.sheet.exact(int(shown.rows[place]), column) for column in columns])
    return "\n".join("\t".join(map(_on_one_line, line)) for line in lines) + "\n"


def _on_one_line(text: str) -> str:
    return " ".join(text.split()) if any(letter in text for letter in "\t\r\n") else text
