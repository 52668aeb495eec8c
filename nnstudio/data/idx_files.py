"""IdxFiles: which files beside each other make one data set, found by their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nnstudio.data.files import system_errors, wrong_file

_EXPECTED = "IDX files of images and labels"
_NAME = re.compile(r"(?P<head>.*)(?P<role>images|labels)[-.]?idx[13](?P<tail>.*?)(\.gz)?", re.IGNORECASE)
_SETS = ("t10k", "test", "train")


@dataclass(frozen=True)
class Pair:
    """The file of images and the file of their labels."""

    images: Path
    labels: Path


@dataclass(frozen=True)
class IdxFiles:
    """The pair to train with, and the pair to test with where there is one."""

    training: Pair
    test: Pair | None


def find_idx_files(path: Path) -> IdxFiles:
    """Return the files that belong to ``path``, which is any one of them or their folder.

    Raises:
        FileError: nothing there is named like an IDX file, a pair lacks a file, or there is a choice.
    """
    pairs = _pairs_in(path)
    start = _start_of(path, pairs)
    training = _training_key(start, pairs)
    tests = [key for key in pairs if key != training and _family(key) == _family(training)]
    return IdxFiles(_pair(pairs[training]), _pair(pairs[tests[0]]) if tests else None)


def is_idx_name(name: str) -> bool:
    """Return whether a file with this name may belong to an IDX data set."""
    return _NAME.fullmatch(name) is not None


def _pairs_in(path: Path) -> dict[str, dict[str, Path]]:
    """Return the files around ``path`` by what their names share, and by role: images or labels."""
    with system_errors(path, _EXPECTED):
        folder = path if path.is_dir() else path.parent
        files = sorted((file for file in folder.iterdir() if file.is_file()), key=_plain_first)
    pairs: dict[str, dict[str, Path]] = {}
    for file in files:
        if match := _NAME.fullmatch(file.name):
            pairs.setdefault(_key(match), {}).setdefault(match["role"].lower(), file)
    if path in files and (match := _NAME.fullmatch(path.name)):
        pairs[_key(match)][match["role"].lower()] = path
    return pairs


def _plain_first(file: Path) -> tuple[bool, str]:
    """Sort unpacked files before packed ones: they load faster and are the same."""
    return file.name.lower().endswith(".gz"), file.name


def _key(match: re.Match[str]) -> str:
    return f"{match['head']}*{match['tail']}".lower()


def _family(key: str) -> str:
    """Return ``key`` without what tells training from test, so that both parts of a set are equal."""
    return re.sub("|".join(_SETS), "", key)


def _start_of(path: Path, pairs: dict[str, dict[str, Path]]) -> str:
    """Return the key of the pair that the person means."""
    if match := _NAME.fullmatch(path.name):
        if _key(match) not in pairs:
            raise wrong_file(path, "an IDX file", "no such file", "Check whether it was moved or renamed.")
        return _key(match)
    if not path.is_dir():
        advice = "Name the two files like train-images-idx3-ubyte and train-labels-idx1-ubyte."
        raise wrong_file(path, "a name that says images-idx3 or labels-idx1", "another name", advice)
    if len({_family(key) for key in pairs}) != 1:
        found = "more than one set of them" if pairs else "none"
        raise wrong_file(path, _EXPECTED, found, "Choose one file, such as train-images-idx3-ubyte.gz.")
    return next(iter(pairs))


def _training_key(start: str, pairs: dict[str, dict[str, Path]]) -> str:
    family = [key for key in pairs if _family(key) == _family(start)]
    return next((key for key in family if "train" in key), start)


def _pair(roles: dict[str, Path]) -> Pair:
    for role, other in (("images", "labels"), ("labels", "images")):
        if role not in roles:
            advice = f"Put the file of its {role} into the same folder, or choose another file."
            raise wrong_file(roles[other], f"a file of {role} beside it", "none", advice)
    return Pair(roles["images"], roles["labels"])
