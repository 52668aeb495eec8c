"""Sources: what the list of data shows: a row for each data set, as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from nnstudio.data.dataset import Dataset
from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.source import GENERATED, GROUPS, PICTURES, TABLES, Source
from nnstudio.data.sources import SOURCES
from nnstudio.data.sources.drawings import Drawings
from nnstudio.data.sources.image_folder import ImageFolder
from nnstudio.engine.fit_words import count_words
from nnstudio.session.recent_data import RecentData

_OWN_ICONS: dict[type[Source], str] = {ImageFolder: "folder"}
_ICONS = {PICTURES: "image", TABLES: "table", GENERATED: "points"}


class State(StrEnum):
    """How a row stands, apart from being open."""

    READY = ""
    BUSY = "busy"
    FAILED = "failed"
    MISSING = "missing"


@dataclass(frozen=True)
class SourceRow:
    """One data set; ``share`` is how much of it is read while it is busy, None where nobody knows."""

    name: str
    detail: str
    group: str
    recipe: Recipe
    icon_name: str = "image"
    tip: str = ""
    state: State = State.READY
    share: float | None = None

    @property
    def key(self) -> str:
        """What tells rows apart: data prepared otherwise are the same data."""
        return key_of(self.recipe.source)

    @property
    def is_file(self) -> bool:
        """Whether a person opened it from a file or folder."""
        return bool(self.recipe.source.place)

    def words(self, is_open: bool) -> str:
        """Say all of it, for those who do not see it."""
        state = {State.MISSING: ", not found", State.FAILED: ", could not be opened"}.get(self.state, "")
        return f"{self.name}: {self.detail}{state}{', open' if is_open else ''}"


def key_of(source: Source) -> str:
    """Return the path of a source, or its kind where it has none."""
    return source.place or type(source).__name__


def ready_rows() -> Iterator[SourceRow]:
    """Return a row for each source that needs no file, in the order of the registry."""
    for kind in SOURCES:
        source = kind()
        if not hasattr(source, "path"):
            tip = (kind.__doc__ or "").split("\n\n")[0].strip()
            yield SourceRow(kind.title, detail_of(source), kind.group, recipe_of(source), _icon(source), tip)


def detail_of(source: Source, drawings: int | None = None) -> str:
    """Say what is in a source, how much of it has to be fetched first, or how many ``drawings`` there are."""
    if isinstance(source, Drawings):
        return "Add some on the pad" if not drawings else count_words(drawings, "drawing")
    if source.fetched:
        return source.summary
    return f"{source.summary}, {source.download_size / 1e6:.0f} MB to fetch"


def recent_row(recent: RecentData) -> SourceRow:
    """Return the row of a file that was opened before."""
    source = recent.recipe.source
    return SourceRow(recent.name, recent.detail, source.group, recent.recipe, _icon(source), source.place)


def recent_of(dataset: Dataset) -> RecentData:
    """Return what is remembered of an open file."""
    facts = dataset.facts
    images = dataset.training.images
    count = f"{facts.training_count + facts.test_count:,} {'images' if images else 'rows'}"
    kind = f"{facts.classes} classes" if facts.is_classes else "values to predict"
    return RecentData(facts.name, f"{count}, {kind}", dataset.recipe)


def row_of(dataset: Dataset) -> SourceRow:
    """Return the row of the data set that is open."""
    source = dataset.recipe.source
    if source.place:
        return recent_row(recent_of(dataset))
    recipe = replace(dataset.recipe, source=source.anew())  # once more means: with what has come since
    return SourceRow(source.title, detail_of(source), source.group, recipe, _icon(source))


def _icon(source: Source) -> str:
    return getattr(source, "icon_name", "") or _OWN_ICONS.get(type(source)) or _ICONS[source.group]


def listing(rows: Iterable[SourceRow]) -> list[SourceRow | str]:
    """Return the rows under the headings of their groups; a group without rows has no heading."""
    rows, parts = list(rows), list[SourceRow | str]()
    for group in GROUPS:
        found = [row for row in rows if row.group == group]
        parts += [group, *found] if found else []
    return parts


def with_states(rows: Iterable[SourceRow], states: Mapping[str, SourceState]) -> list[SourceRow]:
    """Return the rows with what is known of how they stand, by their keys."""
    return [states[row.key].on(row) if row.key in states else row for row in rows]


@dataclass(frozen=True)
class SourceState:
    """How one row stands, with the words for it."""

    state: State
    words: str = ""
    share: float | None = None

    def on(self, row: SourceRow) -> SourceRow:
        """Return ``row`` in this state."""
        details = {State.FAILED: "Could not be opened", State.MISSING: "Not found"}
        detail = details.get(self.state, self.words or "Opening …")
        tip = self.words if self.state is State.FAILED else row.tip
        return replace(row, detail=detail, tip=tip or row.tip, state=self.state, share=self.share)
