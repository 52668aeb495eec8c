"""NamesFile: the names of columns that a .names file beside a table lists, as UCI's archive has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_MOST_BYTES = 2**20
_MOST_LETTERS = 40
_NUMBERED = re.compile(r"^\s*(\d{1,4})[.):]\s+(\S.*)$")
_TYPED = re.compile(r"^([\w .()-]{1,60}):\s*\S.*\.\s*$")  # age: continuous.


def names_beside(path: Path, count: int) -> tuple[str, ...]:
    """Return the names of ``count`` columns from the .names file of a table; none where it lists others."""
    try:
        with open(path.with_suffix(".names"), "rb") as file:
            lines = file.read(_MOST_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return ()
    for names in _lists(lines):
        if len(names) == count:
            return tuple(map(_short, names))
    typed = [match.group(1) for match in map(_TYPED.match, lines) if match]
    if count and len(typed) in (count, count - 1):
        return tuple(map(_short, [*typed, "class"][:count]))
    return ()


def _lists(lines: list[str]) -> Iterator[list[str]]:
    """Yield each numbered list of words: 1., 2., 3. on lines that follow each other."""
    names: list[str] = []
    for line in [*lines, ""]:
        match = _NUMBERED.match(line)
        if match and int(match.group(1)) == len(names) + 1 and re.search("[A-Za-z]", match.group(2)):
            names.append(match.group(2))
            continue
        yield names
        is_first = match and match.group(1) == "1"
        names = [match.group(2)] if match and is_first else []


def _short(name: str) -> str:
    """Return a name without what stands in brackets, cut between words."""
    name = re.sub(r"\s*\([^()]*\)?", "", re.sub(r"\([^()]*\([^()]*\)[^()]*\)?", "", name)).strip(" :.;")
    if len(name) > _MOST_LETTERS:
        name = name[:_MOST_LETTERS].rsplit(" ", 1)[0]
    return name or "column"
