"""InlineField: a painted field of a card, opened for editing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget

from nnstudio.engine.layer import Layer
from nnstudio.settings import Setting
from nnstudio.ui.editors import editor_for

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_LEAST_WIDTH_PX: dict[type, int] = {tuple: 128, str: 104}
_OTHER_WIDTH_PX = 78


class InlineField(QWidget):
    """Lives until it loses the focus, or Enter or Esc is pressed; each keystroke is told at once.

    Signals:
        edited(name, setting, value): A person changed the setting of the layer.
    """

    edited = Signal(str, str, object)

    def __init__(self, declared: Setting, layer: Layer, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._declared = declared
        self._name = layer.name
        self._editor = editor_for(declared)
        self._editor.show_value(getattr(layer, declared.name))
        self._editor.edited.connect(self._tell)
        for field in self._editor.fields:
            field.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._editor)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def open_at(self, box: QRect) -> None:
        """Show over the painted field, with the focus."""
        width = max(box.width(), _LEAST_WIDTH_PX.get(self._declared.kind, _OTHER_WIDTH_PX))
        self.setGeometry(box.left(), box.top() - 2, width, box.height() + 4)
        self.show()
        self._editor.field.setFocus(Qt.FocusReason.MouseFocusReason)
        if isinstance(self._editor.field, QComboBox):
            self._editor.field.showPopup()
        elif hasattr(self._editor.field, "selectAll"):
            self._editor.field.selectAll()

    def _tell(self, value: Any) -> None:
        self.edited.emit(self._name, self._declared.name, value)
        if isinstance(self._editor.field, QComboBox):
            self.deleteLater()

    def _close_if_left(self) -> None:
        """Close unless the keyboard went on to another of the editor's fields, or to its list of choices."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        if not inside and QApplication.activePopupWidget() is None:
            self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._close_if_left)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENDS:
            self.deleteLater()
            self._parent.setFocus()
            return True
        return bool(super().eventFilter(watched, event))
