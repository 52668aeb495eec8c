"""TableImport: the table that a person looks at and says how it is to be used."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from nnstudio.data.recipe import Recipe
from nnstudio.data.roles import with_role
from nnstudio.data.table_preview import preview
from nnstudio.data.understanding import TablePreview
from nnstudio.session.jobs import Jobs

PLACE = "table"  # what is asked last is looked at; typing never waits


class TableImport(QObject):
    """Nothing of it is in the document before it is used.

    ``recipe`` is what a person wants; ``preview`` shows what it makes, and follows it in the background.

    Signals:
        changed(): The recipe, its preview, or whether there is a table at all.
        used(recipe): A person wants to use the table so.
    """

    changed = Signal()
    used = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._title = ""
        self._use_then = False
        self.recipe: Recipe | None = None
        self.preview: TablePreview | None = None
        jobs.failed.connect(self._note_failure)

    @property
    def is_open(self) -> bool:
        """Whether a table is being looked at."""
        return self.preview is not None

    @property
    def follows(self) -> bool:
        """Whether the preview is still on its way to the recipe."""
        return self.preview is not None and self.preview.recipe != self.recipe

    @property
    def usable(self) -> bool:
        """Whether the table can be used as it stands, as far as it is known."""
        return self.preview is not None and (self.follows or not self.preview.problem)

    def begin(self, preview: TablePreview) -> None:
        """Look at a table."""
        self._jobs.cancel(PLACE)
        self._use_then = False
        self.recipe, self.preview = preview.recipe, preview
        self.changed.emit()

    def look(self, recipe: Recipe) -> None:
        """Look at the table that ``recipe`` reads, as soon as it is read."""
        self._start(recipe, self.begin)

    def change(self, recipe: Recipe) -> None:
        """Want the table to be used otherwise."""
        if self.preview is None or recipe == self.recipe:
            return
        self.recipe = recipe
        self._start(recipe, self._take)
        self.changed.emit()

    def set_role(self, name: str, role: str) -> None:
        """Want a column to be used otherwise; what depends on it follows."""
        if self.preview is not None and self.recipe is not None:
            wanted = with_role(self.recipe, name, role, self.preview)
            if wanted == self.recipe:
                self.changed.emit()  # the last target stays one: whoever showed it otherwise shows it again
            self.change(wanted)

    def use(self) -> None:
        """Use the table as it is wanted, as soon as it is known that it can be used so."""
        self._use_then = self.follows
        if self.usable and not self.follows:
            self.used.emit(self.recipe)

    def cancel(self) -> None:
        """Forget the table."""
        self._jobs.cancel(PLACE)
        self._use_then = False
        if self.preview is not None:
            self.recipe = self.preview = None
            self.changed.emit()

    def _start(self, recipe: Recipe, done: object) -> None:
        self._title = f"Looking at {recipe.source.place}"
        self._jobs.start(self._title, partial(preview, recipe), done, place=PLACE)  # type: ignore[arg-type]

    def _take(self, found: TablePreview) -> None:
        if self.recipe != found.recipe:  # what was wanted made no sense, and something near it was taken
            self.recipe = found.recipe
        self.preview = found
        self.changed.emit()
        if self._use_then:
            self.use()

    def _note_failure(self, title: str, sentence: str) -> None:
        if title == self._title and self.preview is not None and self.follows:
            self.recipe, self._use_then = self.preview.recipe, False
            self.changed.emit()
