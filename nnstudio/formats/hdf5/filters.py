"""Filters: what was done to the pieces of an array before they were written, undone."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from nnstudio.formats.hdf5.fields import Damaged, Fields, Unsupported

_DEFLATE, _SHUFFLE, _CHECKSUM = 1, 2, 3
_NAMES = {4: "szip", 5: "n-bit packing", 6: "scale-offset packing", 32000: "LZF packing"}
_MOST_FILTERS = 32
_OWN = 256  # filters from here on are not HDF5's own, and tell their names
_SUM_BYTES = 4


@dataclass(frozen=True)
class Filter:
    """One step, by HDF5's number of it."""

    number: int
    values: tuple[int, ...]


def read_filters(fields: Fields) -> tuple[Filter, ...]:
    """Return the steps that a pipeline message describes, in the order in which they were done."""
    version, count = fields.number(1), fields.number(1)
    if version not in (1, 2) or count > _MOST_FILTERS:
        raise Damaged
    fields.take(6 if version == 1 else 0)
    return tuple(_read_filter(fields, version) for _ in range(count))


def _read_filter(fields: Fields, version: int) -> Filter:
    number = fields.number(2)
    named = fields.number(2) if version == 1 or number >= _OWN else 0
    fields.take(2)
    count = fields.number(2)
    fields.take(named + (-named % 8 if version == 1 else 0))
    values = tuple(fields.number(4) for _ in range(count))
    fields.take(4 if version == 1 and count % 2 else 0)
    if number not in _UNDO:
        raise Unsupported(_NAMES.get(number, f"packing number {number}"))
    return Filter(number, values)


def unpacked(data: bytes, filters: tuple[Filter, ...], skipped: int, item: int, size: int) -> bytes:
    """Return the ``size`` bytes that were packed into ``data``; bits of ``skipped`` are steps left out."""
    for place in reversed(range(len(filters))):
        if not skipped >> place & 1:
            data = _UNDO[filters[place].number](data, filters[place], item, size)
    if len(data) != size:
        raise Damaged
    return data


def _inflate(data: bytes, step: Filter, item: int, size: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, size + _SUM_BYTES)
    except zlib.error as error:
        raise Damaged from error


def _unshuffle(data: bytes, step: Filter, item: int, size: int) -> bytes:
    """Put bytes that were sorted by their place within an element back into elements."""
    width = step.values[0] if step.values else item
    if width <= 1:
        return data
    whole = len(data) // width * width
    elements = np.frombuffer(data[:whole], np.uint8).reshape(width, -1)
    return elements.T.tobytes() + data[whole:]


def _checked(data: bytes, step: Filter, item: int, size: int) -> bytes:
    """Take the sum off the end and compare it: Fletcher's, over words of 16 bits."""
    content, wanted = data[:-_SUM_BYTES], data[-_SUM_BYTES:]
    even = content + b"\0" * (len(content) % 2)
    words = np.frombuffer(even, ">u2").astype(np.uint64)
    first = int(words.sum()) % 65535
    second = int((words * np.arange(len(words), 0, -1, dtype=np.uint64) % 65535).sum()) % 65535
    found = int.from_bytes(wanted, "little")
    if (found % 2**16 % 65535, (found >> 16) % 65535) != (first, second):
        raise Damaged
    return content


_UNDO = {_DEFLATE: _inflate, _SHUFFLE: _unshuffle, _CHECKSUM: _checked}
