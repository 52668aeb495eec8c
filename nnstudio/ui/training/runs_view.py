"""RunsView: how a person wants to see the table of runs, remembered between starts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from nnstudio.experiments.run_facts import COLUMNS

NAMES = tuple(column.name for column in COLUMNS)
_HIDDEN = ("seed", "started", "machine", "tags", "note", "data")


@dataclass(frozen=True)
class RunsView:
    """The columns that are hidden, the one that sorts, and whether the table is open."""

    hidden: tuple[str, ...] = _HIDDEN
    sort: str = "started"
    descending: bool = True
    is_open: bool = True

    @property
    def column(self) -> int:
        """The number of the column that sorts."""
        return NAMES.index(self.sort)

    def text(self) -> str:
        """Return it as a text to remember."""
        return json.dumps(asdict(self))


def view_from(text: str) -> RunsView:
    """Return what a remembered text means; the usual where it means nothing."""
    try:
        found = json.loads(text)
        hidden = tuple(name for name in found["hidden"] if name in NAMES[1:])
        sort = found["sort"] if found["sort"] in NAMES else "started"
        return RunsView(hidden, sort, bool(found["descending"]), bool(found["is_open"]))
    except (ValueError, TypeError, KeyError):
        return RunsView()
