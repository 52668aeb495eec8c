"""Dialect: how a table is written as text."""

from __future__ import annotations

import re
from dataclasses import dataclass

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
ENCODINGS = ("utf-8", "utf-16", "latin-1")
DECIMALS = (".", ",")
# What people write where there is no value, and endless numbers, from which no network learns; compared
# without blanks around it and in small letters.
_ENDLESS = tuple(sign + word for word in ("inf", "infinity") for sign in ("", "+", "-"))
NO_VALUES = ("", "?", "na", "n/a", "#n/a", "nan", "null", "-", *_ENDLESS)

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# 1,234.5 with "," between thousands: only in threes, so that nothing else is mistaken for it.
THOUSANDS = {mark: rf"^[+-]?\d{{1,3}}(\{mark}\d{{3}})+(\{other}\d*)?$" for mark, other in (",.", ".,")}


@dataclass(frozen=True)
class Dialect:
    """What stands between cells and before decimals, how letters are bytes, and how cells are counted."""

    delimiter: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    header: bool = True


def is_missing(text: str) -> bool:
    """Return whether a cell says that there is no value."""
    return text.strip().lower() in NO_VALUES


def number(text: str, decimal: str = ".") -> float | None:
    """Return the number that a cell holds, or None where it holds none."""
    text = text.strip()
    mark = "," if decimal == "." else "."
    if re.match(THOUSANDS[mark], text, re.ASCII):
        text = text.replace(mark, "")
    text = text.replace(decimal, ".")
    value = float(text) if _NUMBER.fullmatch(text) else None
    return value if value is not None and abs(value) != float("inf") else None


def numbered(names: list[str]) -> tuple[str, ...]:
    """Return names, each another: empty ones become "Column 3", a second "age" becomes "age 2"."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for place, name in enumerate(names):
        wanted = " ".join(name.split()) or f"Column {place + 1}"
        unique = wanted
        while unique in taken:
            counts[wanted] = counts.get(wanted, 1) + 1
            unique = f"{wanted} {counts[wanted]}"
        taken.add(unique)
        names[place] = unique
    return tuple(names)
