"""Sources: the data sets that can be opened with one click, as a list model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnstudio.data.dataset import Dataset
from nnstudio.data.recipe import Recipe
from nnstudio.data.source import Source as DataSource
from nnstudio.data.sources.mnist_sample import MnistSample

Index = QModelIndex | QPersistentModelIndex

SOURCE_ROLE = Qt.ItemDataRole.UserRole
OPEN_ROLE = Qt.ItemDataRole.UserRole + 1
_FILES = (
    "Choose the folder or one of MNIST's four IDX files, packed (.gz) or not:\n"
    "train-images-idx3-ubyte, train-labels-idx1-ubyte,\n"
    "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte;\n"
    "or the mnist.npz that Keras keeps in ~/.keras/datasets."
)


@dataclass(frozen=True)
class Source:
    """One row; without a recipe a person has to show the files first."""

    name: str
    detail: str
    icon_name: str
    recipe: Recipe | None = None
    tip: str = ""


_SAMPLE = Source(
    "MNIST sample",
    "5,000 digits, built in",
    "image",
    Recipe(),
    "5,000 handwritten digits of MNIST that come with the app.",
)
_COMPLETE = Source("MNIST, complete", "70,000 digits, open its files", "folder", tip=_FILES)


class SourceModel(QAbstractListModel):
    """The sample, what was opened in this session, and the way to the complete MNIST."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = [_SAMPLE, _COMPLETE]
        self._open: DataSource | None = None

    def show_dataset(self, dataset: Dataset) -> None:
        """Mark the data set that is open, and add it where it is new."""
        source = _source_of(dataset)
        keys = [_key(known.recipe) for known in self._sources]
        self._open = _key(dataset.recipe)
        if self._open in keys:
            self._sources[keys.index(self._open)] = source
        else:
            place = len(self._sources) - 1
            self.beginInsertRows(QModelIndex(), place, place)
            self._sources.insert(place, source)
            self.endInsertRows()
        self.dataChanged.emit(self.index(0), self.index(len(self._sources) - 1))

    def source(self, index: Index) -> Source:
        """Return what a row stands for."""
        return self._sources[index.row()]

    def is_open(self, index: Index) -> bool:
        """Return whether a row is the data set that is open."""
        recipe = self.source(index).recipe
        return recipe is not None and _key(recipe) == self._open

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._sources)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._sources):
            return None
        source = self.source(index)
        answers = {
            Qt.ItemDataRole.DisplayRole: source.name,
            Qt.ItemDataRole.ToolTipRole: source.tip,
            SOURCE_ROLE: source,
            OPEN_ROLE: self.is_open(index),
        }
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{source.name}: {source.detail}{', open' if self.is_open(index) else ''}"
        return answers.get(Qt.ItemDataRole(role))


def _key(recipe: Recipe | None) -> DataSource | None:
    """Return what tells data sets apart; another preparation is still the same data."""
    return None if recipe is None else recipe.source


def _source_of(dataset: Dataset) -> Source:
    recipe, facts = dataset.recipe, dataset.facts
    if isinstance(recipe.source, MnistSample):
        return Source(_SAMPLE.name, _SAMPLE.detail, _SAMPLE.icon_name, recipe, _SAMPLE.tip)
    images = dataset.training.images
    count = f"{facts.training_count + facts.test_count:,} {'images' if images else 'rows'}"
    detail = f"{count}, {facts.classes} classes" if facts.is_classes else count
    return Source(facts.name, detail, "image" if images else "data", recipe, recipe.source.place)
