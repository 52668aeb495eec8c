"""Drawings: what a person drew and named; each is kept as its strokes and as the picture made of them."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnstudio.data.arrays import Bytes
from nnstudio.data.digits import SIDE_PX, digit_from_strokes
from nnstudio.data.drawing_book import Book, Entry, append_to_book, read_book
from nnstudio.data.strokes import Stroke
from nnstudio.errors import DataError

MOST_LETTERS = 40
_DECIMALS = 2  # of the pad's 280 units: far finer than a pixel of the picture


@dataclass(frozen=True, eq=False)
class NamedDrawing:
    """A picture (28, 28), what it shows, and the number of the entry that added it."""

    number: int
    label: str
    image: Bytes
    entry: Entry

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What the hand did, for preparing the picture anew."""
        return tuple(map(_stroke, self.entry.get("strokes", [])))


@dataclass(frozen=True, eq=False)
class Drawer:
    """Some drawings of the book called ``book``; ``last`` is the number of its newest entry."""

    book: str
    last: int
    drawings: tuple[NamedDrawing, ...]


def read_drawer(until: int | None = None) -> Drawer:
    """Return the drawings that were there after the entry ``until``; without it, those that are there now.

    Whatever is added or deleted later, the same number gives the same drawings.

    Raises:
        FileError: they cannot be read.
    """
    book = read_book()
    return Drawer(book.name, book.last, tuple(_drawings(book, book.last if until is None else until)))


def add_drawing(strokes: Sequence[Stroke], label: str) -> int:
    """Keep a drawing under a name; return its number.

    Raises:
        DataError: nothing is drawn, or the name is none.
        FileError: the file cannot be written.
    """
    label, drawn = checked_label(label), digit_from_strokes(strokes)
    if drawn is None:
        raise DataError("Expected a drawing to add, found an empty pad. Draw something first.")
    return append_to_book(
        {
            "label": label,
            "seconds": round(time.time(), 3),
            "image": base64.b64encode(drawn.image.tobytes()).decode("ascii"),
            "strokes": [_stroke_entry(stroke) for stroke in strokes if len(stroke.points)],
        }
    )


def delete_drawing(number: int) -> None:
    """Take a drawing away; `restore_drawing` brings it back."""
    append_to_book({"deleted": number})


def restore_drawing(number: int) -> None:
    """Bring back a drawing that was deleted."""
    append_to_book({"restored": number})


def checked_label(label: str) -> str:
    """Return ``label`` with single spaces.

    Raises:
        DataError: nothing is left of it, or it is too long.
    """
    label = " ".join(label.split())
    if not label:
        raise DataError("Expected a label, found none. Type what the drawing is, such as 7.")
    if len(label) > MOST_LETTERS:
        raise DataError(
            f"Expected a label of at most {MOST_LETTERS} letters, found {len(label)}. Choose a shorter one."
        )
    return label


def _drawings(book: Book, last: int) -> list[NamedDrawing]:
    there: dict[int, NamedDrawing] = {}
    gone: set[int] = set()
    for entry in book.entries:
        if entry["number"] > last:
            break
        if type(entry.get("deleted")) is int:
            gone.add(entry["deleted"])
        elif type(entry.get("restored")) is int:
            gone.discard(entry["restored"])
        elif (drawing := _drawing(entry)) is not None:
            there[drawing.number] = drawing
    return [drawing for number, drawing in there.items() if number not in gone]


def _drawing(entry: Entry) -> NamedDrawing | None:
    """Return the drawing of an entry, or None where somebody changed it to what is none."""
    try:
        label, pixels = checked_label(entry["label"]), base64.b64decode(entry["image"])
        image = np.frombuffer(pixels, np.uint8).reshape(SIDE_PX, SIDE_PX)
    except (LookupError, TypeError, AttributeError, ValueError, binascii.Error, DataError):
        return None
    return NamedDrawing(entry["number"], label, image, entry)


def _stroke_entry(stroke: Stroke) -> dict[str, Any]:
    points = np.round(np.asarray(stroke.points, dtype=np.float64), _DECIMALS).tolist()
    return {"points": points, "width": stroke.width, "erases": stroke.erases}


def _stroke(entry: dict[str, Any]) -> Stroke:
    points = np.array(entry["points"], dtype=np.float64).reshape(-1, 2)
    return Stroke(points, float(entry["width"]), bool(entry["erases"]))
