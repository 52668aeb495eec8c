"""ProjectOpener: reads projects in the background, and asks for data that are not where they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.experiments.default import default_study
from nnstudio.experiments.project import Project
from nnstudio.formats.project import OpenedProject
from nnstudio.session.jobs import Jobs
from nnstudio.session.project_reading import Reading, read, read_recovered, with_data

_Found = tuple[Path | None, Reading]
_PLACE = "project"  # what is opened last takes the place of what is still being read


class ProjectOpener(QObject):
    """What cannot be read at all is told by the jobs.

    Signals:
        looked(path, reading): A project can be read, and was; `show` opens it. So nobody is asked what is
            to become of what lies open for the sake of a broken file.
        was_read(path, reading): A project was read; the path is None where it has no file.
        data_missing(sentence): A project was read but its data were not found: it opens by
            `open_without_data`, or by `find_data` with the place where they are.
    """

    looked = Signal(object, object)
    was_read = Signal(object, object)
    data_missing = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._incomplete: _Found | None = None

    def new(self) -> None:
        """Begin with the default study and fresh weights."""
        fresh = OpenedProject(Project(default_study()))
        self._read("Opening a new project", None, lambda watch: with_data(fresh, watch))

    def open(self, path: Path) -> None:
        """Open a project."""
        self._read_file(path.absolute(), self._take)

    def look(self, path: Path) -> None:
        """Read a project, and only tell that it can be read."""
        self._read_file(path.absolute(), self._tell_looked)

    def show(self, path: Path, reading: Reading) -> None:
        """Open a project that was looked at."""
        self._take((path, reading))

    def find_data(self, data: Path) -> None:
        """Open the project whose data were not found with those in ``data``."""
        if self._incomplete is not None:
            path, reading = self._incomplete
            self._read("Looking for the data", path, lambda watch: reading.with_data_at(data, watch))

    def open_without_data(self) -> None:
        """Open the project whose data were not found without any samples."""
        if self._incomplete is not None:
            self._deliver(*self._incomplete)

    def recover(self, folder: Path, path: str) -> None:
        """Open what was kept in ``folder`` of the project in ``path``, "" for one that was never saved."""
        project_path = Path(path) if path else None
        self._read("Recovering a project", project_path, lambda watch: read_recovered(folder, watch))

    def _read_file(self, path: Path, done: Callable[[Any], None]) -> None:
        self._jobs.start(f"Opening {path.name}", lambda watch: (path, read(path, watch)), done, place=_PLACE)

    def _read(self, title: str, path: Path | None, work: Callable[[Watch], Reading]) -> None:
        """Read in the background, and show what was read as the project in ``path``."""
        self._jobs.start(title, lambda watch: (path, work(watch)), self._take, place=_PLACE)

    def _tell_looked(self, found: tuple[Path, Reading]) -> None:
        self.looked.emit(*found)

    def _take(self, found: _Found) -> None:
        path, reading = found
        if reading.missing:
            self._incomplete = (path, reading)
            self.data_missing.emit(reading.missing)
        else:
            self._deliver(path, reading)

    def _deliver(self, path: Path | None, reading: Reading) -> None:
        self._incomplete = None
        self.was_read.emit(path, reading)
