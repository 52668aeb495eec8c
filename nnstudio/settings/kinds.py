"""Kinds: whether a value is of the kind that a setting takes, and how people read numbers and kinds."""

from __future__ import annotations

from typing import Any


def has_kind(value: Any, kind: type) -> bool:
    """Whether ``value`` is a number, a text, ... of ``kind``; yes and no are no numbers."""
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def number_words(value: float) -> str:
    """Return a number as a sentence tells it."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 10**12 else "a number of more than 12 digits"
    return f"{value:g}"


KIND_WORDS = {int: "a whole number", float: "a number", bool: "yes or no", str: "a text"}
