"""TablePreview: what a table seems to be, proposed as a recipe, and what a changed recipe makes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from nnstudio.data.dialect import Dialect
from nnstudio.data.preparation import DROP, MEDIAN, STANDARD, Preparation
from nnstudio.data.profile import MOST_VALUES, ColumnProfile, TableProfile, profile_table
from nnstudio.data.proposal import Proposed, propose_roles
from nnstudio.data.recipe import Recipe
from nnstudio.data.roles import role_of
from nnstudio.data.sniffing import NATIVE, Sniffed, sniff
from nnstudio.data.sources.table import Table
from nnstudio.data.table_classes import class_names
from nnstudio.data.table_file import is_parquet, open_table
from nnstudio.data.table_words import table_hints, table_problem, understood
from nnstudio.data.understanding import CATEGORY, IGNORED, NUMBER, TARGET, ColumnSummary, TablePreview
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.task import Task

_MOST_SHOWN = 100
_FEW_GAPS = 0.05


def propose(path: Path, watch: Watch = UNWATCHED) -> TablePreview:
    """Return what the table in ``path`` seems to be, with a recipe that reads it.

    Raises:
        FileError: it is no table.
        Cancelled: a person stopped it.
    """
    path = path.absolute()
    sniffed = _sniffed(path)
    profile = profile_table(open_table(path, sniffed.dialect, sniffed.column_names), watch)
    return _shown(_recipe(path, sniffed, profile, Recipe()), profile, sniffed)


def preview(recipe: Recipe, watch: Watch = UNWATCHED) -> TablePreview:
    """Return what ``recipe``, whose source is a `Table`, makes of its file.

    Where none of its targets is there, because the file is cut another way than before, roles are proposed
    anew: then the preview's recipe is another one.

    Raises:
        FileError: it cannot be read as the recipe says.
        Cancelled: a person stopped it.
    """
    source = recipe.source
    assert isinstance(source, Table)
    path = Path(source.path)
    sniffed = _sniffed(path)
    names = source.column_names or sniffed.column_names
    profile = profile_table(open_table(path, source.dialect, names), watch)
    if not any(profile.column(target) for target in source.targets):
        recipe = _recipe(path, replace(sniffed, dialect=source.dialect, column_names=names), profile, recipe)
    return _shown(recipe, profile, sniffed)


def _sniffed(path: Path) -> Sniffed:
    return NATIVE if is_parquet(path) else sniff(path)


def _recipe(path: Path, sniffed: Sniffed, profile: TableProfile, base: Recipe) -> Recipe:
    """Return the recipe for a table as it was understood; its split is that of ``base``."""
    proposed, dialect = propose_roles(profile), sniffed.dialect
    source = Table(
        path=str(path),
        delimiter=dialect.delimiter,
        decimal=dialect.decimal,
        encoding=dialect.encoding,
        header=dialect.header,
        targets=proposed.having(TARGET),
        task=proposed.task.value,
        categories=proposed.having(CATEGORY),
        ignored=proposed.having(IGNORED),
        column_names=_given_names(profile, dialect),
    )
    return Recipe(source, base.split, Preparation(STANDARD, _missing(profile, proposed)))


def _given_names(profile: TableProfile, dialect: Dialect) -> tuple[str, ...]:
    """Return what the recipe must remember: names that no header says."""
    return () if dialect.header else tuple(column.name for column in profile.columns)


def _missing(profile: TableProfile, proposed: Proposed) -> str:
    """Return what is to happen to rows with gaps: few are dropped, many are filled."""
    inputs = (*proposed.having(NUMBER), *proposed.having(CATEGORY))
    return DROP if gap_count(profile, inputs) <= _FEW_GAPS * profile.rows else MEDIAN


def gap_count(profile: TableProfile, names: tuple[str, ...]) -> int:
    """Return how many rows miss a value in one of some columns."""
    gaps = np.zeros(profile.rows, bool)
    for column in profile.columns:
        if column.name in names:
            gaps |= column.gaps
    return int(gaps.sum())


def _shown(recipe: Recipe, profile: TableProfile, sniffed: Sniffed) -> TablePreview:
    source = recipe.source
    assert isinstance(source, Table)
    proposed = propose_roles(profile)
    target = profile.column(source.targets[0]) if source.targets else None
    columns = tuple(_summary(column, source, proposed) for column in profile.columns)
    return TablePreview(
        recipe=recipe,
        records=profile.records,
        shown_count=min(profile.rows, _MOST_SHOWN),
        row_count=profile.rows if profile.is_whole else None,
        columns=columns,
        understood=understood(recipe, source, profile, sniffed, proposed),
        class_counts=_class_counts(source, target),
        hints=table_hints(recipe, source, profile),
        problem=table_problem(source, profile),
    )


def _summary(column: ColumnProfile, source: Table, proposed: Proposed) -> ColumnSummary:
    role = role_of(source, column.name)
    usual, reason = proposed.roles[column.name]
    return ColumnSummary(
        name=column.name,
        role=role,
        reason=reason if role == usual else f"{usual.lower()} was proposed: {reason}",
        counts=column.histogram,
        low=column.low,
        high=column.high,
        missing=column.missing,
        zeros=column.zeros,
        distinct=column.distinct,
        values=column.values[:MOST_VALUES],
        is_number=column.is_number,
        is_whole=column.is_whole,
    )


def _class_counts(source: Table, target: ColumnProfile | None) -> tuple[tuple[str, int], ...]:
    """Return how many rows each class has, the most frequent ones, in the order of their values."""
    if target is None or source.task == Task.REGRESSION:
        return ()
    found, places = class_names(target.values, source.decimal)
    counts = [0] * len(found)
    for text, count in zip(target.values, target.counts, strict=True):
        counts[places[text]] += count
    names = source.class_names if len(source.class_names) == len(found) else found
    return tuple(zip(names, counts, strict=True))
