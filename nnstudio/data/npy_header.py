"""NpyHeader: what a file says of an array before it is read."""

from __future__ import annotations

import math
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from nnstudio.data.files import CHOOSE_OTHER, wrong_file

# What NumPy's header reader raises over damaged bytes. It evaluates the header as a Python literal, so what
# the parser raises belongs here as well.
DAMAGE = (
    tokenize.TokenError,
    EOFError,
    RuntimeError,
    ValueError,
    OverflowError,
    SyntaxError,
    TypeError,
    LookupError,
)
_READERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
_NUMBERS, _TEXTS = "biuf", "US"


@dataclass(frozen=True)
class Header:
    """Shape and type of one array."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    fortran: bool

    @property
    def size_bytes(self) -> int:
        """How many bytes the values take, in Python's integers, which do not overflow."""
        return math.prod(self.shape) * self.dtype.itemsize


def read_header(path: Path, name: str, stream: IO[bytes], texts: bool = False) -> Header:
    """Return the header of the array ``name``, with which ``stream`` begins.

    Args:
        texts: whether names are welcome besides numbers.
    Raises:
        FileError: it holds objects or other types, or no samples.
        DAMAGE: it is damaged.
    """
    reader = _READERS.get(np.lib.format.read_magic(stream))
    if reader is None:
        raise wrong_file(path, f"{name} in format 1 or 2", "a newer format", "Save it again with NumPy.")
    shape, fortran, dtype = reader(stream)
    if not (
        dtype.kind in _NUMBERS and dtype.itemsize <= 8 or texts and dtype.kind in _TEXTS and dtype.itemsize
    ):
        found = "Python objects, which could run code" if dtype.hasobject else f"the type {dtype}"
        advice = "Save it again as numbers, such as uint8 or float32."
        raise wrong_file(path, f"{name} as plain numbers", found, advice)
    if not shape or min(shape) < 1:
        raise wrong_file(path, f"{name} with samples", f"the shape {shape}", CHOOSE_OTHER)
    return Header(shape, dtype, fortran)
