"""PadTools: pencil, eraser, undo, redo, clear and a picture of one's own, under the drawing pad."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from nnstudio.ui.widgets import button, row

_SIDE_PX = 24
_ICON = QSize(14, 14)


class PadTools(QWidget):
    """A row of small buttons.

    Signals:
        tool_edited(erases): A person took the eraser, or the pencil.
        undo_pressed(), redo_pressed(), clear_pressed(), picture_pressed(): A person asked for it.
    """

    tool_edited = Signal(bool)
    undo_pressed = Signal()
    redo_pressed = Signal()
    picture_pressed = Signal()
    clear_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pencil = _tool("pencil", "Pencil (P)", checkable=True)
        self.eraser = _tool("eraser", "Eraser (E, or the right mouse button)", checkable=True)
        self.undo = _tool("undo", "Take back the last stroke (Ctrl+Z)")
        self.redo = _tool("redo", "Do it again (Ctrl+Shift+Z)")
        self.picture = _tool("image", "Open an image instead (or drop it here, or Ctrl+V)")
        self.clear = button("Clear", kind="small", icon_name="trash", tip="Take all ink away (Delete)")
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the keys stay with the pad
        self.clear.setIconSize(_ICON)
        self._group = QButtonGroup(self)
        for tool in (self.pencil, self.eraser):
            self._group.addButton(tool)
        self.pencil.setChecked(True)
        self.setLayout(
            row(self.pencil, self.eraser, 8, self.undo, self.redo, self.clear, None, self.picture, space=4)
        )
        self._group.buttonClicked.connect(self._clicked)
        self.undo.clicked.connect(self.undo_pressed)
        self.redo.clicked.connect(self.redo_pressed)
        self.clear.clicked.connect(self.clear_pressed)
        self.picture.clicked.connect(self.picture_pressed)

    def show_state(self, erases: bool, can_undo: bool, can_redo: bool, inked: bool) -> None:
        """Show the tool in hand and what can be done."""
        (self.eraser if erases else self.pencil).setChecked(True)
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)
        self.clear.setEnabled(inked)

    def _clicked(self, tool: QPushButton) -> None:
        self.tool_edited.emit(tool is self.eraser)


def _tool(icon_name: str, tip: str, checkable: bool = False) -> QPushButton:
    tool = button("", kind="tool", icon_name=icon_name, tip=tip)
    tool.setCheckable(checkable)
    tool.setIconSize(_ICON)
    tool.setFixedSize(_SIDE_PX, _SIDE_PX)
    tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the pad
    return tool
