"""ImageFiles: which pictures and lists of labels lie in a folder and in the folders in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nnstudio.data.files import CHOOSE_OTHER, system_errors, wrong_file
from nnstudio.data.images.decoding import ENDINGS
from nnstudio.data.names import natural_key
from nnstudio.data.watch import UNWATCHED, Watch

EXPECTED = "a folder of images"
_TABLES = (".csv", ".tsv", ".txt")
_NO_CLASS = ("__macosx",)
_DEEPEST = 8
_MOST_FILES = 1_000_000
_ASKED_EVERY = 2048


@dataclass(frozen=True, eq=False)
class Folder:
    """What lies in one folder, each kind in the order of its names; hidden files are not there."""

    path: Path
    pictures: tuple[Path, ...] = ()
    tables: tuple[Path, ...] = ()
    folders: tuple[Folder, ...] = ()

    def all_pictures(self) -> Iterator[Path]:
        """Yield the pictures here and in all folders below."""
        yield from self.pictures
        for folder in self.folders:
            yield from folder.all_pictures()

    @property
    def full_folders(self) -> tuple[Folder, ...]:
        """The folders in it that have pictures, at whatever depth."""
        return tuple(folder for folder in self.folders if any(True for _ in folder.all_pictures()))


@dataclass
class LeftOut:
    """What was left out of a scan: links that lead elsewhere, and folders that may not be read."""

    links: int = 0
    closed: list[str] = field(default_factory=list)
    seen: int = 0


def scan(path: Path, left_out: LeftOut, watch: Watch = UNWATCHED) -> Folder:
    """Return what lies in the folder ``path``.

    Raises:
        FileError: it cannot be read, or holds more files than a data set has.
    """
    with system_errors(path, EXPECTED):
        return _scan(path, Path(os.path.realpath(path)), left_out, watch, 0)


def _scan(path: Path, root: Path, left_out: LeftOut, watch: Watch, depth: int) -> Folder:
    files, names = [], []
    with os.scandir(path) as entries:
        for entry in entries:
            _count(root, left_out, watch)
            if entry.name.startswith(".") or entry.name.lower() in _NO_CLASS:
                continue
            if entry.is_symlink() and _leads_away(entry, root):
                left_out.links += 1
            elif entry.is_dir():
                names.append(entry.name)
            elif entry.is_file():
                files.append(entry.name)
    files.sort(key=natural_key)
    folders = [
        _folder(path / name, root, left_out, watch, depth + 1) for name in sorted(names, key=natural_key)
    ]
    return Folder(
        path,
        tuple(path / name for name in files if _ending(name) in ENDINGS),
        tuple(path / name for name in files if _ending(name) in _TABLES),
        tuple(folder for folder in folders if folder is not None),
    )


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _count(path: Path, left_out: LeftOut, watch: Watch) -> None:
    left_out.seen += 1
    if left_out.seen > _MOST_FILES:
        raise wrong_file(path, f"{EXPECTED}, at most {_MOST_FILES:,} files", "more", CHOOSE_OTHER)
    if left_out.seen % _ASKED_EVERY == 0:
        watch.told(None, f"Looking for images: {left_out.seen:,} files")


def _leads_away(entry: os.DirEntry[str], root: Path) -> bool:
    """Return whether a link leads out of ``root``, nowhere, or to a folder, which could be a circle."""
    return entry.is_dir() or not Path(os.path.realpath(entry.path)).is_relative_to(root)


def _folder(path: Path, root: Path, left_out: LeftOut, watch: Watch, depth: int) -> Folder | None:
    if depth > _DEEPEST:
        left_out.closed.append(path.name)
        return None
    try:
        return _scan(path, root, left_out, watch, depth)
    except OSError:  # one folder that may not be read does not spoil the others
        left_out.closed.append(path.name)
        return None
