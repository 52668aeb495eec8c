"""StackModel: the document's stack as a list model, with a row for the data above and one for the target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from nnstudio.engine.checks import LayerReport
from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.layer import Layer
from nnstudio.session.document import Document

LAYER_MIME = "application/x-nnstudio-layer"
INPUT = "\0input"
TARGET = "\0target"

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def _is_renaming(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether one layer has another name in the same place: its row stays, and so its selection."""
    if len(before) != len(after):
        return False
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    return len(pairs) == 1 and pairs[0][0] not in after and pairs[0][1] not in before


class StackModel(QAbstractListModel):
    """Rows follow the document by the layers' names and are never reset, so selection and scroll stay.

    Signals:
        moved(names, position): A person dropped layers before the layer at ``position``.
        dropped(class_name, position): A person dropped a layer of the palette there.
    """

    moved = Signal(tuple, int)
    dropped = Signal(str, int)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._names: list[str] = [INPUT, *document.design.names, TARGET]
        document.changed.connect(self._follow)
        document.checked.connect(self._refresh)

    @property
    def document(self) -> Document:
        """The document that is shown."""
        return self._document

    def name(self, row: int) -> str:
        """Return the name of the layer in a row, or INPUT or TARGET."""
        return self._names[row]

    def row(self, name: str) -> int:
        """Return the row of a layer; -1 where there is none."""
        return self._names.index(name) if name in self._names else -1

    def layer(self, row: int) -> Layer | None:
        """Return the layer in a row; None for the data and the target."""
        name = self._names[row]
        return (
            None
            if name in (INPUT, TARGET) or name not in self._document.design.names
            else self._document.design.layer(name)
        )

    def report(self, row: int) -> LayerReport | None:
        """Return what the checks say of the layer in a row."""
        layers = self._document.report.layers
        return layers[row - 1] if 0 < row <= len(layers) else None

    def position(self, row: int) -> int:
        """Return the place in the stack that a drop before ``row`` means."""
        return min(max(row - 1, 0), len(self._document.design.layers))

    def _follow(self) -> None:
        wanted = [INPUT, *self._document.design.names, TARGET]
        if _is_renaming(self._names, wanted):
            self._names = wanted
        for row in range(len(self._names) - 1, -1, -1):
            if self._names[row] not in wanted:
                self.beginRemoveRows(_ROOT, row, row)
                del self._names[row]
                self.endRemoveRows()
        for row, name in enumerate(wanted):
            if row < len(self._names) and self._names[row] == name:
                continue
            if name in self._names:
                self._bring(self._names.index(name), row)
            else:
                self.beginInsertRows(_ROOT, row, row)
                self._names.insert(row, name)
                self.endInsertRows()
        self._refresh()

    def _bring(self, source: int, row: int) -> None:
        self.beginMoveRows(_ROOT, source, source, _ROOT, row)
        self._names.insert(row, self._names.pop(source))
        self.endMoveRows()

    def _refresh(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(self._names) - 1))

    def _words(self, row: int) -> str:
        layer, report = self.layer(row), self.report(row)
        if layer is None or report is None:
            return "Data" if row == 0 else "Target"
        shape = shape_words(report.output_shape) if report.output_shape is not None else "waits"
        sentences = " ".join(problem.sentence for problem in self._document.report.at(layer.name))
        what = f"{type(layer).__name__} {layer.name}, output {shape}"
        return f"Layer {row}: {what}, {report.parameters:,} parameters. {sentences}"

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[index.row()].strip("\0")
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._words(index.row())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # drops fall between the cards
        if self._names[index.row()] in (INPUT, TARGET):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [LAYER_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        data = QMimeData()
        names = "\n".join(self._names[index.row()] for index in sorted(indexes, key=QModelIndex.row))
        data.setData(LAYER_MIME, f"move\n{names}".encode())
        return data

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        verb, *names = bytes(data.data(LAYER_MIME).data()).decode().split("\n")
        target = self.position(row if row >= 0 else len(self._names))
        if verb == "move":
            self.moved.emit(tuple(names), target)
        elif verb == "add":
            self.dropped.emit(names[0], target)
        return False  # the document changes, and this model follows it; Qt must remove nothing
