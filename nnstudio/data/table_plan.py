"""TablePlan: which columns of a table are what, by their places in its file, and the texts they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Flags, IntArray
from nnstudio.data.proposal import MOST_CLASSES
from nnstudio.data.roles import role_of
from nnstudio.data.sources.table import Table
from nnstudio.data.table_classes import class_names, shown
from nnstudio.data.table_file import TableFile
from nnstudio.data.understanding import CATEGORY, NUMBER
from nnstudio.errors import DataError
from nnstudio.task import Task

MOST_CATEGORIES = 1_000


class Names:
    """The different texts of one column, numbered in the order in which they come."""

    def __init__(self, column: str, most: int) -> None:
        self._column, self._most = column, most
        self.places: dict[str, int] = {}

    def codes(self, codes: IntArray, names: Sequence[str]) -> IntArray:
        """Return the numbers here for ``codes`` of ``names``; -1 stays for none.

        Raises:
            DataError: there are too many.
        """
        places = [self.places.setdefault(name, len(self.places)) for name in names]
        if len(self.places) > self._most:
            raise DataError(
                f"Expected at most {self._most:,} different values in {shown(self._column)}, found more. "
                "Ignore this column, or make it a number."
            )
        return np.array([*places, -1], np.int32)[codes]


@dataclass(frozen=True, eq=False)
class Plan:
    """Which columns of a file are what, by their places in it."""

    names: tuple[str, ...]
    inputs: tuple[int, ...]
    numbers: tuple[int, ...]
    categories: dict[int, Names]
    targets: tuple[int, ...]
    classes: Names | None
    zeros: Flags

    @property
    def plain(self) -> tuple[int, ...]:
        """The columns of which only numbers are asked."""
        return self.numbers if self.classes is not None else (*self.numbers, *self.targets)


def plan_of(table: Table, file: TableFile) -> Plan:
    """Return what the columns of ``file`` are; DataError where that makes no sense."""
    roles = [role_of(table, name) for name in file.names]
    place_of = {name: place for place, name in enumerate(file.names)}
    for name in table.targets:
        if name not in place_of:
            raise DataError(_no_column(name, file))
    inputs = tuple(place for place, role in enumerate(roles) if role in (NUMBER, CATEGORY))
    if not table.targets or not inputs:
        missing = "to learn from" if table.targets else "to predict"
        raise DataError(
            f"Expected a column {missing} in {file.path.name}, found none. Give a column that role."
        )
    numbers = tuple(place for place in inputs if roles[place] == NUMBER)
    classes = None if table.task == Task.REGRESSION else Names(table.targets[0], MOST_CLASSES)
    return Plan(
        names=file.names,
        inputs=inputs,
        numbers=numbers,
        categories={
            place: Names(file.names[place], MOST_CATEGORIES) for place in inputs if roles[place] == CATEGORY
        },
        targets=tuple(place_of[name] for name in table.targets),
        classes=classes,
        zeros=np.array([file.names[place] in table.zeros_missing for place in numbers], bool),
    )


def _no_column(name: str, file: TableFile) -> str:
    found = ", ".join(map(shown, file.names[:8])) + (" and others" if len(file.names) > 8 else "")
    return f"Expected a column {shown(name)} in {file.path.name}, found {found}. Choose its target again."


def classes_of(table: Table, plan: Plan) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the names of the classes, and the class of each text in the file."""
    if plan.classes is None:
        return (), {}
    names, places = class_names(plan.classes.places, table.decimal)
    target = shown(table.targets[0])
    if len(names) < 2 or (table.task == Task.TWO_CLASSES and len(names) > 2):
        wanted = "two" if table.task == Task.TWO_CLASSES else "several"
        listed = ", ".join(map(shown, names[:5])) + (" and others" if len(names) > 5 else "")
        raise DataError(
            f"Expected {wanted} different values in {target}, found {listed}. "
            "Choose another target or another task."
        )
    if table.class_names and len(table.class_names) != len(names):
        raise DataError(
            f"Expected {len(names):,} names for the classes of {target}, found {len(table.class_names):,}. "
            "Name each class, or none."
        )
    return table.class_names or names, places
