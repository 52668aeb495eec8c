"""Symbols: where the members of a group lie, as HDF5 has always written it."""

from __future__ import annotations

from collections.abc import Iterator

from nnstudio.formats.hdf5.fields import ADDRESS, LENGTH, Damaged, Fields
from nnstudio.formats.hdf5.links import Link
from nnstudio.formats.hdf5.memory import Memory

_SOFT = 2
_ENTRY = 40
_MOST_DEEP = 20
_MOST_NAMES = 2**24


def symbols(memory: Memory, table: Fields) -> Iterator[tuple[str, Link]]:
    """Yield names and places of the members of the group whose symbol table message is given."""
    tree, heap = table.address(), table.address()
    names = _names(memory, heap)
    for node in leaves(memory, tree, key=LENGTH):
        entries = memory.fields(node[1], 8)
        entries.expect(b"SNOD")
        entries.take(2)
        count = entries.number(2)
        entries = Fields(memory.at(node[1] + 8, count * _ENTRY))
        for _ in range(count):
            memory.spend(1)
            name, address, kind = entries.number(ADDRESS), entries.address(), entries.number(4)
            entries.take(4 + 16)
            end = names.find(b"\0", name)
            if not 0 <= name < end or (address is None and kind != _SOFT):
                raise Damaged
            yield names[name:end].decode("utf-8", "replace"), None if kind == _SOFT else address


def _names(memory: Memory, address: int | None) -> bytes:
    fields = memory.fields(address, 32)
    fields.expect(b"HEAP")
    fields.take(4)
    size = fields.number(LENGTH)
    fields.take(LENGTH)
    if size > _MOST_NAMES:
        raise Damaged
    return memory.at(fields.address(), size)


def leaves(memory: Memory, root: int | None, key: int, kind: int = 0) -> Iterator[tuple[bytes, int]]:
    """Yield key and address of everything that the tree at ``root`` leads to; keys have ``key`` bytes."""
    level = [root]
    for _ in range(_MOST_DEEP):
        below: list[int | None] = []
        for node in level:
            fields = memory.fields(node, 24)
            fields.expect(b"TREE")
            if fields.number(1) != kind:
                raise Damaged
            depth, count = fields.number(1), fields.number(2)
            entries = Fields(memory.at((node or 0) + 24, count * (key + ADDRESS)))
            for _ in range(count):
                memory.spend(1)
                found, address = entries.take(key), entries.address()
                if address is None:
                    raise Damaged
                if depth == 0:
                    yield found, address
                else:
                    below.append(address)
        if not below:
            return
        level = below
    raise Damaged
