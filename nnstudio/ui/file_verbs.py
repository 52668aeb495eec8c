"""FileVerbs: open whatever it is, export, drop and reset, with their dialogs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from nnstudio.engine.fit_words import count_words
from nnstudio.session.library import Looked, is_model
from nnstudio.session.preferences import Preferences
from nnstudio.session.project_file import is_project
from nnstudio.session.session import Session
from nnstudio.ui.export.export_dialog import ExportDialog
from nnstudio.ui.look_dialog import LookDialog
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.messages import ask, tell
from nnstudio.ui.project_verbs import ProjectVerbs

_OPEN_FILES = (
    "Projects, models and data (*.nnstudio *.h5 *.hdf5 *.keras *.csv *.tsv *.txt *.data *.parquet *.gz "
    "*ubyte *.idx *.npz *.npy);;All files (*)"
)
_MODEL_FILES = "Models (*.h5 *.hdf5 *.keras);;All files (*)"


class FileVerbs(QObject):
    """Asks a person for paths and hands them to the session."""

    def __init__(
        self, window: MainWindow, session: Session, preferences: Preferences, projects: ProjectVerbs
    ) -> None:
        super().__init__(window)
        self._window = window
        self._projects = projects
        self._session = session
        self._preferences = preferences
        window.dropped.connect(self.open_path)
        session.failed.connect(self._tell_failure)
        session.library.looked.connect(self._show_look)
        session.library.model_ready.connect(self._remember)

    def open_file(self) -> None:
        """Ask for a project, a model or a data file, and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open a project, a model or data", self._preferences.last_folder, _OPEN_FILES
        )
        self.open_path(path)

    def open_folder(self) -> None:
        """Ask for a folder with data, and open it."""
        path = QFileDialog.getExistingDirectory(
            self._window, "Open a folder with data", self._preferences.last_folder
        )
        self.open_path(path)

    def look_inside(self) -> None:
        """Ask for a model, and show what is in it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Look inside a model", self._preferences.last_folder, _MODEL_FILES
        )
        if path:
            self._preferences.last_folder = str(Path(path).parent)
            self._session.look_inside(Path(path), asked=True)

    def open_path(self, path: str) -> None:
        """Open a file or folder.

        A project takes the place of what lies open, so that is saved first; a model is looked into first.
        """
        if not path:
            return
        self._preferences.last_folder = str(Path(path).parent)
        if is_project(Path(path)):
            self._projects.open_project(path)
        elif is_model(Path(path)):
            self._session.look_inside(Path(path))
        else:
            self._session.open_path(Path(path))

    def _show_look(self, looked: Looked) -> None:
        """Open what nnstudio wrote; show first what is in a file from elsewhere."""
        if looked.goes_straight:
            self._session.open_looked(looked)
        else:
            LookDialog(self._window, self._session, looked).open()

    def _remember(self, path: Path) -> None:
        self._preferences.add_recent(str(path.absolute()))

    def export(self) -> None:
        """Ask as what and where to, and export design and weights."""
        model = self._session.model_for_export()
        if model is not None:
            ExportDialog(self._window, self._session, self._preferences, model).open()

    def reset(self) -> None:
        """Go back to fresh weights, after asking where a training would be forgotten."""
        if self._session.has_trained:
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
