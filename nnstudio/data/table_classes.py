"""TableClasses: the classes that a column of a table names, in an order a person expects."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nnstudio.data.dialect import number

_LARGEST_WHOLE = 1e15


def class_names(texts: Iterable[str], decimal: str = ".") -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the names of the classes, and the class of each text.

    Where all are numbers they sort as such, and 1 and 1.0 are one class; else "a 2" comes before "a 10".
    """
    found = {text: number(text, decimal) for text in texts}
    if None in found.values():
        names = tuple(sorted(found, key=natural))
        return names, {name: index for index, name in enumerate(names)}
    values = sorted({value for value in found.values() if value is not None})
    places = {value: index for index, value in enumerate(values)}
    names = tuple(_number_name(value, found) for value in values)
    return names, {text: places[value] for text, value in found.items() if value is not None}


def _number_name(value: float, found: dict[str, float | None]) -> str:
    if value == int(value) and abs(value) < _LARGEST_WHOLE:
        return str(int(value))
    return min((text for text, other in found.items() if other == value), key=lambda text: (len(text), text))


def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """Return what sorts texts with numbers in them as people do."""
    parts = re.split(r"(\d{1,15})", text.lower(), flags=re.ASCII)
    return (*((1, int(part)) if place % 2 else (0, part) for place, part in enumerate(parts)), (2, text))


def shown(text: str) -> str:
    """Return a value of a file, short enough for a sentence."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain if len(plain) <= 30 else plain[:29] + "…"
