"""ThresholdPanel: from which output on a sample is taken for the second of two classes, and what follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSlider, QVBoxLayout, QWidget

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.roc import ThresholdCurves, curves_of_evaluation, scores_of
from nnstudio.settings import Setting
from nnstudio.ui.boxes import NumberBox
from nnstudio.ui.prediction.threshold_plot import Drawn, ThresholdPlot
from nnstudio.ui.widgets import button, column, label, row

_STEPS = 1000
_DIGITS = 4
_ONE_CLASS = "The curves need samples of both classes; these are all of one."


@dataclass(frozen=True)
class Span:
    """What the slider goes over: 0 to 1 for probabilities, else from the lowest output to the highest."""

    low: float = 0.0
    high: float = 1.0

    def step(self, threshold: float) -> int:
        """Return the place of the slider for a threshold."""
        return round((threshold - self.low) / (self.high - self.low) * _STEPS)

    def threshold(self, step: int) -> float:
        """Return the threshold for a place of the slider."""
        return self.low + step / _STEPS * (self.high - self.low)


def span_of(evaluation: Evaluation) -> Span:
    """Return the span of the thresholds that make a difference."""
    scores = scores_of(evaluation)
    scores = scores[np.isfinite(scores)]
    low, high = (float(scores.min()), float(scores.max())) if len(scores) else (0.0, 1.0)
    if low >= 0.0 and high <= 1.0:
        return Span()
    return Span(min(low, evaluation.boundary) - 0.01, max(high, evaluation.boundary) + 0.01)


class ThresholdPanel(QWidget):
    """The threshold is not its own: it reports what a person chose and is shown the evaluation at that.

    Signals:
        edited(threshold): A person chose a threshold; None is that of the network.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outputs: object = None
        self._span = Span()
        self._curves: ThresholdCurves | None = None
        self.slider = _slider()
        self.number = NumberBox(Setting("", 0.0, name="threshold", kind=float))
        self.number.setAccessibleName("Threshold")
        self.number.setFixedWidth(84)
        self.best = button("Best F1", kind="small", tip="Take the threshold with the highest F1 score")
        self.reset = button("Reset", kind="small", tip="Go back to the threshold of the network")
        self.roc = ThresholdPlot("ROC curve", "false positive rate", "true positive rate")
        self.precision = ThresholdPlot("Precision and recall", "recall", "precision")
        self._words, self._area, self._average = (label(role="text_2", size="small") for _ in range(3))
        for title in (self._area, self._average):
            title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._connect()

    @property
    def words(self) -> str:
        """What it says about threshold and areas."""
        return " ".join(part.text() for part in (self._words, self._area, self._average))

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show the threshold of an evaluation, and the curves of all thresholds."""
        if evaluation.outputs is not self._outputs:
            self._outputs = evaluation.outputs
            self._curves = curves_of_evaluation(evaluation)
            self._show_curves(self._curves, span_of(evaluation))
        boundary = evaluation.boundary if evaluation.outputs.shape[-1] == 1 else 0.5
        self._show_threshold(boundary if evaluation.threshold is None else evaluation.threshold)
        self.reset.setEnabled(evaluation.threshold is not None)
        name = evaluation.facts.class_names[1]
        which = "An output" if self._span != Span() else "A probability"
        self._words.setText(f"{which} of {name} above this is read as {name}.")

    def _show_curves(self, curves: ThresholdCurves, span: Span) -> None:
        self._span = span
        self.number.setRange(span.low, span.high)
        self.number.setSingleStep((span.high - span.low) / 100)
        base = curves.positives / max(curves.positives + curves.negatives, 1)
        below = curves.thresholds - 1e-6 * (span.high - span.low)  # so that the score itself is above
        start = np.append(span.high, below)
        shown = curves.complete
        self.roc.show_curve(
            Drawn(np.append(0.0, curves.false_rate), np.append(0.0, curves.recall), start)
            if shown
            else Drawn()
        )
        level = ((0.0, base), (1.0, base))
        self.precision.show_curve(Drawn(curves.recall, curves.precision, below, level) if shown else Drawn())
        self._area.setText(f"ROC curve, area (AUC) {curves.area:.{_DIGITS}f}" if shown else _ONE_CLASS)
        average = f"Average precision {curves.average_precision:.{_DIGITS}f}"
        self._average.setText(average if shown else "")
        self.best.setEnabled(shown)

    def _show_threshold(self, threshold: float) -> None:
        for widget in (self.slider, self.number):
            widget.blockSignals(True)
        self.slider.setValue(self._span.step(threshold))
        self.number.setValue(float(f"{threshold:.6g}"))
        for widget in (self.slider, self.number):
            widget.blockSignals(False)
        if self._curves is not None:
            self.roc.show_point(self._curves.roc_point(threshold))
            self.precision.show_point(self._curves.precision_point(threshold))

    def _lay_out(self) -> None:
        name = label("Threshold", size="strong")
        name.setBuddy(self.slider)
        head = row(name, self.slider, self.number, self.best, self.reset, space=8)
        plots = row(_titled(self._area, self.roc), _titled(self._average, self.precision), space=12)
        layout = column(head, self._words, plots, space=8)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._slide)
        self.number.valueChanged.connect(self._type)
        self.best.clicked.connect(self._take_best)
        self.reset.clicked.connect(self._take_own)
        for plot in (self.roc, self.precision):
            plot.edited.connect(self._take_point)

    def _slide(self, step: int) -> None:
        self.edited.emit(self._span.threshold(step))

    def _type(self, threshold: float) -> None:
        self.edited.emit(threshold)

    def _take_best(self) -> None:
        if self._curves is not None:
            self.edited.emit(self._curves.best_threshold)

    def _take_own(self) -> None:
        self.edited.emit(None)

    def _take_point(self, threshold: float) -> None:
        self.edited.emit(min(max(threshold, self._span.low), self._span.high))


def _slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, _STEPS)
    slider.setPageStep(_STEPS // 10)
    slider.setSingleStep(_STEPS // 100)
    slider.setMinimumWidth(80)
    slider.setAccessibleName("Threshold")
    slider.setToolTip("From which output on a sample is read as the second class")
    return slider


def _titled(title: QWidget, plot: QWidget) -> QVBoxLayout:
    layout = column(title, plot, space=4)
    layout.setStretch(1, 1)
    return layout
