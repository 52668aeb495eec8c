"""ImageFolder: pictures in a folder, classed by the folders they lie in or by a list of labels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from nnstudio.data.arrays import Array, Flags, IntArray
from nnstudio.data.files import LIMIT_BYTES, system_errors, wrong_file
from nnstudio.data.images.files import EXPECTED
from nnstudio.data.images.layout import ADVICE, Item, class_order, layout_of
from nnstudio.data.images.reading import Pictures, read_pictures
from nnstudio.data.images.shaping import BLACK, BORDER, COLOUR, CROP, GREY, STRETCH, WHITE, Shaping
from nnstudio.data.names import counted, listed, printable
from nnstudio.data.raw import Raw
from nnstudio.data.source import Source
from nnstudio.data.targets import MOST_CLASSES
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting
from nnstudio.task import Task

_MOST_PX = 1024
_MOVED_ROWS = 1024


@dataclass(frozen=True)
class ImageFolder(Source):
    """All pictures of a folder in one size; folders called train and test part them."""

    title: ClassVar[str] = "Image folder"

    path: str = setting("", "The folder.")
    labels: str = setting(
        "", "The list in it that says which class each image belongs to; none: each folder in it is a class."
    )
    colour: str = setting(
        GREY,
        "Whether the network sees grey or red, green and blue.",
        choices=(GREY, COLOUR),
    )
    size: tuple[int, int] = setting(
        (28, 28),
        "Height and width that all images get, in pixels.",
        minimum=1,
        maximum=_MOST_PX,
        label="Height × width",
    )
    fit: str = setting(
        BORDER,
        "How images of other proportions get this size: whole with a border, cut to their middle, or "
        "stretched.",
        choices=(BORDER, CROP, STRETCH),
    )
    background: str = setting(
        WHITE,
        "What stands behind images that are transparent, and in the border.",
        choices=(WHITE, BLACK),
    )

    @property
    def shaping(self) -> Shaping:
        """What every picture becomes."""
        return Shaping(self.colour, *self.size, self.fit, self.background)

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        path = Path(self.path)
        layout = layout_of(path, self.labels, watch)
        self._refuse_size(path, len(layout.items))
        with system_errors(path, EXPECTED):
            pictures = read_pictures([item.path for item in layout.items], self.shaping, watch)
        items = [item for item, good in zip(layout.items, pictures.good, strict=True) if good]
        names = class_order(item.class_name for item in items)
        _refuse_classes(path, names, len(pictures.reasons))
        notes = (*layout.notes, *_notes(layout.items, items, pictures))
        return _raw(path, items, names, _packed(pictures.x, pictures.good), " ".join(notes))

    def _refuse_size(self, path: Path, count: int) -> None:
        size = count * math.prod(self.shaping.shape)
        if size > LIMIT_BYTES:
            height, width = self.size
            found = f"{size / 1e9:.1f} GB: {count:,} {self.colour} images of {height} x {width} pixels"
            advice = "Choose a smaller size, or fewer images."
            raise wrong_file(path, f"images of at most {LIMIT_BYTES / 1e9:.1f} GB in all", found, advice)


def _refuse_classes(path: Path, names: tuple[str, ...], unreadable: int) -> None:
    if len(names) < 2:
        found = f"only {names[0]}" if names else "none"
        found += f"; {counted(unreadable, 'image')} could not be read" if unreadable else ""
        raise wrong_file(path, "images of two classes or more", found, ADVICE)
    if len(names) > MOST_CLASSES:
        found = f"{len(names):,}, such as {names[0]} and {names[1]}"
        raise wrong_file(path, f"at most {MOST_CLASSES:,} classes", found, ADVICE)


def _notes(all_items: tuple[Item, ...], items: list[Item], pictures: Pictures) -> Iterable[str]:
    if pictures.reasons:
        # In the order of the files: threads may have come upon them in another one.
        odd = [item.path for item in all_items if item.path in pictures.reasons]
        names = listed(f"{printable(file.name)} ({pictures.reasons[file]})" for file in odd)
        yield f"{counted(len(odd), 'image')} could not be read: {names}."
    gone = class_order({item.class_name for item in all_items} - {item.class_name for item in items})
    if gone:
        yield f"Without an image left: {listed(gone)}."


def _packed(x: Array, good: Flags) -> Array:
    """Return the good rows of ``x``, moved to its beginning: a copy would take as much memory again."""
    rows = np.flatnonzero(good)
    if len(rows) < len(x):
        for start in range(int(np.argmin(good)), len(rows), _MOVED_ROWS):
            x[start : start + _MOVED_ROWS][: len(rows) - start] = x[rows[start : start + _MOVED_ROWS]]
    return x[: len(rows)]


def _name(folder: Path, file: Path) -> str:
    """Return what a picture is called in its folder; bytes that are no letters become marks."""
    return file.relative_to(folder).as_posix().encode("utf-8", "replace").decode("utf-8")


def _raw(path: Path, items: list[Item], names: tuple[str, ...], x: Array, notes: str) -> Raw:
    place = {name: index for index, name in enumerate(names)}
    y: IntArray = np.array([place[item.class_name] for item in items], np.int64)
    training = sum(not item.tests for item in items)
    own = 0 < training < len(items)
    files = tuple(_name(path, item.path) for item in items)
    return Raw(
        name=printable(path.resolve().name) or "Images",
        task=Task.TWO_CLASSES if len(names) == 2 else Task.MANY_CLASSES,
        x=x[:training] if own else x,
        y=y[:training] if own else y,
        class_names=names,
        x_test=x[training:] if own else None,
        y_test=y[training:] if own else None,
        notes=notes,
        names=files[:training] if own else files,
        names_test=files[training:] if own else (),
    )
