"""NameField: the name on a card, opened for typing; what is wrong with it stands below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from nnstudio.ui.widgets import label, panel, row

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTH_PX, _REFUSED_PX, _HEIGHT_PX = 200, 320, 26


class NameField(QWidget):
    """Lives until a name is taken, Esc is pressed or the focus goes elsewhere; that takes the name too.

    Signals:
        named(name, wanted): A person wants another name for the layer.
    """

    named = Signal(str, str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.line = QLineEdit(name)
        self.line.setFixedHeight(_HEIGHT_PX)
        self.line.setMaximumWidth(_WIDTH_PX)
        self.line.setAccessibleName(f"Name of {name}")
        self._words = label(role="error", size="caption", wrap=True)
        self._refusal = panel("error")
        self._refusal.setLayout(row(self._words, margins=(8, 4, 8, 4)))
        self._refusal.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._refusal.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self._refusal)
        self.line.textEdited.connect(self._take_back)
        self.line.installEventFilter(self)

    def open_at(self, place: QPoint) -> None:
        """Show with its left middle at ``place``, with the focus and all of the name selected."""
        self.setGeometry(place.x(), place.y() - _HEIGHT_PX // 2, _WIDTH_PX, _HEIGHT_PX)
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def show_refusal(self, sentence: str) -> None:
        """Say why the name is not taken; without a sentence it was, and the field goes."""
        if not sentence:
            self._close()
            return
        self._words.setText(sentence)
        self._refusal.show()
        self.resize(_REFUSED_PX, _HEIGHT_PX + 4 + self._refusal.heightForWidth(_REFUSED_PX))
        self.raise_()

    @property
    def refusal(self) -> str:
        """What is said below the name."""
        return self._words.text() if self._refusal.isVisibleTo(self) else ""

    def _tell(self) -> None:
        wanted = self.line.text().strip()
        if wanted == self._name:
            self._close()
        else:
            self.named.emit(self._name, wanted)

    def _take_back(self) -> None:
        self._refusal.hide()
        self.resize(_WIDTH_PX, _HEIGHT_PX)

    def _close(self) -> None:
        """Go, and give the keyboard back to the cards."""
        parent = self.parentWidget()
        had_focus = self.line.hasFocus()
        self.line.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        if had_focus and parent is not None and (view := parent.parentWidget()) is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        """Tell the name that stands there; refused, it is forgotten."""
        if not self.isHidden() and not self.line.hasFocus():
            self._tell()
            self._close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._leave)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:  # nor shall it reach the card below
                self._tell()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        return bool(super().eventFilter(watched, event))
