"""Understanding: what a file of a table seems to be, with the reasons, before anybody decides."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.arrays import IntArray
from nnstudio.data.raw import Records
from nnstudio.data.recipe import Recipe

NUMBER, CATEGORY, TARGET, IGNORED = ROLES = ("Number", "Category", "Target", "Ignore")


@dataclass(frozen=True)
class Understood:
    """One thing that was understood, and why: ("Header", "none", "row 1 is numbers")."""

    what: str
    value: str
    reason: str


@dataclass(frozen=True)
class Hint:
    """Something odd about the data, in a sentence; ``choices`` are recipes that treat it."""

    title: str
    sentence: str
    choices: tuple[tuple[str, Recipe], ...] = ()


@dataclass(frozen=True, eq=False)
class ColumnSummary:
    """What is in one column: ``role`` is one of `ROLES`, ``counts`` its histogram over ``low`` to ``high``.

    For names the histogram counts the most frequent ones; ``distinct`` says how many there are, ``values``
    which come first. ``is_number`` says whether its values are numbers, apart from a few; ``is_whole`` that
    they have no decimals.
    """

    name: str
    role: str
    reason: str
    counts: IntArray
    low: float | None
    high: float | None
    missing: int
    zeros: int
    distinct: int
    values: tuple[str, ...] = ()
    is_number: bool = True
    is_whole: bool = False


@dataclass(frozen=True, eq=False)
class TablePreview:
    """What a recipe whose source is a `Table` would make of its file.

    ``records`` are the first rows, of ``row_count`` in all where that is known; where it is not, the file is
    large, and everything here is of its first rows. ``problem`` says why the recipe cannot be used as it
    stands; "" where it can.
    """

    recipe: Recipe
    records: Records
    shown_count: int
    row_count: int | None
    columns: tuple[ColumnSummary, ...]
    understood: tuple[Understood, ...]
    class_counts: tuple[tuple[str, int], ...] = ()
    hints: tuple[Hint, ...] = ()
    problem: str = ""
