"""RowChanges: the removals, moves and insertions that lead from one list of names to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RowChange:
    """Rows that go or come at ``row``, or one that is moved before it from ``source``; and all names then."""

    row: int
    count: int
    after: list[str]
    source: int | None = None

    @property
    def count_after(self) -> int:
        """How many rows there are then."""
        return len(self.after)


def is_renaming(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether one layer has another name in the same place: its row stays, and so its selection."""
    if len(before) != len(after):
        return False
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    return len(pairs) == 1 and pairs[0][0] not in after and pairs[0][1] not in before


def changes_of(before: Sequence[str], wanted: Sequence[str]) -> Iterator[RowChange]:
    """Yield the changes, one after another; names that stay keep their rows as far as they can."""
    names = list(before)
    for change in _removals(names, frozenset(wanted)):
        names = change.after
        yield change
    row = 0
    while row < len(wanted):
        if row < len(names) and names[row] == wanted[row]:
            row += 1
            continue
        change = _arrival(names, wanted, row)
        names = change.after
        yield change


def _removals(names: list[str], staying: frozenset[str]) -> Iterator[RowChange]:
    """Yield runs of names that go, from the bottom up."""
    row = len(names) - 1
    while row >= 0:
        end = row + 1
        while row >= 0 and names[row] not in staying:
            row -= 1
        if end > row + 1:
            names = [*names[: row + 1], *names[end:]]
            yield RowChange(row + 1, end - row - 1, names)
        row -= 1


def _arrival(names: list[str], wanted: Sequence[str], row: int) -> RowChange:
    """Return how ``wanted[row]`` comes to its row: by a move, or with new ones that follow it."""
    if len(names) == len(wanted) and names[row + 1] == wanted[row]:  # one went down: the others stay
        target = wanted.index(names[row])
        after = [*names[:row], *names[row + 1 : target + 1], names[row], *names[target + 1 :]]
        return RowChange(target + 1, 1, after, row)
    if wanted[row] in names:
        source = names.index(wanted[row])
        after = [*names[:row], wanted[row], *names[row:source], *names[source + 1 :]]
        return RowChange(row, 1, after, source)
    known = frozenset(names)
    end = row
    while end < len(wanted) and wanted[end] not in known:
        end += 1
    return RowChange(row, end - row, [*names[:row], *wanted[row:end], *names[row:]])
