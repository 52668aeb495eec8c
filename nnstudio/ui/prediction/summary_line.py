"""SummaryLine: how right the network is on which samples, in one line, and whose weights these are."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.part import Part
from nnstudio.experiments.regression import value_scores
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.cut_label import CutLabel
from nnstudio.ui.prediction.evaluation_work import EvaluationWork
from nnstudio.ui.widgets import figures_font, label, row

_HEIGHT_PX = 52
_MANY = 1e4  # from here on digits after the point say nothing


class SummaryLine(QFrame):
    """Figures stand after their names; which ones, the task says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setFixedHeight(_HEIGHT_PX)
        self._set = CutLabel()
        self._set.setProperty("textSize", "strong")
        self._right = _Figure("Right")
        self._accuracy = _Figure("Accuracy")
        self._error = _Figure("Error")
        self._loss = _Figure("Loss")
        self._weights = CutLabel()
        self._weights.setProperty("role", "text_2")
        self._weights.setProperty("textSize", "small")
        self._mae = _Figure("Mean abs. error")
        self._rmse = _Figure("RMSE")
        self._r2 = _Figure("R\u00b2")
        classes = (self._right, self._accuracy, self._error)
        values = (self._mae, self._rmse, self._r2)
        figures = (*classes, *values, self._loss)
        self.parts = ChoiceBox()
        self.parts.setAccessibleName("Which part of the data")
        self.parts.setToolTip("Which samples are predicted and scored")
        self.parts.addItems([part.value for part in Part])
        self.parts.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.work = EvaluationWork()
        names = row(self.parts, self._set, space=10)
        self.setLayout(row(names, *figures, None, self.work, self._weights, space=20, margins=(20, 0, 20, 0)))
        self._classes, self._values = classes, values
        self.show_evaluation(None)

    @property
    def text(self) -> str:
        """All that it says, in one sentence."""
        shown = [part.text for part in (*self._classes, *self._values, self._loss) if not part.isHidden()]
        weights = [] if self._weights.isHidden() else [self._weights.text()]
        return ", ".join((self._set.text(), *shown, *weights))

    def show_part(self, part: Part) -> None:
        """Show which part of the data is asked for."""
        self.parts.setCurrentText(part.value)

    def show_evaluation(self, evaluation: Evaluation | None, noun: str = "samples") -> None:
        """Show other results; ``noun`` is what the samples are."""
        for figure in (*self._classes, *self._values, self._loss):
            figure.setVisible(evaluation is not None)
        self._weights.setVisible(evaluation is not None)
        if evaluation is None:
            self._set.setText("No predictions yet")
            return
        count = "" if evaluation.facts.is_classes else f": {len(evaluation.actual):,}"
        self._set.setText(f"{evaluation.set_name} {noun}{count}")
        self._set.setToolTip(self._set.text())
        self._show_classes(evaluation)
        self._loss.show_text(loss_text(evaluation.loss))
        self._weights.setText(f"{_whose(evaluation.epoch)}, {evaluation.seconds:.2f} s")

    def _show_classes(self, evaluation: Evaluation) -> None:
        is_classes = evaluation.facts.is_classes
        for figure in (*self._classes, *self._values):
            figure.setVisible(is_classes == (figure in self._classes))
        if is_classes:
            right, count = int(evaluation.right.sum()), len(evaluation.actual)
            self._right.show_text(f"{right:,}", f"of {count:,}")
            self._accuracy.show_text(f"{100 * evaluation.accuracy:.2f} %")
            self._error.show_text(f"{100 * (1 - evaluation.accuracy):.2f} %")
            return
        scores = value_scores(evaluation.actual, evaluation.outputs)
        self._mae.show_text(figure_text(scores.mae))
        self._rmse.show_text(figure_text(scores.rmse))
        self._r2.show_text("–" if math.isnan(scores.r2) else f"{scores.r2:.3f}".replace("-", "\u2212"))


class _Figure(QWidget):
    """A name, a number and what follows it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = label(name, role="text_2")
        self._number = label(size="figure")
        self._number.setFont(figures_font(self._number.font()))
        self._rest: QLabel = label(role="text_2")
        self.setLayout(row(self._name, self._number, self._rest, space=7))

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(filter(None, (self._name.text(), self._number.text(), self._rest.text())))

    def show_text(self, figure: str, rest: str = "") -> None:
        """Show another number."""
        self._number.setText(figure)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))


def figure_text(value: float) -> str:
    """Return an error in the unit of the values, with four digits."""
    if not math.isfinite(value):
        return "not a number"
    return f"{value:.4g}" if abs(value) < _MANY else f"{value:,.0f}"


def loss_text(loss: float) -> str:
    """Return a loss with four digits after the point while it is small."""
    if not math.isfinite(loss):
        return "not a number"
    return f"{loss:.4f}" if abs(loss) < 10 else f"{loss:,.2f}".replace("-", "\u2212")


def _whose(epoch: float | None) -> str:
    if epoch is None:
        return "Untrained weights"
    return f"Weights of epoch {epoch:,.0f}" if epoch == int(epoch) else f"Weights of epoch {epoch:,.1f}"
