"""RunBox: what the run shown was: its layers, its best epoch and its time."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.schedules import Constant
from nnstudio.engine.value_words import choice_words
from nnstudio.experiments.history import History
from nnstudio.experiments.run_facts import layer_words
from nnstudio.experiments.study import Study
from nnstudio.session.session import Session
from nnstudio.settings import settings_of
from nnstudio.ui.training.progress_strip import clock
from nnstudio.ui.widgets import column, figures_font, label, rule

_METRICS = {f"Val. {metric.keras_name.replace('_', ' ')}": metric for metric in METRICS}
_ROWS = ("Layers", "Optimizer", "Best epoch", "Val. loss", *_METRICS, "Time")
_TIPS = {
    **{
        row: f"{metric.title} of the validation samples in the best epoch" for row, metric in _METRICS.items()
    },
    "Best epoch": "The epoch with the lowest validation loss",
    "Val. loss": "The validation loss of the best epoch",
    "Val. accuracy": "The share of validation samples that were right in the best epoch",
    "Time": "Time spent on training alone",
}


class RunBox(QWidget):
    """A few facts in two columns; nothing before anything was trained."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._title = label(size="strong")
        self._values: dict[str, QLabel] = {}
        self._heads: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, title in enumerate(_ROWS):
            value = self._values[title] = label(wrap=True)
            value.setFont(figures_font(value.font()))
            head = self._heads[title] = label(title, role="text_2")
            head.setToolTip(_TIPS.get(title, ""))
            grid.addWidget(head, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(rule(), self._title, grid, space=10, margins=(0, 8, 0, 0)))
        self.hide()  # shown before it has a place it would be a window of its own

    @property
    def text(self) -> str:
        """All that it says."""
        shown = ((title, self._values[title].text()) for title in _ROWS)
        return "\n".join(f"{title}: {value}" for title, value in shown if value)

    def show_run(self) -> None:
        """Show the run or the model that the curves belong to."""
        study, history = self._session.shown_study, self._session.history
        self.setVisible(study is not None)
        if study is None or history is None:
            return
        self._title.setText("This run" if self._session.run is not None else "This model")
        facts = _facts(study, history)
        for title in _ROWS:
            value = facts.get(title, "")
            if value != self._values[title].text():
                self._values[title].setText(value)
            self._values[title].setVisible(bool(value))
            self._heads[title].setVisible(bool(value))


def optimizer_words(optimizer: Optimizer) -> str:
    """Return an optimizer in a few words: "Adam, 0.001", "Adam, 0.001, cosine decay", "Guess, change 0.1"."""
    label = next(declared.label for declared in settings_of(optimizer) if declared.name == "learning_rate")
    words = [type(optimizer).__name__, f"{label.lower()} {optimizer.learning_rate:g}".strip()]
    if not isinstance(optimizer.schedule, Constant):
        words.append(choice_words(type(optimizer.schedule)).lower())
    return ", ".join(words)


def _facts(study: Study, history: History) -> dict[str, str]:
    seconds = history.steps.last("seconds")
    return {
        "Layers": ", ".join(layer_words(layer) for layer in study.design.layers),
        "Optimizer": optimizer_words(study.design.optimizer),
        "Time": "" if math.isnan(seconds) else clock(seconds),
        **_best_facts(history),
    }


def _best_facts(history: History) -> dict[str, str]:
    best = history.best_epoch()
    if best is None:
        return {}
    epochs = history.epochs
    row = dict(zip(epochs.columns, epochs.rows()[epochs.column("epoch").tolist().index(best)], strict=True))
    facts = {"Best epoch": f"{best:,}", "Val. loss": f"{row['val_loss']:.4f}"}
    values = {title: row.get(f"val_{metric.keras_name}") for title, metric in _METRICS.items()}
    return facts | {
        title: f"{100 * value:.2f} %" if _METRICS[title].share else f"{value:.4f}"
        for title, value in values.items()
        if value is not None
    }
