"""Proposal: which role each column of a table seems to have, with the reason, and what is to be predicted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nnstudio.data.profile import ColumnProfile, TableProfile
from nnstudio.data.table_classes import shown
from nnstudio.data.understanding import CATEGORY, IGNORED, NUMBER, TARGET, ColumnSummary
from nnstudio.task import Task

MOST_CATEGORIES = 50
MOST_CLASSES = 1_000
_MOST_WHOLE_CLASSES = 20
_FEW_ROWS = 4
_TARGET_NAMES = (
    "target", "class", "label", "y", "outcome", "class variable", "output", "result", "diagnosis",
    "species", "survived", "type", "category",
)  # fmt: skip
_COUNTER_NAMES = re.compile(r"(.*[\s_-])?(id|no|nr|number|index|row|rownames|unnamed: 0|column 1)", re.I)


@dataclass(frozen=True)
class Proposed:
    """The roles of all columns by name, each with its reason; "" as target where there is none."""

    roles: dict[str, tuple[str, str]]
    target: str
    target_reason: str
    task: Task
    task_reason: str

    def having(self, role: str) -> tuple[str, ...]:
        """Return the columns in a role, as they stand in the file."""
        return tuple(name for name, (found, _) in self.roles.items() if found == role)


def propose_roles(profile: TableProfile) -> Proposed:
    """Return the role of each column of a table."""
    roles = {column.name: _role(column, profile) for column in profile.columns}
    target, why = _target(profile, roles)
    if target:
        roles[target] = TARGET, why
    column = profile.column(target)
    task, task_reason = task_of(column, profile.rows) if column else (Task.TWO_CLASSES, "")
    if not any(role in (NUMBER, CATEGORY) for role, _ in roles.values()):
        _use_counters(profile, roles)
    return Proposed(roles, target, why, task, task_reason)


def _use_counters(profile: TableProfile, roles: dict[str, tuple[str, str]]) -> None:
    """Let what only seems to count the rows be a number where there is nothing else to learn from."""
    for column in profile.columns:
        if roles[column.name][0] == IGNORED and column.counts_rows:
            roles[column.name] = NUMBER, "it is all there is to learn from"


def _role(column: ColumnProfile, profile: TableProfile) -> tuple[str, str]:
    present = column.rows - column.missing
    if not present:
        return IGNORED, "it is empty"
    if column.distinct == 1 and profile.is_whole:
        return IGNORED, f"it holds nothing but {shown(column.values[0])}"
    if column.is_other:
        return IGNORED, "it holds no single values"
    if column.is_date:
        return IGNORED, "it holds dates"
    if column.is_number:
        return _number_role(column)
    if column.distinct == present >= _FEW_ROWS:
        return IGNORED, "every row has another name"
    if column.distinct > MOST_CATEGORIES:
        return IGNORED, f"it holds {column.distinct:,} names; {MOST_CATEGORIES} are many"
    return CATEGORY, _names_reason(column)


def _number_role(column: ColumnProfile) -> tuple[str, str]:
    starts_low = column.low in (0.0, 1.0)
    if column.counts_rows and (starts_low or _COUNTER_NAMES.fullmatch(column.name)):
        return IGNORED, "it counts the rows"
    different = column.distinct == column.rows - column.missing >= _FEW_ROWS
    if different and column.is_whole and _COUNTER_NAMES.fullmatch(column.name) and not starts_column(column):
        return IGNORED, "its name and values say which row it is"
    if column.unread:
        return NUMBER, f"{_cells(column.unread)} no number and count as missing"
    return NUMBER, "it holds whole numbers" if column.is_whole else "it holds numbers"


def starts_column(column: ColumnProfile) -> bool:
    """Return whether a column has no name of its own, so that its name says nothing."""
    return column.name == "Column 1"


def _names_reason(column: ColumnProfile) -> str:
    if column.distinct <= 3:
        return f"it holds {', '.join(map(shown, column.values))}"
    return f"it holds {column.distinct:,} names"


def _cells(count: int) -> str:
    return "1 cell is" if count == 1 else f"{count:,} cells are"


def _target(profile: TableProfile, roles: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Return what is to be predicted, and why: by its name, or the last column that can be."""
    able = [column for column in profile.columns if _can_be_target(column, roles[column.name][0])]
    for name in _TARGET_NAMES:
        for column in able:
            if column.name.lower().strip() == name:
                return column.name, "its name says so"
    if not able:
        return "", ""
    last = able[-1]
    if last is profile.columns[-1]:
        return last.name, "it is the last column"
    return last.name, "it is the last column that can be predicted"


def _can_be_target(column: ColumnProfile, role: str) -> bool:
    return role != IGNORED or (
        not column.is_date and 1 < column.distinct <= MOST_CLASSES and column.distinct < column.rows
    )


def task_of(column: ColumnProfile | ColumnSummary, rows: int) -> tuple[Task, str]:
    """Return what it is to predict a column of a table with so many ``rows``, and why."""
    if column.distinct == 2:
        first, second = sorted(map(shown, column.values[:2]))
        return Task.TWO_CLASSES, f"it holds only {first} and {second}"
    if not column.is_number:
        return Task.MANY_CLASSES, f"it holds {column.distinct:,} names"
    if column.is_whole and column.distinct <= min(_MOST_WHOLE_CLASSES, rows // 2):
        return Task.MANY_CLASSES, f"it holds only {column.distinct:,} different whole numbers"
    return Task.REGRESSION, f"it holds {column.distinct:,} different numbers"
