"""ImportWords: what a person reads of a table before it is used."""

from __future__ import annotations

from typing import Any

from nnstudio.data.recipe import Recipe
from nnstudio.data.understanding import CATEGORY, NUMBER, TARGET, ColumnSummary, TablePreview
from nnstudio.engine.fit_words import count_words
from nnstudio.engine.fitting import fitting_output
from nnstudio.engine.value_words import choice_words
from nnstudio.task import DataFacts, Task

_MOST_WHOLE = 1e7
_MINUS = "\N{MINUS SIGN}"


def head_words(preview: TablePreview) -> str:
    """Say how large the table is: "768 rows, 9 columns, the first 100 shown"."""
    columns = count_words(len(preview.columns), "column")
    if preview.row_count is None:
        return f"A large table of {columns}, the first {preview.shown_count:,} rows shown"
    words = f"{count_words(preview.row_count, 'row')}, {columns}"
    cut = preview.shown_count < preview.row_count
    return f"{words}, the first {preview.shown_count:,} shown" if cut else words


def doubtful_zeros(preview: TablePreview) -> frozenset[str]:
    """Return the columns whose zeros may be gaps: those that a hint offers to take for gaps, or are taken."""
    offered = [recipe for hint in preview.hints for _, recipe in hint.choices]
    recipes: list[Recipe] = [preview.recipe, *offered]
    return frozenset(name for recipe in recipes for name in getattr(recipe.source, "zeros_missing", ()))


def foot_words(column: ColumnSummary, doubtful: frozenset[str]) -> tuple[str, bool]:
    """Say the range of a column, or what is odd about it; and whether it is odd."""
    if column.missing:
        return f"{column.missing:,} missing", True
    if column.name in doubtful and column.zeros:
        return f"{column.zeros:,} {'zero' if column.zeros == 1 else 'zeros'}", True
    if column.distinct == 1:
        return "always the same", True
    if column.low is not None and column.high is not None and column.role != CATEGORY:
        return f"{_number(column.low, 3)} … {_number(column.high, 3)}", False
    return f"{column.distinct:,} kinds", False


def column_tip(column: ColumnSummary) -> str:
    """Say all that is known of a column."""
    lines = [f"{column.name}: {column.reason}" if column.reason else column.name]
    if column.low is not None and column.high is not None:
        lines.append(f"{_number(column.low)} to {_number(column.high)}")
    lines.append(f"{column.distinct:,} different, {column.missing:,} missing, {column.zeros:,} zeros")
    if column.values:
        lines.append(f"Such as {', '.join(column.values[:5])}")
    return "\n".join(lines)


def guess_words(preview: TablePreview) -> str:
    """Say how far one comes without learning anything: "Always guessing 0 is 65.1 % right."."""
    counts = preview.class_counts
    total = sum(count for _, count in counts)
    if not total:
        return ""
    name, most = max(counts, key=lambda one: one[1])
    where = "" if preview.row_count is not None else f" in the first {total:,} rows"
    return f"Always guessing {name} is {100 * most / total:.1f} % right{where}."


def network_words(preview: TablePreview) -> str:
    """Say what goes in, what comes out, and what fits that."""
    inputs = sum(_width(column) for column in preview.columns)
    facts = facts_of(preview)
    if not inputs or facts is None:
        return "Nothing yet: it takes at least one column that goes in, and one to predict."
    output = fitting_output(facts)
    loss = choice_words(type(output.loss)).lower()
    return (
        f"{count_words(inputs, 'number')} per row in, {count_words(output.units, 'number')} out. Suggested "
        f"output: Dense {output.units}, {output.activation}, with {loss}."
    )


def facts_of(preview: TablePreview) -> DataFacts | None:
    """Return what the network will know of the task; None where there is no target."""
    targets = [column for column in preview.columns if column.role == TARGET]
    if not targets:
        return None
    source: Any = preview.recipe.source
    names = tuple(name for name, _ in preview.class_counts)
    task = Task(source.task)
    return DataFacts("", (1,), task, names if task is not Task.REGRESSION else (), len(targets))


def _width(column: ColumnSummary) -> int:
    """Return how many inputs a column makes."""
    return {NUMBER: 1, CATEGORY: max(1, column.distinct)}.get(column.role, 0)


def _number(value: float, digits: int = 6) -> str:
    """Return a number as short as that; a whole one is written out."""
    words = f"{value:,.0f}" if value.is_integer() and abs(value) < _MOST_WHOLE else f"{value:.{digits}g}"
    return words.replace("-", _MINUS)
