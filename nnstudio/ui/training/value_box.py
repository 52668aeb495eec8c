"""ValueBox: the values of the curves under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.ui.training.plot_card import PlotCard
from nnstudio.ui.widgets import figures_font, label, panel

_WIDTH_PX = 170
_MARGIN_PX = 10


class ValueBox(QWidget):
    """Lies on a plot and moves to the side where the mouse is not."""

    def __init__(self, card: PlotCard) -> None:
        super().__init__(card)
        self._card = card
        self._head = label(size="strong")
        self._lines = label()
        self._lines.setFont(figures_font(self._lines.font()))
        ground = panel("card")
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(2)
        layout.addWidget(self._head)
        layout.addWidget(self._lines)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(_WIDTH_PX)
        self.hide()

    def show_values(self, head: str, lines: list[tuple[str, float]], right_half: bool) -> None:
        """Show a heading and a line per curve."""
        self._head.setText(head)
        self._lines.setText("\n".join(f"{name}  {self._card.value_words(value)}" for name, value in lines))
        self.adjustSize()
        plot = self._card.plot
        left = plot.mapTo(self._card, QPoint(48 + _MARGIN_PX, 0)).x()
        right = plot.mapTo(self._card, QPoint(plot.width() - _WIDTH_PX - _MARGIN_PX, 0)).x()
        self.move(left if right_half else right, plot.y() + _MARGIN_PX)
        self.show()
        self.raise_()
