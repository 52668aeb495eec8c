"""TableWords: what was understood of a table, what is odd about it and what forbids its use, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nnstudio.data.dialect import DELIMITERS
from nnstudio.data.preparation import DROP, MEDIAN
from nnstudio.data.profile import ColumnProfile, TableProfile
from nnstudio.data.proposal import MOST_CLASSES, Proposed
from nnstudio.data.recipe import Recipe
from nnstudio.data.roles import role_of
from nnstudio.data.sniffing import NATIVE, Sniffed
from nnstudio.data.sources.table import Table
from nnstudio.data.table_classes import class_names, shown
from nnstudio.data.understanding import CATEGORY, NUMBER, TARGET, Hint, Understood
from nnstudio.settings import problems_with
from nnstudio.task import Task

_AS_SET = "as it was set"


def understood(
    recipe: Recipe, source: Table, profile: TableProfile, sniffed: Sniffed, proposed: Proposed
) -> tuple[Understood, ...]:
    """Return what was understood, each with its reason; nothing is said of how a Parquet file is written."""
    written = () if sniffed is NATIVE else tuple(_written(source, sniffed))
    return (*written, *_meant(source, profile, proposed), missing_words(recipe, source, profile))


def _written(source: Table, sniffed: Sniffed) -> Iterator[Understood]:
    usual = sniffed.dialect
    reason = sniffed.delimiter_reason if source.delimiter == usual.delimiter else _AS_SET
    yield Understood("Delimiter", DELIMITERS[source.delimiter], reason)
    reason = sniffed.header_reason if source.header == usual.header else _AS_SET
    yield Understood("Header", "row 1" if source.header else "none", reason)
    if source.decimal == ",":
        yield Understood("Decimals", "comma", "numbers are written as 1,5")
    if source.encoding != "utf-8":
        same = source.encoding == usual.encoding
        yield Understood("Letters", source.encoding.upper(), sniffed.encoding_reason if same else _AS_SET)


def _meant(source: Table, profile: TableProfile, proposed: Proposed) -> Iterator[Understood]:
    usual = source.targets == (proposed.target,)
    names = ", ".join(map(shown, source.targets)) or "none"
    yield Understood("Target", names, proposed.target_reason if usual else _AS_SET)
    usual = usual and source.task == proposed.task
    yield Understood("Task", source.task, proposed.task_reason if usual else _AS_SET)


def missing_words(recipe: Recipe, source: Table, profile: TableProfile) -> Understood:
    """Say how many values the inputs miss, and what happens to them."""
    columns = [column for column in profile.columns if role_of(source, column.name) in (NUMBER, CATEGORY)]
    gaps = {column.name: _gap_count(column, source) for column in columns}
    count, where = sum(gaps.values()), sum(map(bool, gaps.values()))
    if not count:
        return Understood("Missing values", "none", "no cell of an input is empty")
    places = "1 column" if where == 1 else f"{where:,} columns"
    how = recipe.preparation.missing
    done = "rows with a gap are dropped" if how == DROP else f"filled with the {_value_words(how)}"
    return Understood("Missing values", f"{count:,} in {places}", done)


def _value_words(how: str) -> str:
    return how if how.endswith(("mean", "median")) else f"{how} value"


def _gap_count(column: ColumnProfile, source: Table) -> int:
    return column.missing + (column.zeros if column.name in source.zeros_missing else 0)


def table_hints(recipe: Recipe, source: Table, profile: TableProfile) -> tuple[Hint, ...]:
    """Return what is odd about the inputs, with recipes that treat it."""
    return tuple(_zero_hints(recipe, source, profile))


def _zero_hints(recipe: Recipe, source: Table, profile: TableProfile) -> Iterator[Hint]:
    far = tuple(
        column.name
        for column in profile.columns
        if column.zeros_are_far and role_of(source, column.name) == NUMBER
    )
    if not far:
        return
    listed = ", ".join(map(shown, far[:3])) + (f" and {len(far) - 3} more" if len(far) > 3 else "")
    columns = "this column" if len(far) == 1 else f"these {len(far)} columns"
    treated = replace(source, zeros_missing=far)
    filled = replace(recipe.preparation, missing=MEDIAN)
    yield Hint(
        "Zeros that may be gaps",
        f"In {listed} 0 is far below all other values. Does it mean that nobody measured? Treat 0 as missing "
        f"in {columns}?",
        (
            ("Fill with the median", replace(recipe, source=treated, preparation=filled)),
            ("Keep 0", replace(recipe, source=replace(source, zeros_missing=()))),
        ),
    )


def table_problem(source: Table, profile: TableProfile) -> str:
    """Say why a recipe cannot be used as it stands; "" where it can."""
    return next(_problems(source, profile), "")


def _problems(source: Table, profile: TableProfile) -> Iterator[str]:
    if not profile.rows:
        yield "There are no rows below the header. Choose a file with rows."
    yield from problems_with(source)
    if not source.targets:
        yield "There is no column to predict. Choose one as target."
    roles = [role_of(source, column.name) for column in profile.columns]
    if TARGET in roles and not {NUMBER, CATEGORY} & set(roles):
        yield "There is no column to learn from. Make one a number or a category."
    for name in source.targets:
        column = profile.column(name)
        if column is None:
            yield f"There is no column {shown(name)}. Choose another target."
        else:
            yield from _target_problems(source, column, profile.is_whole)


def _target_problems(source: Table, column: ColumnProfile, is_whole: bool) -> Iterator[str]:
    name = shown(column.name)
    if source.task == Task.REGRESSION:
        if not column.is_number:
            yield f"{name} holds names, which are no numbers. Choose classes as task, or another target."
        return
    if column.distinct < 2 and is_whole:
        yield f"{name} holds one value at most, so there is nothing to tell apart. Choose another target."
    if source.task == Task.TWO_CLASSES and column.distinct > 2:
        yield f"{name} holds {column.distinct:,} values, not two. Choose many classes as task."
    if column.distinct > MOST_CLASSES:
        found = f"{name} holds {column.distinct:,} values"
        yield f"{found}; {MOST_CLASSES:,} classes are the most. Choose regression."
    count = len(class_names(column.values, source.decimal)[0])
    if is_whole and source.class_names and len(source.class_names) != column.distinct <= count:
        yield f"There are {column.distinct:,} classes and {len(source.class_names):,} names for them."
