"""FileVerbs: open, export, drop and close, with their dialogs and the questions before something is lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox

from nnstudio.engine.fit_words import count_words
from nnstudio.session.library import is_model, target_of
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.messages import ask, tell

_MODEL_FILES = "Keras models (*.h5 *.hdf5)"
_OPEN_FILES = "Models and data (*.h5 *.hdf5 *.gz *ubyte *.idx *.npz);;All files (*)"


class FileVerbs(QObject):
    """Asks a person for paths and hands them to the session."""

    def __init__(self, window: MainWindow, session: Session, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._preferences = preferences
        self._closing = False
        window.dropped.connect(self.open_path)
        window.closing.connect(self._close)
        session.failed.connect(self._tell_failure)

    def open_file(self) -> None:
        """Ask for a model or a data file, and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open a model or data", self._preferences.last_folder, _OPEN_FILES
        )
        self.open_path(path)

    def open_folder(self) -> None:
        """Ask for a folder with data, and open it."""
        path = QFileDialog.getExistingDirectory(
            self._window, "Open a folder with data", self._preferences.last_folder
        )
        self.open_path(path)

    def open_path(self, path: str) -> None:
        """Open a file or folder; a model takes the place of what was trained, so that is asked first."""
        if not path:
            return
        self._preferences.last_folder = str(Path(path).parent)
        if self._session.has_unexported_run and is_model(Path(path)):
            sentence = f"{self._run_words()} and is not exported. Opening a model puts it away."
            ask(self._window, "Open a model", sentence, "Open", partial(self._session.open_path, Path(path)))
        else:
            self._session.open_path(Path(path))

    def export(self) -> None:
        """Ask where to, and export design and weights to Keras."""
        folder = Path(self._preferences.last_folder or Path.home())
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Export to Keras", str(folder / "model.h5"), _MODEL_FILES
        )
        if not path:
            return
        self._preferences.last_folder = str(Path(path).parent)
        target = target_of(Path(path))
        if target != Path(path) and target.exists():  # the dialog asked about the name without its ending
            sentence = f"{target.name} exists already."
            replace = partial(self._session.export_model, target)
            ask(self._window, "Export to Keras", sentence, "Replace", replace)
        else:
            self._session.export_model(target)

    def reset(self) -> None:
        """Go back to fresh weights, after asking where a training would be forgotten."""
        if self._session.has_unexported_run:
            sentence = f"{self._run_words()}. Reset forgets it and goes back to the same initial weights."
            ask(self._window, "Reset", sentence, "Reset", self._session.reset)
        else:
            self._session.reset()

    def _run_words(self) -> str:
        run = self._session.run
        epochs = run.progress.epoch if run is not None else 0
        length = count_words(epochs, "epoch") if epochs else "a part of an epoch"
        return f"The network was trained for {length}"

    def _tell_failure(self, title: str, sentence: str) -> None:
        tell(self._window, title, sentence, QMessageBox.Icon.Warning)

    def _close(self, event: QCloseEvent) -> None:
        loss = self._session.loss_words
        if loss and not self._closing:
            event.ignore()
            ask(self._window, "Close nnstudio", loss, "Close", self._close_now)
            return
        self._preferences.geometry = self._window.saveGeometry()
        self._closing = False
        if not self._session.close():
            event.ignore()

    def _close_now(self) -> None:
        self._closing = True
        self._window.close()
