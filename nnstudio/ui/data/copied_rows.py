"""Copied rows: some rows of a sheet as text that a spreadsheet takes."""

from __future__ import annotations

from collections.abc import Iterable

from nnstudio.ui.data.shown_rows import ShownRows

MOST_COPIED = 20_000


def as_tsv(shown: ShownRows, places: Iterable[int]) -> str:
    """Return the names of the columns and the shown samples at ``places``, parted by tabs."""
    columns = range(len(shown.sheet.fields))
    lines = [[field.name for field in shown.sheet.fields]]
    lines += [[shown.sheet.exact(int(shown.rows[place]), column) for column in columns] for place in places]
    return "\n".join("\t".join(map(_on_one_line, line)) for line in lines) + "\n"


def _on_one_line(text: str) -> str:
    return " ".join(text.split()) if any(letter in text for letter in "\t\r\n") else text
