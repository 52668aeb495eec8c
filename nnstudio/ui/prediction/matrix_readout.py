"""MatrixReadout: a line below the matrix: what is under the pointer, else what is chosen; and the zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from nnstudio.ui.cut_label import cut_label
from nnstudio.ui.prediction.matrix_area import MatrixArea
from nnstudio.ui.widgets import button, row

_SIDE_PX = 22


class MatrixReadout(QWidget):
    """Its buttons show while the numbers of the cells do not fit, or the cells are zoomed."""

    def __init__(self, area: MatrixArea, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = area
        self._hovered = self._chosen = ""
        self.words = cut_label(role="text_2", size="small")
        self.words.setAccessibleName("What is chosen in the matrix")
        self.smaller = _tool("\N{MINUS SIGN}", "Smaller cells (-, or Ctrl and the wheel)")
        self.larger = _tool("+", "Larger cells (+, or Ctrl and the wheel)")
        self.whole = button("All", kind="small", tip="Show the whole matrix (0)")
        self.whole.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = row(self.words, self.smaller, self.larger, self.whole, space=4)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setFixedHeight(_SIDE_PX + 2)
        self.smaller.clicked.connect(self._zoom_out)
        self.larger.clicked.connect(self._zoom_in)
        self.whole.clicked.connect(self._zoom_off)
        area.zoomed.connect(self.show_state)
        self.show_state()

    def show_hovered(self, sentence: str) -> None:
        """Say what is under the pointer; "" goes back to what is chosen."""
        self._hovered = sentence
        self._show_words()

    def show_chosen(self, words: str) -> None:
        """Say what is chosen."""
        self._chosen = words
        self._show_words()

    def show_state(self) -> None:
        """Offer what can be zoomed."""
        zoomed = self._area.is_zoomed
        offered = zoomed or not self._area.legible
        for tool in (self.smaller, self.larger, self.whole):
            tool.setVisible(offered)
        self.smaller.setEnabled(zoomed)
        self.whole.setEnabled(zoomed)

    def _show_words(self) -> None:
        words = self._hovered or self._chosen
        self.words.setText(words)
        self.words.setToolTip(words)

    def _zoom_in(self) -> None:
        self._area.zoom(1)

    def _zoom_out(self) -> None:
        self._area.zoom(-1)

    def _zoom_off(self) -> None:
        self._area.zoom(0)


def _tool(sign: str, tip: str) -> QPushButton:
    tool = button(sign, kind="small", tip=tip)
    tool.setAccessibleName(tip)
    tool.setFixedWidth(28)
    tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the matrix
    return tool
