"""Names: of files and classes, in the order in which people count, and without what no screen shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGITS = re.compile(r"(\d+)")
_SHOWN = 10
_MOST_LETTERS = 60


def natural_key(name: str) -> tuple[list[tuple[bool, int, str]], str]:
    """Return what sorts "image 2" before "image 10"; two names are never equal by it."""
    parts = _DIGITS.split(name.casefold())
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts if part], name


def printable(name: str) -> str:
    """Return ``name`` without what cannot be shown or written: line breaks, bytes that are no letters."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)
    return shown if len(shown) <= _MOST_LETTERS else shown[: _MOST_LETTERS - 1] + "…"


def listed(names: Iterable[str]) -> str:
    """Return the first ten names, and that there are more."""
    found = [printable(name) for name in names]
    return ", ".join(found[:_SHOWN]) + (", ..." if len(found) > _SHOWN else "")


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return "1 image" or "2 images"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
