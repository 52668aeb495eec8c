"""ValuePanel: predicted values against actual ones, where classes would have a confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from nnstudio.data.arrays import Array
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.prediction.keep_menu import Keepable, KeepMenu
from nnstudio.ui.prediction.matrix_picture import svg_of
from nnstudio.ui.prediction.value_plot import CHOICES, ValuePlot
from nnstudio.ui.widgets import Segments, column, label, row

_LEAST_PX = 400
_WORDS = {
    CHOICES[0]: "Points on the dashed line are predicted exactly; above it too high, below it too low.",
    CHOICES[1]: "Predicted minus actual: points on the dashed line are predicted exactly.",
}


class ValuePanel(Keepable):
    """Which value and what of it are its own choice.

    Signals:
        sample_chosen(index): A person clicked on the point of a sample.
    """

    sample_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_LEAST_PX)
        self._evaluation: Evaluation | None = None
        self.plot = ValuePlot()
        self.choices = Segments(CHOICES, "What is shown over the actual values")
        self.targets = ChoiceBox()
        self.targets.setAccessibleName("Value")
        self.targets.setMinimumHeight(28)
        self.keep = KeepMenu(self)
        self._words = label(_WORDS[CHOICES[0]], role="text_2", size="small", wrap=True)
        head = row(
            label("Predicted and actual", size="strong"), None, self.targets, self.choices, self.keep, space=8
        )
        layout = column(head, self.plot, self._words, space=10, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.choices.edited.connect(self._show_choice)
        self.targets.activated.connect(self._show)
        self.plot.chosen.connect(self.sample_chosen)

    def show_evaluation(self, evaluation: Evaluation, target_names: Sequence[str]) -> None:
        """Show other results."""
        self._evaluation = evaluation
        count = evaluation.outputs.reshape(len(evaluation.outputs), -1).shape[1]
        names = [
            target_names[index] if index < len(target_names) else f"Target {index + 1}"
            for index in range(count)
        ]
        if names != [self.targets.itemText(index) for index in range(self.targets.count())]:
            self.targets.clear()
            self.targets.addItems(names)
        self.targets.setVisible(count > 1)
        self._show()

    @property
    def file_name(self) -> str:  # type: ignore[override]
        """What a file is called unless a person says otherwise."""
        return "predicted and actual" if self.choices.choice == CHOICES[0] else "errors"

    def picture(self) -> QImage:
        """Return the plot as an image."""
        return self.plot.grab().toImage()

    def drawing(self) -> bytes:
        """Return the plot as the content of an SVG file."""
        return svg_of(self.plot.size(), self.plot.accessibleName(), self._draw)

    def rows(self) -> Sequence[Sequence[str]]:
        """Return actual value, predicted value and error of every sample, also of those without a point."""
        pairs = zip(*(values.tolist() for values in self._values()), strict=True)
        rows = [[f"{y:.9g}", f"{p:.9g}", f"{p - y:.9g}"] for y, p in pairs]
        return [["Actual", "Predicted", "Error"], *rows]

    def _draw(self, painter: QPainter) -> None:
        self.plot.render(painter, QPoint())

    def _values(self) -> tuple[Array, Array]:
        """Return actual and predicted values (n,) of the target that is shown."""
        assert self._evaluation is not None
        index, count = self.targets.currentIndex(), len(self._evaluation.actual)
        both = self._evaluation.actual, self._evaluation.outputs
        actual, predicted = (values.reshape(count, -1)[:, index] for values in both)
        return actual, predicted

    def _show_choice(self, choice: str) -> None:
        self._words.setText(_WORDS[choice])
        self.plot.show_choice(choice)

    def _show(self) -> None:
        if self._evaluation is not None:
            self.plot.show_values(*self._values())
