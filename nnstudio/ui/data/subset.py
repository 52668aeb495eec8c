"""Subset: samples that something found worth a look, as a filter of the browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nnstudio.data.arrays import IntArray


@dataclass(frozen=True, eq=False)
class Subset:
    """Rows of each part in the order of their worth, and what is to be said of some of them."""

    title: str
    rows: Mapping[str, IntArray]
    notes: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def note(self, part: str, row: int) -> str:
        """Return what is to be said of a sample; "" for nothing."""
        return self.notes.get(part, {}).get(row, "")
