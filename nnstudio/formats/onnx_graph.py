"""OnnxGraph: the nodes and constants of an ONNX graph, put down one after another."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

Names = list[str]


class OnnxGraph:
    """Collects what a graph is made of; values are known by their names, which no other graph has.

    The package is imported where it is used: few people have it.
    """

    def __init__(self, numbers: count[int] | None = None) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._numbers = numbers or count(1)

    def inner(self) -> OnnxGraph:
        """Return an empty graph, to be the body of a loop in this one."""
        return OnnxGraph(self._numbers)

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Put down a node with one output, and return that."""
        return self.add_many(operator, 1, *inputs, **attributes)[0]

    def add_many(self, operator: str, outputs: int, *inputs: str, **attributes: Any) -> Names:
        """Put down a node and return its outputs."""
        from onnx import helper

        names = [self.name(operator.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, names[0], **attributes))
        return names

    def constant(self, value: npt.ArrayLike, dtype: npt.DTypeLike = np.float32) -> str:
        """Return the name of numbers that never change."""
        from onnx import numpy_helper

        name = self.name("constant")
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value, dtype), name))
        return name

    def whole(self, *values: int) -> str:
        """Return the name of a list of whole numbers."""
        return self.constant(values, np.int64)

    def name(self, word: str) -> str:
        """Return a name that nothing else has."""
        return f"{word}_{next(self._numbers)}"
