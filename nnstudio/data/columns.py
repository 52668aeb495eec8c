"""Columns: what each column of a table is to the network, with what was learnt from the training part."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Column:
    """One column that is an input: a number, or one of some categories, each of which is an input of its own.

    ``fill`` stands for a value that is missing; None where rows without it are dropped.
    """

    name: str
    categories: tuple[str, ...] = ()
    fill: float | str | None = None
    zero_is_missing: bool = False

    @property
    def is_category(self) -> bool:
        """Whether its values are names, not numbers."""
        return bool(self.categories)

    @property
    def width(self) -> int:
        """How many inputs of the network it makes."""
        return len(self.categories) or 1

    @property
    def input_names(self) -> tuple[str, ...]:
        """What its inputs are called: "age", or "colour: red" and "colour: blue"."""
        return tuple(f"{self.name}: {category}" for category in self.categories) or (self.name,)


def starts(columns: tuple[Column, ...]) -> list[int]:
    """Return the index of the first input of each column."""
    return list(accumulate((column.width for column in columns[:-1]), initial=0)) if columns else []
