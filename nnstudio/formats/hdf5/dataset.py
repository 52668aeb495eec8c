"""Dataset: an array within a file: what it is, and its numbers where these lie in the file itself."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.formats.hdf5 import header
from nnstudio.formats.hdf5.chunks import fill_chunks
from nnstudio.formats.hdf5.fields import Damaged
from nnstudio.formats.hdf5.filters import Filter, read_filters
from nnstudio.formats.hdf5.header import Message
from nnstudio.formats.hdf5.kinds import Kind, read_kind, read_shape
from nnstudio.formats.hdf5.layout import Layout, read_layout
from nnstudio.formats.hdf5.memory import Memory

Array = npt.NDArray[Any]


class Dataset:
    """An array; nothing of it is read before `read`."""

    def __init__(self, memory: Memory, found: list[Message], name: str) -> None:
        self.name = name
        self._memory = memory
        self._messages = {message.kind: message for message in found}

    @cached_property
    def kind(self) -> Kind:
        """Of what kind its elements are."""
        return read_kind(self._message(header.DATATYPE).fields())

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many elements it has along each axis."""
        return read_shape(self._message(header.DATASPACE).fields())

    @property
    def declared(self) -> int:
        """How many bytes its elements take, if it holds what it says."""
        return math.prod(self.shape) * self.kind.size

    @property
    def stored(self) -> int:
        """How many bytes of the file are its elements, as far as can be told without reading them."""
        return self._layout.stored(self._memory)

    @property
    def is_elsewhere(self) -> bool:
        """Whether its elements lie in another file, or are put together from other arrays."""
        return header.EXTERNAL in self._messages or self._layout.is_virtual

    def read_into(self, target: Array) -> None:
        """Fill ``target``, a contiguous array of the same shape, with the numbers.

        The caller has looked at kind, shape and size.
        """
        same = target.dtype == self.kind.dtype and target.flags.c_contiguous and self._layout.is_plain
        if same and target.size:
            self._layout.fill(self._memory, target.reshape(-1).view(np.uint8).data)
        elif target.size:
            with np.errstate(over="ignore"):
                target[...] = self._numbers()

    def _numbers(self) -> Array:
        numbers = np.zeros(self.shape, self.kind.dtype)
        if self._layout.is_plain:
            self._layout.fill(self._memory, numbers.reshape(-1).view(np.uint8).data)
        else:
            fill_chunks(self._memory, self._layout, self._filters, numbers)
        return numbers

    @cached_property
    def _layout(self) -> Layout:
        return read_layout(self._message(header.LAYOUT).fields())

    @cached_property
    def _filters(self) -> tuple[Filter, ...]:
        found = self._messages.get(header.FILTERS)
        return read_filters(found.fields()) if found is not None else ()

    def _message(self, kind: int) -> Message:
        if kind not in self._messages:
            raise Damaged
        return self._messages[kind]
