"""PredictionVerbs: predict a file without labels, and save predictions, with their dialogs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.session.prediction_files import (
    NewPredictions,
    predict_file,
    save_evaluation,
    save_predictions,
)
from nnstudio.session.session import Session
from nnstudio.ui.prediction.samples_panel import SamplesPanel

_ROW_FILES = "Tables (*.csv *.tsv *.txt *.parquet);;All files (*)"


class PredictionVerbs(QObject):
    """Asks a person for paths and hands them to the session."""

    def __init__(self, session: Session, samples: SamplesPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._samples, self._window = session, samples, parent
        samples.open_wanted.connect(self.open_rows)
        samples.save_wanted.connect(self.save)
        session.evaluated.connect(self._predict_again)

    def open_rows(self) -> None:
        """Ask for a file with rows, and predict them."""
        path, _ = QFileDialog.getOpenFileName(self._window, "Open rows without labels", "", _ROW_FILES)
        if path:
            self.predict(Path(path))

    def predict(self, path: Path) -> None:
        """Predict the rows of a file."""
        predict_file(self._session, path, self._show)

    def save(self) -> None:
        """Ask where to, and save what the table shows."""
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Save predictions", "predictions.csv", "Tables (*.csv)"
        )
        if path:
            shown = self._samples.shown
            save_predictions(self._session, Path(path), shown.columns, shown.rows, self._tell)

    def export(self, evaluation: Evaluation | None) -> None:
        """Ask where to, and save all predictions of the part that is looked at."""
        if evaluation is None:
            sentence = "There are no predictions to export. Open the Prediction tab with data that fit."
            self._session.failed.emit("Export predictions", sentence)
            return
        path, chosen = QFileDialog.getSaveFileName(
            self._window, "Export predictions", "predictions.csv", "Tables (*.csv);;NumPy arrays (*.npz)"
        )
        if path:
            ending = ".npz" if "npz" in chosen else ".csv"
            target = Path(path) if Path(path).suffix else Path(path + ending)
            save_evaluation(self._session, target, evaluation, self._tell)

    def _predict_again(self) -> None:
        """Predict the file that is shown with weights that have come since; a training is waited for."""
        new, snapshot = self._samples.new, self._session.snapshot
        if new is not None and snapshot not in (None, new.snapshot) and not self._session.running:
            self.predict(new.path)

    def _show(self, new: NewPredictions) -> None:
        self._samples.show_new(new)

    def _tell(self, path: Path) -> None:
        self._session.told.emit(f"Saved {path.name}.")
