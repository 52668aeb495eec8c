"""RowFinder: finds the samples to show, at once where that is quick, else in the background."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from nnstudio.data.arrays import IntArray
from nnstudio.data.selection import Selection, selected
from nnstudio.data.sheet import Sheet
from nnstudio.data.watch import Watch
from nnstudio.session.jobs import Jobs

PLACE = "Looking through the rows"
_AT_ONCE_ROWS = 20_000


class RowFinder(QObject):
    """Only what was asked for last is told.

    Signals:
        found(rows): The samples that are to be shown, in their order.
    """

    found = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked = 0

    def find(self, sheet: Sheet, selection: Selection, among: IntArray | None) -> bool:
        """Look for samples; return whether it takes a while."""
        self._asked += 1
        self._jobs.cancel(PLACE)
        plain = not selection.conditions and selection.order is None and sheet.samples.numbers is None
        if plain or len(sheet) <= _AT_ONCE_ROWS:
            self.found.emit(selected(sheet, selection, among))
            return False
        work = partial(_select, self._asked, sheet, selection, among)
        self._jobs.start(PLACE, work, self._take)
        return True

    def _take(self, found: tuple[int, IntArray]) -> None:
        asked, rows = found
        if asked == self._asked:
            self.found.emit(rows)


def _select(
    asked: int, sheet: Sheet, selection: Selection, among: IntArray | None, watch: Watch
) -> tuple[int, IntArray]:
    return asked, selected(sheet, selection, among, watch)
