"""NoCurves: what stands in place of the plots before there is anything to draw."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.widgets import action_button, column, label, row

_ICON_PX = 32
_UNTRAINED = "Nothing has been trained yet. Train, and watch loss and accuracy here batch by batch."
_OPENED = "This network came without a record of its training. Train it here to see how it learns."


class NoCurves(QWidget):
    """An icon, a sentence and the main button."""

    def __init__(self, main_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = label(_UNTRAINED, role="text_2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMinimumWidth(320)
        self.train = action_button(main_action, kind="primary", text=True)
        self.train.setProperty("extent", "media")
        parts = (row(None, _Picture(), None), row(None, self._sentence, None), row(None, self.train, None))
        self.setLayout(column(None, *parts, None, space=16))

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def show_reason(self, *, opened: bool) -> None:
        """Say why there is nothing: a file without a record was opened, or nothing was trained."""
        self._sentence.setText(_OPENED if opened else _UNTRAINED)


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(_ICON_PX, _ICON_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_icon(painter, "training", QRectF(self.rect()), theme.current().color("line_strong"))
