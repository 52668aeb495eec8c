"""Group: a folder within a file: what is in it by name, and its attributes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from nnstudio.formats.hdf5 import header
from nnstudio.formats.hdf5.attribute import Attribute, read_attribute
from nnstudio.formats.hdf5.dataset import Dataset
from nnstudio.formats.hdf5.dense import dense_messages
from nnstudio.formats.hdf5.header import Message, messages
from nnstudio.formats.hdf5.links import Link, read_link
from nnstudio.formats.hdf5.memory import Memory
from nnstudio.formats.hdf5.symbols import symbols


@dataclass(frozen=True)
class Outside:
    """What a name leads to that is no part of its group itself: a link. Nothing follows it."""


class Group:
    """A group; what is in it is looked up when it is asked for."""

    def __init__(self, memory: Memory, found: list[Message], name: str) -> None:
        self.name = name
        self.memory = memory
        self._messages = found

    def __contains__(self, name: object) -> bool:
        return name in self._links

    @property
    def names(self) -> list[str]:
        """What lies right in the group, in alphabetical order."""
        return sorted(self._links)

    def member(self, name: str) -> Group | Dataset | Outside | None:
        """Return what lies right in the group under ``name``."""
        if name not in self._links:
            return None
        address = self._links[name]
        return Outside() if address is None else _object(self.memory, address, f"{self.name}/{name}")

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """The attributes by name."""
        found = [message for message in self._messages if message.kind == header.ATTRIBUTE]
        for message in self._of(header.ATTRIBUTE_INFO):
            found += _dense(self.memory, message, header.ATTRIBUTE, counter=2)
        return {attribute.name: attribute for attribute in map(read_attribute, found)}

    @cached_property
    def _links(self) -> dict[str, Link]:
        """Where what is in the group lies, by name; None where that is not in the group itself."""
        links: dict[str, Link] = {}
        for message in self._of(header.SYMBOL_TABLE):
            links.update(symbols(self.memory, message.fields()))
        found = self._of(header.LINK)
        for message in self._of(header.LINK_INFO):
            found += _dense(self.memory, message, header.LINK, counter=8)
        links.update(map(read_link, found))
        return links

    def _of(self, kind: int) -> list[Message]:
        return [message for message in self._messages if message.kind == kind]


def root_of(memory: Memory) -> Group:
    """Return the group that everything in a file lies in."""
    return Group(memory, messages(memory, memory.root), "")


def _object(memory: Memory, address: int, name: str) -> Group | Dataset:
    found = messages(memory, address)
    is_array = any(message.kind in (header.LAYOUT, header.DATATYPE) for message in found)
    return Dataset(memory, found, name) if is_array else Group(memory, found, name)


def _dense(memory: Memory, message: Message, kind: int, counter: int) -> list[Message]:
    """Return what a group with very many links or attributes keeps apart."""
    fields = message.fields()
    fields.take(1)
    if fields.number(1) & 1:
        fields.take(counter)
    heap, index = fields.address(), fields.address()
    if heap is None or index is None:
        return []
    return [Message(kind, 0, data) for data in dense_messages(memory, heap, index)]
