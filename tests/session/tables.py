"""A small table of patients, and how it is looked at."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from nnstudio.session.session import Session

_COLOURS = ("red", "green", "blue")


def write_table(folder: Path, name: str = "patients.csv", delimiter: str = ",") -> Path:
    """Write forty patients: age and weight, a colour, and whether they are ill."""
    lines = [["age", "weight", "colour", "ill"]]
    for row in range(40):
        cells = (20 + row * 7 % 50, f"{60.5 + row * 3 % 40}", _COLOURS[row % 3], int(row * 7 % 50 > 25))
        lines.append([str(cell) for cell in cells])
    path = folder / name
    path.write_text("\n".join(map(delimiter.join, lines)) + "\n")
    return path


def open_table(qtbot: QtBot, session: Session, path: Path) -> None:
    """Open a table, and wait until it can be looked at."""
    session.open_path(path)
    qtbot.waitUntil(lambda: session.table.is_open)


def settle(qtbot: QtBot, session: Session) -> None:
    """Wait until the preview shows what is wanted."""
    qtbot.waitUntil(lambda: not session.table.follows)


def role(session: Session, name: str) -> str:
    """Return the role of a column in the preview."""
    assert session.table.preview is not None
    return next(column.role for column in session.table.preview.columns if column.name == name)
