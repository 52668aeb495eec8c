"""EvaluationWork: how far a long evaluation is, and a button to end it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from nnstudio.ui.widgets import button, row

_SHOWN_AFTER_MS = 400  # shorter work is not worth a bar
_BAR_PX = (90, 8)


class EvaluationWork(QWidget):
    """Shows nothing while nothing takes long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._since = QElapsedTimer()
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(*_BAR_PX)
        self.bar.setAccessibleName("Evaluating")
        self.cancel = button("Cancel", kind="small", tip="Keep the results from before")
        self.setLayout(row(self.bar, self.cancel, space=8))
        self.hide()

    def show_progress(self, share: float | None) -> None:
        """Show which share is done; None where nothing is under way."""
        if share is None:
            self._since.invalidate()
            self.hide()
            return
        if not self._since.isValid():
            self._since.start()
        self.bar.setValue(round(100 * share))
        self.setVisible(self._since.hasExpired(_SHOWN_AFTER_MS))
