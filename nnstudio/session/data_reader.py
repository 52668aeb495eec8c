"""DataReader: reads data in the background, one data set at a time, and says how that stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.files import opened
from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.recipe import Recipe
from nnstudio.data.table_file import is_table
from nnstudio.data.table_preview import propose
from nnstudio.data.understanding import TablePreview
from nnstudio.data.watch import Watch
from nnstudio.session.data_cache import DataCache
from nnstudio.session.jobs import Jobs
from nnstudio.session.recipe_words import RecipeStep

PLACE = "data"  # what is wanted last takes the place of what is still being read


@dataclass(frozen=True)
class Request:
    """What a person, or undo, wants to be read.

    A ``path`` has no recipe before somebody looked at it. What undo wants ``follows`` the document and is no
    edit; everything else is, and ``step`` names it.
    """

    recipe: Recipe | None = None
    path: Path | None = None
    step: RecipeStep = RecipeStep()
    follows: bool = False

    @property
    def name(self) -> str:
        """What is being read, in a word."""
        if self.path is not None:
            return self.path.name
        assert self.recipe is not None
        return Path(self.recipe.source.place).name or self.recipe.source.title


class DataReader(QObject):
    """Reads what is wanted last; what was read lately stays in memory.

    Signals:
        ready(dataset, request): Data are there.
        table_ready(preview): A table was looked at; a person says how it is to be used.
        lost(recipe, sentence): What undo wants cannot be read any more.
        changed(): Something else is under way, or nothing, or failed.
    """

    ready = Signal(object, object)
    table_ready = Signal(object)
    lost = Signal(object, str)
    changed = Signal()

    def __init__(self, dataset: Dataset, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._title = ""
        self.cache = DataCache(dataset)
        self.request: Request | None = None
        self.failure: tuple[Request, str] | None = None
        jobs.failed.connect(self._note_failure)
        jobs.changed.connect(self._note_end)

    @property
    def wanted(self) -> Recipe | None:
        """The recipe that a person chose and that is being read."""
        return self.request.recipe if self.request is not None else None

    @property
    def progress(self) -> tuple[float | None, str]:
        """How far it is: the share, or None where nobody knows, and words."""
        return self._jobs.progress(PLACE) or (None, "")

    def read(self, request: Request) -> None:
        """Get data, at once where they were read lately."""
        known = self.cache.find(request.recipe) if request.recipe is not None else None
        if known is not None:
            self.cancel()
            self.ready.emit(known, request)
            return
        self.request, self.failure = request, None
        self._title = f"Opening {request.name}"
        self._jobs.start(self._title, partial(_read, request), self._take, place=PLACE)
        self.changed.emit()

    def cancel(self) -> None:
        """Let be what is being read; nothing happens where nothing is."""
        self._jobs.cancel(PLACE)
        self._set_request(None)

    def _take(self, found: Dataset | TablePreview) -> None:
        request = self.request
        self._set_request(None)
        if isinstance(found, TablePreview):
            self.table_ready.emit(found)
        elif request is not None:
            self.ready.emit(self.cache.keep(found), request)

    def _note_failure(self, title: str, sentence: str) -> None:
        request = self.request
        if request is None or title != self._title:
            return
        self.failure = (request, sentence)
        self._set_request(None)
        if request.follows:
            self.lost.emit(request.recipe, sentence)

    def _note_end(self) -> None:
        if self._jobs.progress(PLACE) is None:
            self._set_request(None)

    def _set_request(self, request: Request | None) -> None:
        if request != self.request:
            self.request = request
            self.changed.emit()


def _read(request: Request, watch: Watch) -> Dataset | TablePreview:
    """Return the data that are wanted; a table that has no recipe yet is only looked at."""
    if request.recipe is not None:
        return load(request.recipe, watch)
    assert request.path is not None
    if _is_table(request.path):
        return propose(request.path, watch)
    return load(recipe_for(request.path, watch), watch)


def _is_table(path: Path) -> bool:
    if path.is_dir():
        return False
    with opened(path, "data") as file:
        return is_table(path, file.read(16))
