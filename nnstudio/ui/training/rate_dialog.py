"""RateDialog: the range test of learning rates: its curve, and a button that takes what was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from nnstudio.session.rate_finder import RateFinder
from nnstudio.session.session import Session
from nnstudio.ui.training.rate_plot import RatePlot
from nnstudio.ui.widgets import button, column, label, row

_REFRESH_MS = 100
_SIZE_PX = (640, 470)
_INTRO = (
    "A fresh network learns from up to 100 batches while the learning rate grows. Where the loss falls "
    "fastest the rate suits; where it rises the rate is too large. What you train is not touched."
)
_UNCLEAR = "The loss hardly falls at any rate, so there is none to suggest. Click on the curve to choose one."


class RateDialog(QDialog):
    """Goes when it is closed, and takes the test with it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Find a learning rate")
        self.finder = RateFinder(session, self)
        self._chosen: float | None = None
        self._words = label(wrap=True)
        self.plot = RatePlot()
        self.take = button("Take", kind="primary")
        self.stop = button("Stop", icon_name="stop", tip="End the test; its points stay")
        self.again = button("Test again", icon_name="reset")
        close = button("Close")
        foot = row(self.stop, self.again, None, close, self.take)
        parts = (label(_INTRO, role="text_2", wrap=True), self.plot, self._words, foot)
        layout = column(*parts, space=12, margins=(20, 18, 20, 16))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.resize(*_SIZE_PX)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._show_points)
        self.plot.chosen.connect(self._choose)
        self.take.clicked.connect(self._take)
        self.stop.clicked.connect(self.finder.cancel)
        self.again.clicked.connect(self._start)
        close.clicked.connect(self.reject)
        self.finder.ended.connect(self._end)
        self.finished.connect(self.finder.cancel)

    @property
    def words(self) -> str:
        """What was found."""
        return self._words.text()

    def _start(self) -> None:
        self._chosen = None
        self.finder.start()
        self._timer.start()
        self._show_points()

    def _end(self) -> None:
        self._timer.stop()
        self._chosen = self._chosen or self.finder.suggested
        self._show_points()
        if self._chosen is not None:
            self.take.setFocus()

    def _choose(self, rate: float) -> None:
        self._chosen = rate
        self._show_points()

    def _take(self) -> None:
        if self._chosen is not None:
            self.finder.take(self._chosen)
        self.accept()

    def _show_points(self) -> None:
        running, chosen = self.finder.running, self._chosen
        self.plot.show_points(self.finder.points, chosen)
        self.take.setEnabled(chosen is not None)
        self.take.setText("Take" if chosen is None else f"Take {chosen:g}")
        self.stop.setVisible(running)
        self.again.setVisible(not running)
        self._words.setText(self._found())

    def _found(self) -> str:
        if self.finder.running:
            return f"Batch {len(self.finder.points)} of at most 100"
        suggested = self.finder.suggested
        return (
            _UNCLEAR
            if suggested is None
            else f"The loss falls fastest near a learning rate of {suggested:g}."
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self.finder.points and not self.finder.running:
            self._start()
