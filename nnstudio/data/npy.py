"""Npy: open one array in NumPy's own format without reading it, and without trusting it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.files import COPY_AGAIN, kind_of, opened, times, wrong_file
from nnstudio.data.npy_header import DAMAGE, Header, read_header

_EXPECTED = "a NumPy array"
_MAGIC = b"\x93NUMPY"


def npy_header(path: Path, texts: bool = False) -> Header:
    """Return shape and type of the array in ``path``, without reading it."""
    return _open(path, texts)[0]


def read_npy(path: Path, texts: bool = False) -> Array:
    """Return the array in ``path``, mapped: its values are read where they are asked for.

    Args:
        texts: whether names are welcome.
    Raises:
        FileError: it is no array of numbers, or damaged.
    """
    header, start = _open(path, texts)
    size = os.path.getsize(path) - start
    if size != header.size_bytes:
        found = "fewer" if size < header.size_bytes else "more"
        raise wrong_file(path, f"{times(header.shape)} values", found, COPY_AGAIN)
    mapped = np.memmap(path, header.dtype, "r", start, header.shape, "F" if header.fortran else "C")
    return np.asarray(mapped)


def _open(path: Path, texts: bool) -> tuple[Header, int]:
    """Return the header and where the values begin."""
    with opened(path, _EXPECTED) as file:
        head = file.read(8)
        file.seek(0)
        if not head.startswith(_MAGIC):
            raise wrong_file(path, _EXPECTED, kind_of(head), "Choose a file that numpy.save wrote.")
        return _header(path, file, texts), file.tell()


def _header(path: Path, file: IO[bytes], texts: bool) -> Header:
    try:
        return read_header(path, path.stem, file, texts)
    except DAMAGE as error:
        raise wrong_file(path, _EXPECTED, "a damaged header", COPY_AGAIN) from error
