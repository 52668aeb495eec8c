"""Layout: where the elements of an array lie: with its description, in one stretch, or in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nnstudio.formats.hdf5.fields import ADDRESS, LENGTH, Damaged, Fields, Unsupported
from nnstudio.formats.hdf5.memory import Memory
from nnstudio.formats.hdf5.symbols import leaves

_COMPACT, _CONTIGUOUS, _CHUNKED, _VIRTUAL = range(4)
_TREE, _SINGLE, _IMPLICIT, _FIXED = 0, 1, 2, 3  # of the indices to pieces; 0 is the one of old
_FILTERED_SINGLE = 2
_MOST_AXES = 33
_TREE_KIND = 1


@dataclass(frozen=True)
class Piece:
    """A part of an array: where it begins in it, or the how manieth it is; ``skipped`` filters."""

    corner: tuple[int, ...] | int
    address: int
    size: int
    skipped: int = 0


@dataclass(frozen=True)
class Layout:
    """``chunk`` is the shape of a piece; ``content`` are elements that lie with the description."""

    kind: int
    address: int | None = None
    size: int = 0
    content: bytes = b""
    chunk: tuple[int, ...] = ()
    item: int = 1
    index: int = _TREE
    skipped: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether the elements lie in one stretch."""
        return self.kind in (_COMPACT, _CONTIGUOUS)

    @property
    def is_virtual(self) -> bool:
        """Whether the elements are those of other arrays."""
        return self.kind == _VIRTUAL

    def stored(self, memory: Memory) -> int:
        """Return how many bytes of the file are elements."""
        if self.kind == _CHUNKED:
            return sum(piece.size for piece in self.pieces(memory))
        return len(self.content) if self.kind == _COMPACT else memory.held(self.address, self.size)

    def fill(self, memory: Memory, target: memoryview) -> None:
        """Fill ``target`` with elements that lie in one stretch."""
        if self.kind == _COMPACT:
            if len(self.content) < target.nbytes:
                raise Damaged
            target[:] = self.content[: target.nbytes]
        elif self.address is None or self.size < target.nbytes:
            raise Damaged
        else:
            memory.fill(self.address, target)

    def pieces(self, memory: Memory) -> Iterator[Piece]:
        """Yield the pieces that are there."""
        if self.address is None:
            return
        if self.index == _TREE:
            for key, address in leaves(memory, self.address, 8 + 8 * (len(self.chunk) + 1), _TREE_KIND):
                fields = Fields(key)
                size, skipped = fields.number(4), fields.number(4)
                yield Piece(tuple(fields.number(8) for _ in self.chunk), address, size, skipped)
        elif self.index == _SINGLE:
            yield Piece(0, self.address, self.size or self._whole, self.skipped)
        else:
            yield from self._fixed(memory)

    @cached_property
    def _whole(self) -> int:
        size = self.item
        for length in self.chunk:
            size *= length
        return size

    def _fixed(self, memory: Memory) -> Iterator[Piece]:
        """Yield the pieces of an array whose index is a plain list."""
        head = memory.fields(self.address, 28)
        head.expect(b"FAHD")
        head.take(1)
        filtered, width, bits = head.number(1), head.number(1), head.number(1)
        count, block = head.number(LENGTH), head.address()
        if block is None:
            return
        if count > 1 << min(bits, 32):
            raise Unsupported("very many pieces for an array")
        before = 6 + ADDRESS
        memory.fields(block, before).expect(b"FADB")
        entries = Fields(memory.at(block + before, count * width))
        for number in range(count):
            memory.spend(1)
            address = entries.address()
            size = entries.number(width - ADDRESS - 4) if filtered else self._whole
            skipped = entries.number(4) if filtered else 0
            if address is not None:
                yield Piece(number, address, size, skipped)


def read_layout(fields: Fields) -> Layout:
    """Return what a layout message describes."""
    version, kind = fields.number(1), fields.number(1)
    if version not in (3, 4, 5):
        raise Unsupported("an older or newer form of arrays")
    if kind == _COMPACT:
        return Layout(kind, content=fields.take(fields.number(2)))
    if kind == _CONTIGUOUS:
        return Layout(kind, fields.address(), fields.number(LENGTH))
    if kind == _CHUNKED:
        return _old_chunks(fields) if version == 3 else _new_chunks(fields)
    if kind == _VIRTUAL:
        return Layout(kind)
    raise Damaged


def _old_chunks(fields: Fields) -> Layout:
    axes, address = fields.number(1), fields.address()
    *chunk, item = _lengths(fields, axes, 4)
    return Layout(_CHUNKED, address, chunk=tuple(chunk), item=item)


def _new_chunks(fields: Fields) -> Layout:
    flags, axes, width = fields.number(1), fields.number(1), fields.number(1)
    *chunk, item = _lengths(fields, axes, width)
    index, size, skipped = fields.number(1), 0, 0
    if index == _SINGLE and flags & _FILTERED_SINGLE:
        size, skipped = fields.number(LENGTH), fields.number(4)
    elif index == _FIXED:
        fields.take(1)
    elif index != _SINGLE:
        raise Unsupported("an array that can grow")
    return Layout(_CHUNKED, fields.address(), size, b"", tuple(chunk), item, index, skipped)


def _lengths(fields: Fields, axes: int, width: int) -> list[int]:
    if not 1 <= axes <= _MOST_AXES:
        raise Damaged
    return [fields.number(width) for _ in range(axes)]
