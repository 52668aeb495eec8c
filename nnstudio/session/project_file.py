"""ProjectFile: the project that lies open, as a file: its place, whether all is saved, and saving."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from nnstudio.formats.project import ENDING as ENDING
from nnstudio.formats.project import is_project as is_project
from nnstudio.session.desk import Desk
from nnstudio.session.jobs import Jobs
from nnstudio.session.path_lock import PathLock
from nnstudio.session.project_opener import ProjectOpener
from nnstudio.session.project_reading import Reading
from nnstudio.session.project_saver import ProjectSaver, Saving

UNTITLED = "Untitled"
_MOST_TOLD = 6


class ProjectFile(ProjectOpener):
    """Writes in the background; what is written is a value that no later edit changes.

    ``path`` is None before a project was saved; ``with_data`` says whether its file gets a copy of the data;
    ``recovered_from`` is the folder where this project was kept for recovery.

    Signals:
        changed(): Another path or name, or perhaps another answer to `modified`.
        opened(): A project came in the place of what lay open.
        saved(): All of it is on the disk.
        failed(title, sentence): It could not be saved; the work is still open, and an old file is whole.
        told(sentence): What a person should know of a project that was opened.
    """

    changed = Signal()
    opened = Signal()
    saved = Signal()
    failed = Signal(str, str)
    told = Signal(str)

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__(jobs, desk)
        self.path: Path | None = None
        self.recovered_from: Path | None = None
        self.with_data = False
        self._name = UNTITLED
        self._lock: PathLock | None = None
        self._saved_results: object = desk.results
        self._saved_notes = desk.notes
        self.was_read.connect(self._show)
        self._saver = ProjectSaver(jobs, self)
        self._saver.saved.connect(self._take_saved)
        self._saver.failed.connect(self._tell_failed)
        desk.document.undo_stack.indexChanged.connect(self.changed)
        desk.run_changed.connect(self.changed)
        desk.notes_changed.connect(self.changed)

    @property
    def _desk(self) -> Desk:
        """Its parent, asked for anew: a reference each way would be a circle, and whatever thread finds a
        circle first destroys it, be it Qt's or not."""
        desk = self.parent()
        assert isinstance(desk, Desk)
        return desk

    @property
    def name(self) -> str:
        """What the project is called."""
        return self.path.stem if self.path is not None else self._name

    @property
    def modified(self) -> bool:
        """Whether the study, the results or the notes are other than those in the file."""
        desk = self._desk
        other_results = desk.results != self._saved_results
        return not desk.document.undo_stack.isClean() or other_results or desk.notes != self._saved_notes

    def call_unmodified(self) -> None:
        """Take what lies open for something that closing would not lose."""
        self._saved_results, self._saved_notes = self._desk.results, self._desk.notes
        self._desk.document.undo_stack.setClean()
        self.changed.emit()

    def save(self, path: Path | None = None) -> None:
        """Write all that lies open to ``path``, or to where it was saved before."""
        path = (path or self.path or Path(UNTITLED + ENDING)).absolute()
        if not self._take_lock(path):
            sentence = f"{path.name} is open in another window of nnstudio. Choose another name."
            self.failed.emit(f"Saving {path.name}", sentence)
            return
        desk = self._desk
        self._saver.save(Saving(path, desk.collect(), desk.dataset, self.with_data, desk.results))

    def close(self) -> None:
        """Let other windows have the file."""
        if self._lock is not None:
            self._lock.release()
        self._lock = None

    def _show(self, path: Path | None, reading: Reading) -> None:
        sentences = list(reading.sentences)
        if path is not None and not self._take_lock(path):
            sentences.append(f"{path.name} is open in another window of nnstudio, so this is a copy of it.")
            self._name, path = f"{path.stem} (copy)", None
        elif path is None:
            self._name = UNTITLED
        if path is None:
            self.close()
        self.path, self.with_data = path, reading.project.dataset is not None
        self._desk.show_project(reading.project, reading.dataset)
        self.recovered_from = reading.recovered_from
        self._saved_results = None if reading.recovered_from else self._desk.results
        self._saved_notes = self._desk.notes
        self.opened.emit()
        self.changed.emit()
        if sentences:
            rest = len(sentences) - _MOST_TOLD
            self.told.emit(
                " ".join([*sentences[:_MOST_TOLD], *([f"And {rest:,} more."] if rest > 0 else [])])
            )

    def _take_lock(self, path: Path) -> bool:
        """Take the file for this window, and let go of the one before; return whether it was to be had."""
        if self._lock is not None and self._lock.path == path:
            return True
        lock = PathLock(path)
        if not lock.take():
            return False
        self.close()
        self._lock = lock
        return True

    def _take_saved(self, saving: Saving) -> None:
        self.path, self._saved_results, self._saved_notes = saving.path, saving.mark, saving.project.notes
        if saving.project.study == self._desk.document.study:
            self._desk.document.undo_stack.setClean()
        else:  # it was edited meanwhile
            self._desk.document.undo_stack.resetClean()
        self.changed.emit()
        self.saved.emit()

    def _tell_failed(self, saving: Saving, sentence: str) -> None:
        if saving.path != self.path:  # its lock goes to where the project still is
            self.close()
            if self.path is not None:
                self._take_lock(self.path)
        self.failed.emit(f"Saving {saving.path.name}", sentence)
