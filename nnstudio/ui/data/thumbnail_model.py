"""ThumbnailModel: the samples of a part that pass the filter; holds indices, no samples."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnstudio.data.arrays import IntArray
from nnstudio.ui.data.parts import Part
from nnstudio.ui.data.shown_rows import ShownRows

Index = QModelIndex | QPersistentModelIndex


class ThumbnailModel(QAbstractListModel):
    """One row per image, in the order of the data."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownRows | None = None
        self._part: Part | None = None
        self._rows: IntArray = np.empty(0, np.intp)

    @property
    def part(self) -> Part | None:
        """What the rows are a selection of."""
        return self._part

    def show_rows(self, shown: ShownRows) -> None:
        """Show other samples."""
        self.beginResetModel()
        self._shown = shown
        self._part, self._rows = shown.part, shown.rows
        self.endResetModel()

    def sample_at(self, row: int) -> int:
        """Return the index in the part of what ``row`` shows."""
        return int(self._rows[row])

    def words(self, row: int) -> str:
        """Say what a row shows: "Image 14,652, a 4, training"."""
        return "" if self._shown is None else self._shown.words(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._part is None or not 0 <= index.row() < len(self._rows):
            return None
        sample = self.sample_at(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.words(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Image {self._part.number(sample):,}: {self._part.class_of(sample)}"
        return None
