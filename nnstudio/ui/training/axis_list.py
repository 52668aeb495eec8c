"""AxisList: the settings that a sweep varies, one row below the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnstudio.experiments.sweep.draft import AxisDraft
from nnstudio.ui.training.axis_row import AxisRow
from nnstudio.ui.widgets import chain_focus, column, label

_GAP_PX = 14
_NOTHING = (
    "Nothing is varied yet. Take up to four settings from the list; here you write the values to try, "
    "such as 16, 32, 64 or 1e-4..1e-1 log 4."
)


class AxisList(QWidget):
    """Makes and removes rows as settings come and go; Tab goes through them after ``before``.

    Signals:
        edited(path, text): A person writes.
        removed(path): A person wants to leave the setting as it is.
        finished(): A person pressed Enter in a row.
    """

    edited = Signal(str, str)
    removed = Signal(str)
    finished = Signal()

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self._before = before
        self.rows: dict[str, AxisRow] = {}
        self.nothing = label(_NOTHING, role="text_2", wrap=True)
        self._column = column(self.nothing, space=_GAP_PX)
        self.setLayout(self._column)

    def show_axes(self, axes: tuple[AxisDraft, ...]) -> None:
        """Show what is varied now, and what is written for it; emits nothing."""
        wanted = {axis.setting.path for axis in axes}
        for path in [path for path in self.rows if path not in wanted]:
            gone = self.rows.pop(path)
            gone.hide()
            gone.deleteLater()
        self.nothing.setVisible(not axes)
        for axis in axes:
            if axis.setting.path not in self.rows:
                self._add(axis)
            self.rows[axis.setting.path].show_axis(axis)

    def _add(self, axis: AxisDraft) -> None:
        last = next(reversed(self.rows.values()), None)
        added = self.rows[axis.setting.path] = AxisRow(axis)
        added.edited.connect(self.edited)
        added.removed.connect(self.removed)
        added.finished.connect(self.finished)
        self._column.addWidget(added)
        chain_focus(self._before if last is None else last.remove, added.line, added.remove)
        added.show()  # at once: it is about to take the keyboard
