"""StackModel: the document's stack as a list model, with a row for the data above and one for the target."""

from __future__ import annotations

import secrets
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
from nnstudio.engine.layer import Layer
from nnstudio.engine.problems import Problem, Severity
from nnstudio.session.document import Document
from nnstudio.session.layer_clipboard import copied_text
from nnstudio.session.new_start import NewStart
from nnstudio.ui.model.card_words import card_words
from nnstudio.ui.model.row_changes import changes_of, is_renaming

LAYER_MIME = "application/x-nnstudio-layer"
INPUT = "\0input"
TARGET = "\0target"

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class StackModel(QAbstractListModel):
    """Rows follow the document by the layers' names and are never reset, so selection and scroll stay.

    Signals:
        moved(names, position): A person dropped layers before the layer at ``position``.
        dropped(class_name, position): A person dropped a layer of the palette there.
        text_dropped(text, position): A person dropped layers of another window there, or copies.
    """

    moved = Signal(tuple, int)
    dropped = Signal(str, int)
    text_dropped = Signal(str, int)

    def __init__(
        self, document: Document, parent: QObject | None = None, start: NewStart | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._start = document, start
        self._key = secrets.token_hex(8)  # tells a drag of these layers from one of another window's
        self._names: list[str] = [INPUT, *document.design.names, TARGET]
        self._places: dict[str, int] = {}
        self._problems: dict[str, Problem] = {}
        self._look_up()
        document.checked.connect(self._follow)
        document.changed.connect(self._refresh_ends)
        if start is not None:
            start.changed.connect(self._refresh_ends)

    @property
    def document(self) -> Document:
        """The document that is shown."""
        return self._document

    def name(self, row: int) -> str:
        """Return the name of the layer in a row, or INPUT or TARGET."""
        return self._names[row]

    def row(self, name: str) -> int:
        """Return the row of a layer; -1 where there is none."""
        return self._places.get(name, -1)

    def layer(self, row: int) -> Layer | None:
        """Return the layer in a row; None for the data and the target."""
        layers = self._document.design.layers
        if not 0 < row < min(len(self._names) - 1, len(layers) + 1):
            return None
        layer = layers[row - 1]
        return layer if layer.name == self._names[row] else None

    def report(self, row: int) -> LayerReport | None:
        """Return what the checks say of the layer in a row."""
        layers = self._document.report.layers
        return layers[row - 1] if 0 < row <= len(layers) else None

    def problem(self, row: int) -> Problem | None:
        """Return the problem that the card in a row tells: an error before a warning."""
        return self._problems.get(self._names[row])

    def fate(self, row: int) -> str:
        """Say in a word whether Train would keep the weights of a layer; "" where that is plain."""
        layer, report = self.layer(row), self.report(row)
        if self._start is None or layer is None or report is None or report.output_shape is None:
            return ""
        above = self.report(row - 1)
        shape = self._document.facts.sample_shape if above is None else above.output_shape
        fits = self._start.fits(layer, shape) if self._start.is_edited and shape is not None else None
        return "" if fits is None else "kept" if fits and self._start.keeps else "fresh"

    def position(self, row: int) -> int:
        """Return the place in the stack that a drop before ``row`` means."""
        return min(max(row - 1, 0), len(self._document.design.layers))

    def _follow(self) -> None:
        wanted = [INPUT, *self._document.design.names, TARGET]
        if is_renaming(self._names, wanted):
            self._names = wanted
        elif wanted != self._names:
            self._change_rows(wanted)
        self._look_up()
        self.dataChanged.emit(self.index(0), self.index(len(self._names) - 1))

    def _change_rows(self, wanted: list[str]) -> None:
        """Remove, move and insert rows, runs of them at once, until they are ``wanted``."""
        for change in changes_of(self._names, wanted):
            last = change.row + change.count - 1
            if change.source is not None:
                self.beginMoveRows(_ROOT, change.source, change.source, _ROOT, change.row)
                self._names = change.after
                self.endMoveRows()
            elif change.count_after > len(self._names):
                self.beginInsertRows(_ROOT, change.row, last)
                self._names = change.after
                self.endInsertRows()
            else:
                self.beginRemoveRows(_ROOT, change.row, last)
                self._names = change.after
                self.endRemoveRows()

    def _look_up(self) -> None:
        """Remember where each layer stands and which problem its card tells."""
        self._places = {name: row for row, name in enumerate(self._names)}
        self._problems = {}
        for problem in self._document.report.problems:
            told = self._problems.setdefault(problem.where, problem)
            if told.severity is not Severity.ERROR and problem.severity is Severity.ERROR:
                self._problems[problem.where] = problem

    def _refresh_ends(self) -> None:
        """Show what the study says of data and loss; the rows between follow the checks."""
        for row in (0, len(self._names) - 1):
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[index.row()].strip("\0")
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            row = index.row()
            return card_words(row, self.layer(row), self.report(row), self.problem(row), self.fate(row))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # drops fall between the cards
        if self._names[index.row()] in (INPUT, TARGET):
            return Qt.ItemFlag.NoItemFlags  # so that the keyboard stays on the layers
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [LAYER_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        data = QMimeData()
        names = [self._names[index.row()] for index in sorted(indexes, key=QModelIndex.row)]
        data.setData(LAYER_MIME, "\n".join(("move", self._key, *names)).encode())
        data.setText(copied_text(self._document, names))  # for a text editor, or another window
        return data

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        verb, key, *names = bytes(data.data(LAYER_MIME).data()).decode().split("\n")
        target = self.position(row if row >= 0 else len(self._names))
        if verb == "add":
            self.dropped.emit(key, target)
        elif key == self._key and action is not Qt.DropAction.CopyAction:
            self.moved.emit(tuple(names), target)
        else:
            self.text_dropped.emit(data.text(), target)
        return False  # the document changes, and this model follows it; Qt must remove nothing
