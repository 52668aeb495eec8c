"""ProjectVerbs: new, open, save and close, with their questions: nothing is lost without being asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog

from nnstudio.session.preferences import Preferences
from nnstudio.session.project_file import ENDING
from nnstudio.session.project_reading import Reading
from nnstudio.session.session import Session
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.messages import ask_to_save, choose, tell
from nnstudio.ui.save_dialog import ask_where_to_save

_DATA_FILES = "Data (*.gz *ubyte *.idx *.npz *.npy);;All files (*)"


class ProjectVerbs(QObject):
    """Asks once before what is not saved would go; then does it, after the saving where that was wanted."""

    def __init__(self, window: MainWindow, session: Session, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._project = session.project
        self._preferences = preferences
        self._after_saving: Callable[[], None] | None = None
        self._after_pause = False
        self._closing = False
        window.closing.connect(self._close)
        session.run_changed.connect(self._go_on_saving)
        self._project.saved.connect(self._saved)
        self._project.failed.connect(self._stay)
        self._project.looked.connect(self._show_looked_at)
        self._project.opened.connect(self._remember)
        self._project.told.connect(self._tell)
        self._project.data_missing.connect(self._ask_for_data)

    def new_project(self) -> None:
        """Begin anew."""
        self._when_saved("New project", self._project.new)

    def open_project(self, path: str) -> None:
        """Open a project; it is read before anything is asked about what lies open."""
        self._project.look(Path(path))

    def _show_looked_at(self, path: Path, reading: Reading) -> None:
        show = partial(self._project.show, path, reading)
        again = partial(self.open_project, str(path))  # what was saved meanwhile may be the very same file
        self._when_saved(f"Open {path.name}", show, again)

    def save(self) -> None:
        """Save to where the project was saved before, or ask."""
        if self._project.path is None:
            self.save_as()
        else:
            self._project.save()

    def save_as(self) -> None:
        """Ask where to, and save there."""
        project = self._project
        folder = Path(self._preferences.last_folder or Path.home())
        start = project.path or folder / f"{project.name}{ENDING}"
        data = self._session.dataset
        parts = (data.training, data.test, data.validation)
        words = _size_words(sum(part.x.nbytes for part in parts if part is not None))
        path, with_data = ask_where_to_save(self._window, start, project.with_data, words)
        if not path:
            self._stay()
            return
        self._preferences.last_folder = str(Path(path).parent)
        project.with_data = with_data
        project.save(Path(path))

    def _when_saved(
        self, title: str, act: Callable[[], None], again: Callable[[], None] | None = None
    ) -> None:
        """Do ``act`` at once where nothing would be lost, else after a person said what is to be done.

        ``again`` is what follows a saving: by default the same question, where something changed meanwhile.
        """
        session = self._session
        if not (self._project.modified or session.running):
            act()
            return
        sentence = f"“{self._project.name}” has changes that are not saved. Save them?"
        if session.running:
            sentence = (
                "A training is running. It is held here; where you save it, it goes on later "
                "as if nothing had happened."
            )
        again = again or partial(self._when_saved, title, act)
        ask_to_save(self._window, title, sentence, partial(self._save_then, again), act)

    def _save_then(self, act: Callable[[], None]) -> None:
        self._after_saving = act
        if self._session.running:
            self._after_pause = True
            self._session.train_or_pause()
        else:
            self.save()

    def _go_on_saving(self) -> None:
        if self._after_pause and not self._session.running:
            self._after_pause = False
            self.save()

    def _saved(self) -> None:
        self._remember()
        self._session.told.emit(f"Saved {self._project.name}.")
        act, self._after_saving = self._after_saving, None
        if act is not None:
            act()

    def _stay(self) -> None:
        """Give up what was to come after the saving."""
        self._after_saving = None

    def _remember(self) -> None:
        if self._project.path is not None:
            self._preferences.add_recent(str(self._project.path))

    def _tell(self, sentence: str) -> None:
        tell(self._window, "Opened with a note", sentence)

    def _ask_for_data(self, sentence: str) -> None:
        text = f"The data of the project were not found. {sentence}"
        verbs = {
            "Look for them …": self._find_data,
            "Look for a folder …": self._find_folder,
            "Open without data": self._project.open_without_data,
        }
        choose(self._window, "Data not found", text, verbs)

    def _find_data(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Where are the data?", self._preferences.last_folder, _DATA_FILES
        )
        self._take_data(path)

    def _find_folder(self) -> None:
        self._take_data(
            QFileDialog.getExistingDirectory(
                self._window, "Where are the data?", self._preferences.last_folder
            )
        )

    def _take_data(self, path: str) -> None:
        if path:
            self._project.find_data(Path(path))
        else:
            self._project.open_without_data()

    def _close(self, event: QCloseEvent) -> None:
        if not self._closing and (self._project.modified or self._session.running):
            event.ignore()
            self._when_saved("Close nnstudio", self._close_now)
            return
        self._preferences.geometry = self._window.saveGeometry()
        self._closing = False
        if not self._session.close():
            event.ignore()

    def _close_now(self) -> None:
        self._closing = True
        self._window.close()


def _size_words(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"
