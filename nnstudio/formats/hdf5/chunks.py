"""Chunks: an array that lies in pieces, put together."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.formats.hdf5.fields import Damaged
from nnstudio.formats.hdf5.filters import Filter, unpacked
from nnstudio.formats.hdf5.layout import Layout, Piece
from nnstudio.formats.hdf5.memory import Memory

Array = npt.NDArray[Any]
_MOST_BYTES = 2**30  # of one piece, which HDF5 keeps below 4 GB
_LARGER = 2  # a piece may stand out over the end of its array, but not without end


def fill_chunks(memory: Memory, layout: Layout, filters: tuple[Filter, ...], target: Array) -> None:
    """Fill ``target`` with the pieces; every one of them must be there."""
    chunk, item = layout.chunk, target.dtype.itemsize
    size = math.prod(chunk) * item
    sound = len(chunk) == target.ndim and all(chunk) and layout.item == item
    if not sound or size > min(_MOST_BYTES, _LARGER * target.nbytes + 2**20):
        raise Damaged
    counts = [-(-length // part) for length, part in zip(target.shape, chunk, strict=True)]
    corners = set()
    for piece in layout.pieces(memory):
        corner = _corner(piece, layout, counts)
        there = target[tuple(slice(start, start + part) for start, part in zip(corner, chunk, strict=True))]
        if not there.size or corner in corners:
            raise Damaged
        corners.add(corner)
        data = bytearray(_packed_size(piece, size, bool(filters)))
        memory.fill(piece.address, memoryview(data))
        whole = unpacked(bytes(data), filters, piece.skipped, item, size)
        elements = np.frombuffer(whole, target.dtype).reshape(chunk)
        there[...] = elements[tuple(slice(length) for length in there.shape)]
    if len(corners) != math.prod(counts):
        raise Damaged


def _packed_size(piece: Piece, size: int, filtered: bool) -> int:
    """Return how many bytes of the file a piece takes, which is not much more than it holds."""
    if piece.size != size and not filtered or piece.size > 2 * size + 2**16:
        raise Damaged
    return piece.size


def _corner(piece: Piece, layout: Layout, counts: list[int]) -> tuple[int, ...]:
    """Return where a piece begins in the array, a whole number of pieces along each axis."""
    if isinstance(piece.corner, int):
        corner = np.unravel_index(piece.corner, counts) if piece.corner < math.prod(counts) else ()
        return tuple(int(number) * part for number, part in zip(corner, layout.chunk, strict=True))
    if any(start % part for start, part in zip(piece.corner, layout.chunk, strict=True)):
        raise Damaged
    return piece.corner
