"""EmptyState: what stands where there is nothing to show: an icon, one sentence and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from nnstudio.ui.icons import icon
from nnstudio.ui.widgets import button, column, label, row

_ICON_PX = 32


class EmptyState(QFrame):
    """Stands in the middle of its place; without the words for a button it has none.

    Signals:
        pressed(): A person pressed the button.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._icon_name = ""
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = label(role="text_2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button("")
        self.button.clicked.connect(self.pressed)
        words = column(None, self._picture, self._sentence, row(None, self.button, None), None, space=12)
        words.setContentsMargins(24, 24, 24, 24)
        self.setLayout(words)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def show_reason(self, icon_name: str, sentence: str, action: str = "") -> None:
        """Say why there is nothing, and what the button does."""
        self._icon_name = icon_name
        self._sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._draw()

    def _draw(self) -> None:
        if self._icon_name:
            pixmap = icon(self._icon_name, "line_strong").pixmap(QSize(_ICON_PX, _ICON_PX))
            self._picture.setPixmap(pixmap)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
