"""ShownRows: which samples of a part are shown, as the views of the browser take them."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.arrays import IntArray
from nnstudio.data.selection import Order
from nnstudio.data.sheet import Sheet
from nnstudio.ui.data.parts import Part
from nnstudio.ui.data.subset import Subset


@dataclass(frozen=True, eq=False)
class ShownRows:
    """The samples ``rows`` of a part, in their order, and the sheet that says what stands in them."""

    part: Part
    sheet: Sheet
    rows: IntArray
    order: Order | None = None
    subset: Subset | None = None

    def words(self, place: int) -> str:
        """Say what a shown sample is: "Image 14,652, a 4, training; read as 9, 98 % sure"."""
        row = int(self.rows[place])
        note = self.note(place)
        return "; ".join(filter(None, (self.part.words(row), note)))

    def note(self, place: int) -> str:
        """Return what the subset says of a shown sample."""
        return "" if self.subset is None else self.subset.note(self.part.name, int(self.rows[place]))

    @property
    def has_notes(self) -> bool:
        """Whether something is said of any of them."""
        return self.subset is not None and bool(self.subset.notes.get(self.part.name))
