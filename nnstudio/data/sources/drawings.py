"""Drawings: a person's own drawings from the pad, as data like MNIST's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from nnstudio.data.drawings import Drawer, read_drawer
from nnstudio.data.raw import Raw
from nnstudio.data.source import Source
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import DataError
from nnstudio.settings import setting
from nnstudio.task import Task

_LEAST = 2
_DIGITS = tuple("0123456789")
_HOW = 'Draw on the pad of the Prediction tab and press "Add to my drawings".'


@dataclass(frozen=True)
class Drawings(Source):
    """Pictures of 28 x 28; the classes are the labels that occur, numbers first and in their order.

    The book of drawings grows, so a source says how far it is read: the book's name and the number of the
    last entry. One that does not say it means all there are; `settled`, it says which these were.
    """

    title: ClassVar[str] = "My drawings"
    summary: ClassVar[str] = "What you drew and named"
    icon_name: ClassVar[str] = "pencil"

    all_digits: bool = setting(
        False, "Whether there are always ten classes, where all labels are digits.", label="All ten digits"
    )
    book: str = setting("", "Which book of drawings it is.", arbitrary=True, advanced=True)
    until: int = setting(
        0,
        "The number of the last entry that counts; 0 for the newest.",
        minimum=0,
        label="Up to entry",
        arbitrary=True,
        advanced=True,
    )

    def settled(self) -> Drawings:
        """Return the source that goes on reading what is drawn by now."""
        if self.book and self.until:
            return self
        drawer = read_drawer()
        return replace(self, book=drawer.book, until=drawer.last)

    def anew(self) -> Drawings:
        """Return the source that reads all there is when it is read."""
        return replace(self, book="", until=0)

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        drawer = self._drawer()
        watch.go_on()
        labels = [drawing.label for drawing in drawer.drawings]
        names = _class_names(set(labels))
        if len(names) < _LEAST:
            found = _found_words(len(labels), names)
            raise DataError(f"Expected drawings of two classes or more, found {found}. {_HOW}")
        if self.all_digits and set(names) <= set(_DIGITS):
            names = _DIGITS
        return Raw(
            name=self.title,
            task=Task.TWO_CLASSES if len(names) == _LEAST else Task.MANY_CLASSES,
            x=np.stack([drawing.image for drawing in drawer.drawings]),
            y=np.array([names.index(label) for label in labels], dtype=np.int64),
            class_names=names,
        )

    def _drawer(self) -> Drawer:
        drawer = read_drawer(self.until or None)
        if (self.book or drawer.book) != drawer.book or self.until > drawer.last:
            raise DataError(
                "Expected the drawings that these data were made of, found other ones on this computer. "
                "Open my drawings anew to use those that are here."
            )
        return drawer


def _class_names(labels: set[str]) -> tuple[str, ...]:
    digits = sorted((label for label in labels if label.isdecimal()), key=lambda label: (int(label), label))
    return (*digits, *sorted(labels - set(digits), key=str.casefold))


def _found_words(count: int, names: tuple[str, ...]) -> str:
    if not count:
        return "none"
    return f"{count:,} of {names[0]}" if count > 1 else f"only one, of {names[0]}"
