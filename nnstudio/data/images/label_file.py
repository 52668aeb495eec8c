"""LabelFile: a list that says which class each picture of a folder belongs to."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnstudio.data.encodings import one_hot_rows
from nnstudio.data.files import CHOOSE_OTHER, opened, read_up_to, wrong_file
from nnstudio.data.images.decoding import ENDINGS
from nnstudio.data.images.files import Folder
from nnstudio.data.names import counted, printable
from nnstudio.errors import FileError

_EXPECTED = "a list of images and their classes"
_ADVICE = "Write a row for each image: its file name and its class, such as: cat-1.png,cat."
_MOST_BYTES = 2**26
_LOOKED_AT = 1000  # rows are enough to see which column names the files
_MOST_COLUMNS = 200
_CLASS_WORDS = ("label", "class", "category", "target", "species", "breed", "kind", "name")
_NO_CLASS = ("", "?", "na", "n/a", "nan", "none", "null")
Rows = list[list[str]]


@dataclass(frozen=True, eq=False)
class Labels:
    """The class of each picture that the list names, and what of the list was of no use."""

    classes: dict[Path, str]
    notes: tuple[str, ...]


def read_labels(file: Path, folder: Folder) -> Labels:
    """Return which classes the list ``file`` gives to the pictures of ``folder``.

    Pictures are named by their path from the folder, by their name alone, or without its ending.

    Raises:
        FileError: it is no such list.
    """
    rows = _read_rows(file)
    known = _pictures_by_name(folder)
    column = _name_column(file, rows, known)
    header = rows[0] if _is_header(rows[0][column], known) else None
    body = rows if header is None else rows[1:]
    classes: dict[Path, str] = {}
    extra = doubled = 0
    for row, name in zip(body, _class_names(file, body, header, column), strict=True):
        picture = known.get(_key(row[column]))
        extra += picture is None
        doubled += picture in classes
        if picture is not None and name.lower() not in _NO_CLASS:
            classes.setdefault(picture, printable(name))
    return Labels(classes, tuple(_notes(file, extra, doubled)))


def _notes(file: Path, extra: int, doubled: int) -> Iterable[str]:
    name = printable(file.name)
    if extra:
        names = "names" if extra == 1 else "name"
        yield f"{counted(extra, 'row')} of {name} {names} no image that is there."
    if doubled:
        names = "names" if doubled == 1 else "name"
        yield f"{counted(doubled, 'row')} of {name} {names} an image again; the first counts."


def _read_rows(file: Path) -> Rows:
    """Return the rows of a list, all of one length, without empty ones."""
    with opened(file, _EXPECTED) as stream:
        raw = read_up_to(stream, _MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise wrong_file(file, f"{_EXPECTED}, at most {_MOST_BYTES:,} bytes", "more", CHOOSE_OTHER)
    text = _text(bytes(raw))
    try:
        rows = [[cell.strip() for cell in row] for row in _split(file, text) if any(map(str.strip, row))]
    except csv.Error as error:
        raise wrong_file(file, _EXPECTED, "a cell without end", _ADVICE) from error
    if not rows:
        raise wrong_file(file, _EXPECTED, "an empty file", _ADVICE)
    width = min(max(map(len, rows[:_LOOKED_AT])), _MOST_COLUMNS)
    return [(row + [""] * width)[:width] for row in rows]


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _split(file: Path, text: str) -> Iterable[list[str]]:
    """Return the cells of each line: parted by what the first lines hold most of."""
    counts = Counter(letter for letter in text[: 2**14] if letter in ",;\t")
    if counts:
        return csv.reader(io.StringIO(text), delimiter=counts.most_common(1)[0][0], skipinitialspace=True)
    return (line.rsplit(None, 1) for line in text.splitlines())


def _key(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./").casefold()


def _pictures_by_name(folder: Folder) -> dict[str, Path]:
    """Return the pictures by all names that a list may use; a name that means two means none."""
    known: dict[str, Path] = {}
    pictures = list(folder.all_pictures())
    for names in (
        [_key(picture.stem) for picture in pictures],
        [_key(picture.name) for picture in pictures],
        [_key(picture.relative_to(folder.path).as_posix()) for picture in pictures],
    ):
        counts = Counter(names)
        for name in counts:
            known.pop(name, None)
        known.update((name, path) for name, path in zip(names, pictures, strict=True) if counts[name] == 1)
    return known


def _name_column(file: Path, rows: Rows, known: dict[str, Path]) -> int:
    shown = rows[:_LOOKED_AT]
    hits = [sum(_key(row[place]) in known for row in shown) for place in range(len(rows[0]))]
    if not any(hits):
        raise wrong_file(file, "the names of images in this folder", "none of them", _ADVICE)
    if len(hits) < 2:
        raise wrong_file(file, _EXPECTED, "a single column", _ADVICE)
    return hits.index(max(hits))


def _is_header(cell: str, known: dict[str, Path]) -> bool:
    return _key(cell) not in known and Path(cell).suffix.lower() not in ENDINGS


def _class_names(file: Path, body: Rows, header: list[str] | None, names: int) -> list[str]:
    """Return the class of each row: of the column that looks most like it, or of a group of 0 and 1."""
    others = [place for place in range(len(body[0])) if place != names] if body else []
    if header is not None and len(others) > 1:
        marked = _marked(file, body, others)
        if marked is not None:
            return [header[others[index]] for index in marked]
    if not others:
        return []
    place = others[0] if header is None else min(others, key=lambda other: _rank(header[other]))
    return [row[place] for row in body]


def _rank(title: str) -> int:
    """Return a lower number for a title that speaks more of classes."""
    found = [rank for rank, word in enumerate(_CLASS_WORDS) if word in title.casefold()]
    return min(found, default=len(_CLASS_WORDS))


def _marked(file: Path, body: Rows, others: Sequence[int]) -> list[int] | None:
    """Return which of the columns ``others`` each row marks with a 1; None where they hold other things."""
    try:
        values = np.array([[float(row[place]) for place in others] for row in body])
    except ValueError:
        return None
    try:
        rows = one_hot_rows(values)
    except ValueError as error:
        raise FileError(f"{printable(file.name)}: {error}") from error
    return None if rows is None else [int(index) for index in rows]
