"""Header: the messages that say what a group or an array is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nnstudio.formats.hdf5.fields import LENGTH, Damaged, Fields, Unsupported
from nnstudio.formats.hdf5.memory import Memory

DATASPACE, LINK_INFO, DATATYPE, LINK, EXTERNAL, LAYOUT = 0x01, 0x02, 0x03, 0x06, 0x07, 0x08
FILTERS, ATTRIBUTE, _CONTINUATION, SYMBOL_TABLE, ATTRIBUTE_INFO = 0x0B, 0x0C, 0x10, 0x11, 0x15
_NEW, _NEW_BLOCK = b"OHDR", b"OCHK"
_CHECKSUM = 4
_MOST_BLOCKS = 1000
_SHARED = 0x02
_TIMES, _LIMITS, _ORDERED, _SIZE = 0x20, 0x10, 0x04, 0x03


class Message(NamedTuple):
    """One fact about an object: what kind it is of, and its bytes."""

    kind: int
    flags: int
    data: bytes

    def fields(self) -> Fields:
        """Return the bytes as fields; those of a fact that several objects share lie elsewhere."""
        if self.flags & _SHARED:
            raise Unsupported("shared types")
        return Fields(self.data)


def messages(memory: Memory, address: int | None) -> list[Message]:
    """Return all messages of the object at ``address``."""
    is_new = memory.at(address, len(_NEW)) == _NEW
    found = []
    for message in _new(memory, address) if is_new else _old(memory, address):
        memory.spend(1)
        found.append(message)
    return found


def _old(memory: Memory, address: int | None) -> Iterator[Message]:
    fields = memory.fields(address, 16)
    fields.expect(b"\x01")
    fields.take(1)
    count = fields.number(2)
    fields.take(4)
    blocks = [((address or 0) + 16, fields.number(4))]
    for start, size in blocks:
        data = memory.fields(start, size)
        while count and data.left >= 8:
            count -= 1
            kind, length, flags = data.number(2), data.number(2), data.number(1)
            data.take(3)
            message = Message(kind, flags, data.take(length))
            _follow(message, blocks)
            yield message


def _new(memory: Memory, address: int | None) -> Iterator[Message]:
    fields = memory.fields(address, 64)
    fields.expect(_NEW)
    fields.expect(b"\x02")
    flags = fields.number(1)
    before = 6 + (16 if flags & _TIMES else 0) + (4 if flags & _LIMITS else 0)
    fields.take(before - 6)
    width = 1 << (flags & _SIZE)
    first = Fields(memory.at((address or 0) + before + width, fields.number(width)))
    blocks: list[tuple[int, int]] = []
    yield from _in_block(first, flags, blocks)
    for start, size in blocks:
        data = Fields(memory.at(start, size))
        data.expect(_NEW_BLOCK)
        yield from _in_block(Fields(data.take(data.left - _CHECKSUM)), flags, blocks)


def _in_block(data: Fields, flags: int, blocks: list[tuple[int, int]]) -> Iterator[Message]:
    ordered = 2 if flags & _ORDERED else 0
    while data.left >= 4 + ordered:
        kind, length, message_flags = data.number(1), data.number(2), data.number(1)
        data.take(ordered)
        message = Message(kind, message_flags, data.take(length))
        _follow(message, blocks)
        yield message


def _follow(message: Message, blocks: list[tuple[int, int]]) -> None:
    """Add the block that a message says to go on in."""
    if message.kind == _CONTINUATION:
        fields = Fields(message.data)
        blocks.append((fields.number(LENGTH), fields.number(LENGTH)))
    if len(blocks) > _MOST_BLOCKS:
        raise Damaged
