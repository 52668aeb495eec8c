"""ValuePanel: predicted values against actual ones, where classes would have a confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.prediction.value_plot import CHOICES, ValuePlot
from nnstudio.ui.widgets import Segments, column, label, row

_LEAST_PX = 400
_WORDS = {
    CHOICES[0]: "Points on the dashed line are predicted exactly; above it too high, below it too low.",
    CHOICES[1]: "Predicted minus actual: points on the dashed line are predicted exactly.",
}


class ValuePanel(QFrame):
    """Which value and what of it are its own choice.

    Signals:
        sample_chosen(index): A person clicked on the point of a sample.
    """

    sample_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setMinimumWidth(_LEAST_PX)
        self._evaluation: Evaluation | None = None
        self.plot = ValuePlot()
        self.choices = Segments(CHOICES, "What is shown over the actual values")
        self.targets = ChoiceBox()
        self.targets.setAccessibleName("Value")
        self.targets.setMinimumHeight(28)
        self._words = label(_WORDS[CHOICES[0]], role="text_2", size="small", wrap=True)
        head = row(label("Predicted and actual", size="strong"), None, self.targets, self.choices, space=8)
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

    def _show_choice(self, choice: str) -> None:
        self._words.setText(_WORDS[choice])
        self.plot.show_choice(choice)

    def _show(self) -> None:
        if self._evaluation is not None:
            index, count = self.targets.currentIndex(), len(self._evaluation.actual)
            actual = self._evaluation.actual.reshape(count, -1)[:, index]
            self.plot.show_values(actual, self._evaluation.outputs.reshape(count, -1)[:, index])
