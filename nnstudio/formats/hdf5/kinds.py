"""Kinds: of what kind the elements of an array or attribute are, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnstudio.formats.hdf5.fields import LENGTH, Damaged, Fields

_INTEGER, _REAL, _TEXT, _LIST = 0, 1, 3, 9
_WORDS = {
    2: "times",
    _TEXT: "texts",
    4: "bits",
    5: "bytes without meaning",
    6: "groups of values",
    7: "references",
    8: "names of values",
    _LIST: "texts or lists",
    10: "arrays within arrays",
    11: "complex numbers",
}
_BIG_ENDIAN, _SIGNED = 0x01, 0x08
_MOST_AXES = 32
# Of IEEE numbers, by their size: bits of the exponent and of the fraction.
_IEEE = {2: (5, 10), 4: (8, 23), 8: (11, 52)}


@dataclass(frozen=True)
class Kind:
    """``dtype`` is None where the elements are no plain numbers; ``words`` then say what they are.

    A ``long_text`` lies elsewhere and has its place here; of a ``text`` the bytes lie here.
    """

    size: int
    dtype: np.dtype[Any] | None = None
    text: bool = False
    long_text: bool = False
    spaces: bool = False  # whether a text is filled up with spaces
    words: str = "something else"


def read_kind(fields: Fields) -> Kind:
    """Return the kind that a datatype message describes."""
    code = fields.number(1) & 0x0F
    bits, size = fields.number(3), fields.number(4)
    if code in (_INTEGER, _REAL):
        dtype = _integer(bits, size, fields) if code == _INTEGER else _real(bits, size, fields)
        return Kind(size, dtype, words="numbers of an unusual form")
    return Kind(
        size,
        text=code == _TEXT,
        long_text=code == _LIST and bits & 0x0F == 1,
        spaces=bits & 0x0F == 2,
        words=_WORDS.get(code, "something else"),
    )


def _order(bits: int) -> str:
    return ">" if bits & _BIG_ENDIAN else "<"


def _integer(bits: int, size: int, fields: Fields) -> np.dtype[Any] | None:
    whole = (fields.number(2), fields.number(2)) == (0, 8 * size)
    letter = "i" if bits & _SIGNED else "u"
    return np.dtype(f"{_order(bits)}{letter}{size}") if whole and size in (1, 2, 4, 8) else None


def _real(bits: int, size: int, fields: Fields) -> np.dtype[Any] | None:
    fields.take(4)
    exponent, exponent_bits, fraction, fraction_bits = fields.take(4)
    wanted = _IEEE.get(size)
    plain = wanted == (exponent_bits, fraction_bits) and (exponent, fraction) == (fraction_bits, 0)
    return np.dtype(f"{_order(bits)}f{size}") if plain and not bits & 0x40 else None


def read_shape(fields: Fields) -> tuple[int, ...]:
    """Return the shape that a dataspace message describes; that of nothing at all is (0,)."""
    version, axes = fields.number(1), fields.number(1)
    fields.take(1)
    if version not in (1, 2) or axes > _MOST_AXES:
        raise Damaged
    is_nothing = fields.number(1) == 2 and version == 2
    fields.take(4 if version == 1 else 0)
    return (0,) if is_nothing else tuple(fields.number(LENGTH) for _ in range(axes))
