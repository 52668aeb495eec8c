"""Raw: samples as a source has them, before they are split, filled and scaled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column
from nnstudio.task import Task


class Records(Protocol):
    """The rows of a file as they stand in it, for people to read."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, also of those that are no inputs."""

    def cell(self, row: int, column: int) -> str:
        """Return what stands in a row of the file, without its header, and a column; "" for nothing."""


@dataclass(frozen=True, eq=False)
class Raw:
    """Inputs ``x`` (n, *shape), uint8, or float32 where NaN is missing, and targets ``y``.

    ``y`` is int64 class indices (n,) or float32 values (n, outputs). Samples that the source itself sets
    apart for testing are ``x_test`` and ``y_test``; without them the recipe's split chooses. ``columns`` say
    what the inputs are, where they came from the columns of a table. ``names`` and ``names_test`` say what
    each sample is called where it comes from, such as its file; they may be missing. ``test_records`` are the
    rows of the file that ``x_test`` came from.
    """

    name: str
    task: Task
    x: Array
    y: Array
    class_names: tuple[str, ...] = ()
    x_test: Array | None = None
    y_test: Array | None = None
    columns: tuple[Column, ...] = ()
    target_names: tuple[str, ...] = ()
    records: Records | None = None
    test_records: Records | None = None
    notes: str = ""
    names: tuple[str, ...] = ()
    names_test: tuple[str, ...] = ()
