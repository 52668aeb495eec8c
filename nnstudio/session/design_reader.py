"""DesignReader: designs to compare with: those of the runs that are kept, and those in files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.engine.design import Design
from nnstudio.experiments.run import Run
from nnstudio.experiments.study import Study
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.project import is_project, read_project
from nnstudio.session.session import Session
from nnstudio.task import Shape

_PLACE = "compare"


class DesignReader(QObject):
    """Reads the design in a file in the background; what cannot be read is told by the session's jobs.

    Signals:
        read(name, design): A file's design is there.
    """

    read = Signal(str, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def kept(self) -> list[tuple[str, Design]]:
        """Return the runs of the project that lies open, newest first, by what a person calls them."""
        runs = [(run.name or _run_words(run), run.study.design) for run in reversed(self._session.runs)]
        run = self._session.run
        return runs if run is None else [("The training of this session", run.study.design), *runs]

    def read_file(self, path: Path) -> None:
        """Read a project or a model."""
        document = self._session.document
        work = partial(_read, path, document.study, document.facts.sample_shape)
        self._session.jobs.start(f"Reading {path.name}", work, self._take, place=_PLACE)

    def _take(self, found: tuple[str, Design]) -> None:
        self.read.emit(*found)


def _run_words(run: Run) -> str:
    return f"Run of {run.started[:16].replace('T', ' ')}"


def _read(path: Path, study: Study, shape: Shape, watch: Watch) -> tuple[str, Design]:
    if is_project(path):
        return path.name, read_project(path).project.study.design
    return path.name, read_model(path, study, shape).design
