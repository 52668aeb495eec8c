"""Hdf5Heaps: find the damage at which HDF5 itself would never come back.

Texts lie in "global heaps": a header of 16 bytes, then objects one behind the other. An object is a header of
16 bytes with its number and size, then its data; number 0 is the free rest, whose size counts its header too.
HDF5 walks these without looking: a rest of size 0 keeps it in one place for ever, and the program with it.
Source: HDF5 File Format Specification, III.E. Disk Format: Level 1E - Global Heap.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

_SIGNATURE = b"GCOL\x01\0\0\0"
_HEADER = struct.Struct("<HHIQ")  # number, references, reserved, size
_ALIGNMENT = 8


def has_endless_heap(path: Path) -> bool:
    """Say whether HDF5 would hang on a heap in ``path``, a file that is not empty."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        start = content.find(_SIGNATURE)
        while start >= 0:
            if _is_endless(content, start):
                return True
            start = content.find(_SIGNATURE, start + 1)
    return False


def _is_endless(content: mmap.mmap, start: int) -> bool:
    place = start + len(_SIGNATURE)
    end = min(start + int.from_bytes(content[place : place + 8], "little"), len(content))
    place += 8
    while place + _HEADER.size <= end:
        number, _, _, size = _HEADER.unpack_from(content, place)
        step = _HEADER.size + -(-size // _ALIGNMENT) * _ALIGNMENT if number else size
        if step % 2**64 == 0:
            return True
        place += step
    return False
