"""ValueGuess: the values that the network predicts for one sample."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from nnstudio.ui.data.value_bars import number
from nnstudio.ui.widgets import figures_font, label


class ValueGuess(QWidget):
    """A line per value: its name, the prediction in large, and the actual value where it is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Predicted values")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._lines: list[tuple[QLabel, QLabel, QLabel]] = []

    @property
    def texts(self) -> list[str]:
        """What is predicted, line by line."""
        return [figure.text() for _, figure, _ in self._lines]

    def show_values(self, names: Sequence[str], predicted: Sequence[float], actual: Sequence[float]) -> None:
        """Show predictions; ``actual`` values are empty where nobody knows them."""
        self._make_lines(len(predicted))
        for index, (name, figure, rest) in enumerate(self._lines):
            name.setText(names[index] if index < len(names) else f"Target {index + 1}")
            figure.setText(number(predicted[index]))
            rest.setText(f"actual {number(actual[index])}" if index < len(actual) else "")
        words = ", ".join(f"{name.text()} {figure.text()}" for name, figure, _ in self._lines)
        self.setAccessibleDescription(words)

    def _make_lines(self, count: int) -> None:
        while len(self._lines) > count:
            for old in self._lines.pop():
                self._grid.removeWidget(old)
                old.hide()
                old.deleteLater()
        while len(self._lines) < count:
            made = (label(role="text_2"), label(size="figure"), label(role="text_2", size="small"))
            made[1].setFont(figures_font(made[1].font()))
            for place, part in enumerate(made):
                self._grid.addWidget(part, len(self._lines), place)
            self._lines.append(made)
