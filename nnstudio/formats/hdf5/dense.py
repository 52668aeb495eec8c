"""Dense: what groups with very many links or attributes keep in a heap, found through a tree."""

from __future__ import annotations

from collections.abc import Iterator

from nnstudio.formats.hdf5.fields import ADDRESS, LENGTH, Damaged, Fields, Unsupported, bytes_for
from nnstudio.formats.hdf5.memory import Memory

_BY_NAME_LINKS, _BY_NAME_ATTRIBUTES = 5, 8
_HASH = 4
_NODE_HEAD = 10  # signature, version, type and checksum
_MANAGED = 0
_MOST_DEEP = 20


def dense_messages(memory: Memory, heap_address: int, index_address: int) -> Iterator[bytes]:
    """Yield the message of each link or attribute in the heap that the tree by names leads to."""
    heap = _Heap(memory, heap_address)
    for kind, record in _records(memory, index_address):
        if kind not in (_BY_NAME_LINKS, _BY_NAME_ATTRIBUTES):
            raise Damaged
        place = record[_HASH:] if kind == _BY_NAME_LINKS else record
        yield heap.object(place[: heap.id_size])


class _Heap:
    """A fractal heap: rows of blocks whose sizes double from the third row on."""

    def __init__(self, memory: Memory, address: int) -> None:
        self._memory = memory
        fields = memory.fields(address, 160)
        fields.expect(b"FRHP")
        fields.take(1)
        self.id_size, filters = fields.number(2), fields.number(2)
        fields.take(1)
        largest_object = fields.number(4)
        fields.take(12 * LENGTH)
        self._width, self._first, self._largest = fields.number(2), fields.number(8), fields.number(8)
        bits = fields.number(2)
        fields.take(2)
        self._root, self._rows = fields.address(), fields.number(2)
        sound = 0 < self._first <= self._largest < 2**32 and 0 < self._width < 2**10 and bits <= 64
        if not sound or self._rows > 64:
            raise Damaged
        if filters:
            raise Unsupported("packed heaps")
        self._offset_size = -(-bits // 8)
        most = (self._largest.bit_length() - 1 + 7) // 8
        self._length_size = min(most, bytes_for(largest_object))

    def object(self, place: bytes) -> bytes:
        """Return the bytes that a heap ID stands for."""
        fields = Fields(place)
        if fields.number(1) >> 4 != _MANAGED:
            raise Unsupported("attributes of an unusual size")
        offset, length = fields.number(self._offset_size), fields.number(self._length_size)
        block, rows, root = self._root, self._rows, True
        for _ in range(_MOST_DEEP):
            if root and not rows:
                return self._memory.at((block or 0) + offset, length) if block is not None else b""
            root = False
            block, offset, size = self._below(block, rows, offset)
            if size <= self._largest:
                if block is None:
                    raise Damaged
                return self._memory.at(block + offset, length)
            rows = (size // self._first // self._width).bit_length()
        raise Damaged

    def _below(self, block: int | None, rows: int, offset: int) -> tuple[int | None, int, int]:
        """Return the block of an indirect one that ``offset`` is in, the offset there, and its size."""
        row = (offset // (self._width * self._first)).bit_length()
        size = self._first << max(0, row - 1)
        start = self._width * size if row else 0
        column = (offset - start) // size
        if row >= rows:
            raise Damaged
        head = 5 + ADDRESS + self._offset_size
        place = head + (row * self._width + column) * ADDRESS
        self._memory.fields(block, head).expect(b"FHIB")
        child = Fields(self._memory.at((block or 0) + place, ADDRESS)).address()
        return child, (offset - start) % size, size


def _records(memory: Memory, address: int) -> Iterator[tuple[int, bytes]]:
    """Yield type and bytes of every record of a newer tree."""
    fields = memory.fields(address, 38)
    fields.expect(b"BTHD")
    fields.take(1)
    kind, node_size, size, depth = fields.number(1), fields.number(4), fields.number(2), fields.number(2)
    fields.take(2)
    root, count = fields.address(), fields.number(2)
    if not size or depth > _MOST_DEEP or not _NODE_HEAD < node_size < 2**20:
        raise Damaged
    if root is not None:
        pointers = _pointer_sizes(node_size, size, depth)
        for record in _in_node(memory, (root, count, depth), size, pointers):
            yield kind, record


def _pointer_sizes(node_size: int, size: int, depth: int) -> list[tuple[int, int]]:
    """Return for each level, from the leaves up, how many bytes tell a child's records, and all below it."""
    most = (node_size - _NODE_HEAD) // size
    here, of_all, all_size = bytes_for(most), most, 0
    sizes = [(0, 0)]
    for _ in range(depth):
        sizes.append((here, all_size))
        most = (node_size - _NODE_HEAD - ADDRESS - here - all_size) // (size + ADDRESS + here + all_size)
        of_all = (most + 1) * of_all + most
        all_size = bytes_for(of_all)
    return sizes


def _in_node(
    memory: Memory, node: tuple[int, int, int], size: int, pointers: list[tuple[int, int]]
) -> Iterator[bytes]:
    address, count, depth = node
    here, below = pointers[depth]
    pointer = ADDRESS + here + below if depth else 0
    length = 6 + count * size + (count + 1) * pointer
    fields = Fields(memory.at(address, length))
    fields.expect(b"BTIN" if depth else b"BTLF")
    fields.take(2)
    memory.spend(count)
    yield from [fields.take(size) for _ in range(count)]
    for _ in range(count + 1 if depth else 0):
        child, records = fields.number(ADDRESS), fields.number(here)
        fields.take(below)
        yield from _in_node(memory, (child, records, depth - 1), size, pointers)
