"""RunBox: what the run shown was: its layers, its best epoch and its time."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from nnstudio.engine.layer import Layer
from nnstudio.experiments.history import History
from nnstudio.session.session import Session
from nnstudio.settings import settings_of
from nnstudio.ui.training.progress_strip import clock
from nnstudio.ui.widgets import figures_font, label

_ROWS = ("Layers", "Optimizer", "Best epoch", "Validation loss", "Validation accuracy", "Training time")


class RunBox(QWidget):
    """A few facts in two columns; nothing before anything was trained."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._title = label("This run", size="strong")
        self._values: dict[str, QLabel] = {}
        self._titles: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for line, title in enumerate(_ROWS):
            value = self._values[title] = label(wrap=True)
            value.setFont(figures_font(value.font()))
            head = self._titles[title] = label(title, role="text_2")
            grid.addWidget(head, line, 0)
            grid.addWidget(value, line, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addLayout(grid)
        self.show_run()

    def show_run(self) -> None:
        """Show the run or the model that the curves belong to."""
        study, history = self._session.shown_study, self._session.history
        self.setVisible(study is not None)
        if study is None or history is None:
            return
        self._title.setText("This run" if self._session.run is not None else "The example")
        optimizer = study.design.optimizer
        values = {
            "Layers": ", ".join(layer_words(layer) for layer in study.design.layers),
            "Optimizer": f"{type(optimizer).__name__}, {optimizer.learning_rate:g}",
            **_best_words(history),
            "Training time": clock(history.steps.last("seconds")) if len(history.steps) else "",
        }
        for title, value in values.items():
            self._values[title].setText(value)
            self._values[title].setVisible(bool(value))
            self._titles[title].setVisible(bool(value))


def layer_words(layer: Layer) -> str:
    """Return a layer in a few words: "Dense 512 relu"."""
    main = (getattr(layer, declared.name) for declared in settings_of(layer) if declared.main)
    values = (f"{value:g}" if isinstance(value, float) else str(value) for value in main)
    return " ".join((type(layer).__name__, *(value for value in values if value != "linear")))


def _best_words(history: History) -> dict[str, str]:
    best = history.best_epoch()
    if best is None:
        return dict.fromkeys(("Best epoch", "Validation loss", "Validation accuracy"), "")
    index = history.epochs.column("epoch").tolist().index(best)
    loss = history.epochs.column("val_loss")[index]
    share = history.epochs.column("val_accuracy")[index] if "accuracy" in history.names else math.nan
    accuracy = "" if math.isnan(share) else f"{100 * share:.2f} %"
    return {"Best epoch": str(best), "Validation loss": f"{loss:.4f}", "Validation accuracy": accuracy}
