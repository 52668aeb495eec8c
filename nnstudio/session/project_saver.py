"""ProjectSaver: writes projects in the background, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.fingerprint import fingerprint
from nnstudio.errors import UserError
from nnstudio.experiments.project import Project
from nnstudio.formats.project import write_project
from nnstudio.session.jobs import Jobs


@dataclass(frozen=True, eq=False)
class Saving:
    """What to write where; ``mark`` is whatever its sender wants to know it by."""

    path: Path
    project: Project
    dataset: Dataset
    with_data: bool
    mark: object = None


class ProjectSaver(QObject):
    """What is to be saved while another writes waits; the last one wins.

    Signals:
        saved(saving): All of it is on the disk.
        failed(saving, sentence): It could not be written; an old file is as it was.
    """

    saved = Signal(object)
    failed = Signal(object, str)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._busy = False
        self._waiting: Saving | None = None
        self._known: tuple[object, str] = (None, "")

    @property
    def busy(self) -> bool:
        """Whether anything is being written."""
        return self._busy

    def save(self, saving: Saving) -> None:
        """Write as soon as possible."""
        self._waiting = saving
        if not self._busy:
            self._start()

    def _start(self) -> None:
        if self._waiting is None:
            return
        saving, self._waiting, self._busy = self._waiting, None, True
        title = f"Saving {saving.path.name}"
        self._jobs.start(title, lambda _: (saving, self._write(saving)), self._end, writes=True)

    def _write(self, saving: Saving) -> str:
        """Write in the job's thread; return why it could not be, or ""."""
        project, dataset = saving.project, saving.dataset
        if len(dataset.training):  # else the project knows those that were not found
            project = replace(project, fingerprint=self._fingerprint(dataset))
        if saving.with_data:
            project = replace(project, dataset=dataset)
        try:
            write_project(saving.path, project)
        except UserError as error:
            return str(error)
        return ""

    def _fingerprint(self, dataset: Dataset) -> str:
        if self._known[0] is not dataset.training.x:  # whatever the preparation, the raw samples are the same
            self._known = (dataset.training.x, fingerprint(dataset))
        return self._known[1]

    def _end(self, written: tuple[Saving, str]) -> None:
        saving, sentence = written
        self._busy = False
        if sentence:
            self.failed.emit(saving, sentence)
        else:
            self.saved.emit(saving)
        self._start()
