"""GalleryModel: the samples that pass the filter, in their order, as an array of indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnstudio.data.dataset import Samples
from nnstudio.experiments.confusion import percent
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.listed import title_of

Array = npt.NDArray[Any]
Index = QModelIndex | QPersistentModelIndex

TILE_ROLE = Qt.ItemDataRole.UserRole
_NO_ROWS: Array = np.empty(0, np.intp)


@dataclass(frozen=True, eq=False)
class Tile:
    """What a tile shows; ``picture`` is None where samples are not images, and ``inked`` where it is ink."""

    number: int
    title: str
    picture: Array | None
    actual: str
    predicted: str
    right: bool
    sureness: str
    inked: bool = True

    @property
    def words(self) -> str:
        """The classes in words."""
        return f"Predicted {self.predicted}, Actual {self.actual}"


class GalleryModel(QAbstractListModel):
    """Holds no samples and makes no items: what a row shows is looked up when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._evaluation: Evaluation | None = None
        self._samples: Samples | None = None
        self._rows = _NO_ROWS

    @property
    def samples(self) -> Array:
        """The indices of the samples, in the order of the rows."""
        return self._rows

    def show_rows(
        self, evaluation: Evaluation | None, samples: Samples | None, rows: Array = _NO_ROWS
    ) -> None:
        """Show the samples with the indices ``rows`` (n,)."""
        self.beginResetModel()
        self._evaluation, self._samples, self._rows = evaluation, samples, rows
        self.endResetModel()

    def sample_at(self, index: Index) -> int | None:
        """Return which sample a row shows."""
        return int(self._rows[index.row()]) if 0 <= index.row() < len(self._rows) else None

    def index_of(self, sample: int | None) -> QModelIndex:
        """Return where a sample is; an invalid index where it does not pass the filter."""
        found = np.flatnonzero(self._rows == sample) if sample is not None else _NO_ROWS
        return self.index(int(found[0])) if len(found) else QModelIndex()

    def tile(self, sample: int) -> Tile | None:
        """Return what the tile of a sample shows."""
        evaluation, samples = self._evaluation, self._samples
        if evaluation is None or samples is None or sample >= len(evaluation.actual):
            return None
        names = evaluation.facts.class_names
        return Tile(
            samples.number(sample) + 1,
            title_of(samples, sample),
            samples.picture(sample) if samples.images else None,
            names[int(evaluation.actual[sample])],
            evaluation.predicted_name(sample),
            bool(evaluation.right[sample]),
            percent(float(evaluation.sureness[sample]), 0),
            samples.inked,
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        sample = self.sample_at(index)
        known = (TILE_ROLE, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        tile = self.tile(sample) if sample is not None and role in known else None
        if tile is None or role == TILE_ROLE:
            return tile
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{tile.words}\n{tile.title}"
        return f"{tile.words}, {tile.sureness}"
