"""Column words: the figures of a column, as a person reads them."""

from __future__ import annotations

from collections.abc import Callable

from nnstudio.data.statistics import ColumnStatistics


def figures_of(found: ColumnStatistics, number: Callable[[float], str]) -> list[tuple[str, str]]:
    """Return the names and texts of the figures; ``number`` writes one."""
    known = found.count - found.missing
    lines = [(name, number(value)) for name, value in found.figures.items()]
    lines.append(("Missing", _counted(found.missing, found.count)))
    lines.append(("Distinct", f"{found.distinct:,}"))
    if found.field.is_number:
        lines.append(("Zeros", _counted(found.zeros, known)))
    elif found.names and known:
        most = int(found.bars[:, 0].sum())
        lines.append(("Most frequent", f"{found.names[0]}, {_counted(most, known)}"))
    return lines


def _counted(count: int, whole: int) -> str:
    return f"{count:,} ({100 * count / whole:.1f} %)" if count and whole else f"{count:,}"
