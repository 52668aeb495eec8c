"""Attribute: a short value that belongs to a group: texts, or nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

from nnstudio.formats.hdf5.fields import Damaged, Fields, Unsupported
from nnstudio.formats.hdf5.header import Message
from nnstudio.formats.hdf5.kinds import Kind, read_kind, read_shape
from nnstudio.formats.hdf5.memory import Memory

_HEAP = b"GCOL"
_HEAP_HEAD = 16
_MOST_BYTES = 2**24  # of a heap, and of all texts of one attribute
_MOST_TEXTS = 10_000


@dataclass(frozen=True)
class Attribute:
    """What an attribute is, and its bytes."""

    name: str
    kind: Kind
    shape: tuple[int, ...]
    data: bytes

    @property
    def is_text(self) -> bool:
        """Whether it is texts, or an array of nothing, as Keras writes a list without names."""
        return self.kind.text or self.kind.long_text or 0 in self.shape

    def texts(self, memory: Memory) -> list[bytes]:
        """Return its texts, of which there may be none."""
        count, size = math.prod(self.shape), self.kind.size
        if count > _MOST_TEXTS or count * size > len(self.data):
            raise Damaged
        pieces = [self.data[place : place + size] for place in range(0, count * size, size or 1)]
        if self.kind.long_text:
            return _long_texts(memory, pieces)
        return [_short_text(piece, self.kind.spaces) for piece in pieces]


def read_attribute(message: Message) -> Attribute:
    """Return the attribute that a message holds."""
    fields = message.fields()
    version, flags = fields.number(1), fields.number(1)
    if version not in (1, 2, 3):
        raise Damaged
    if version > 1 and flags & 3:
        raise Unsupported("shared types")
    sizes = [fields.number(2) for _ in range(3)]
    fields.take(1 if version == 3 else 0)
    parts = []
    for size in sizes:
        parts.append(fields.take(size))
        fields.take(-size % 8 if version == 1 else 0)
    name = parts[0].split(b"\0")[0].decode("utf-8", "replace")
    kind, shape = read_kind(Fields(parts[1])), read_shape(Fields(parts[2]))
    return Attribute(name, kind, shape, fields.take(fields.left))


def _short_text(piece: bytes, spaces: bool) -> bytes:
    text = piece.split(b"\0")[0]
    return text.rstrip(b" ") if spaces else text


def _long_texts(memory: Memory, pieces: list[bytes]) -> list[bytes]:
    """Return the texts that lie where the pieces say."""
    places = [Fields(piece) for piece in pieces]
    found, heaps, total = [], dict[int, dict[int, bytes]](), 0
    for place in places:
        length, address, index = place.number(4), place.number(8), place.number(4)
        total += length
        if total > _MOST_BYTES:
            raise Damaged
        if length and address not in heaps:
            heaps[address] = _heap(memory, address)
        text = heaps[address].get(index, b"") if length else b""
        if len(text) < length:
            raise Damaged
        found.append(text[:length].split(b"\0")[0])
    return found


def _heap(memory: Memory, address: int) -> dict[int, bytes]:
    """Return the texts of a global heap by their numbers."""
    head = memory.fields(address, _HEAP_HEAD)
    head.expect(_HEAP)
    head.take(4)
    size = head.number(8)
    if size > _MOST_BYTES:
        raise Damaged
    fields = memory.fields(address + _HEAP_HEAD, size - _HEAP_HEAD)
    found = {}
    while fields.left >= _HEAP_HEAD:
        memory.spend(1)
        index = fields.number(2)
        fields.take(6)
        length = fields.number(8)
        if not index:  # the free rest
            break
        found[index] = fields.take(length)
        fields.take(min(-length % 8, fields.left))
    return found
