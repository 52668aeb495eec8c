"""RowsModel: samples that are not images, as a table of their values."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnstudio.data.arrays import IntArray
from nnstudio.data.facts import rows_of_class
from nnstudio.ui.data.parts import Part

Index = QModelIndex | QPersistentModelIndex

_MOST_COLUMNS = 200
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class RowsModel(QAbstractTableModel):
    """The target first, then the values; looked up when they are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._part: Part | None = None
        self._rows: IntArray = np.empty(0, np.intp)

    def show_part(self, part: Part, of_class: int | None = None) -> None:
        """Show the samples of ``part``, or those of one class."""
        self.beginResetModel()
        self._part = part
        self._rows = rows_of_class(part.samples, of_class)
        self.endResetModel()

    def words(self, row: int) -> str:
        """Say what a row is: "Row 12, a 1, test"."""
        return "" if self._part is None else self._part.words(int(self._rows[row]))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        if self._part is None or parent.isValid():
            return 0
        return 1 + min(int(np.prod(self._part.samples.shape)), _MOST_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._part is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        sample = int(self._rows[index.row()])
        if index.column() == 0:
            return self._part.class_of(sample)
        value = float(self._part.samples.x[sample].reshape(-1)[index.column() - 1])
        return f"{value:.5g}".replace("-", "\N{MINUS SIGN}")

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self._part is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return f"{self._part.first + int(self._rows[section]):,}" if section < len(self._rows) else None
        if section == 0:
            return "Class" if self._part.class_names else "Target"
        return f"Value {section}"
