"""SourceModel: the data sets that can be opened with one click, under headings, as a list model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnstudio.data.source import PICTURES
from nnstudio.ui.data.sources import (
    SourceRow,
    SourceState,
    State,
    detail_of,
    listing,
    ready_rows,
    with_states,
)

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
OPEN_ROLE = Qt.ItemDataRole.UserRole + 1


class SourceModel(QAbstractListModel):
    """Rows and headings. A row stays where it is when its data are opened again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ready = {row.key: row for row in ready_rows()}
        self._files: dict[str, SourceRow] = {}
        self._states: dict[str, SourceState] = {}
        self._open = ""
        self._drawings: int | None = None
        self._parts: list[SourceRow | str] = []
        self._show()

    def show_files(self, rows: Iterable[SourceRow]) -> None:
        """Show files that were opened before, and no others."""
        self._files = {}
        for row in rows:
            self._place(row)
        self._show()

    def show_open(self, row: SourceRow) -> None:
        """Mark the data that are open, and add them where they are new."""
        self._open = row.key
        self._place(row, first=True)
        self._show()

    def show_details(self, drawings: int | None) -> None:
        """Say anew what is in the data that need no file: how many ``drawings``, and what was fetched."""
        self._drawings = drawings
        for key, row in self._ready.items():
            if not row.is_file:
                self._ready[key] = replace(row, detail=detail_of(row.recipe.source, drawings))
        self._show()

    def forget(self, row: SourceRow) -> None:
        """Take a file out of the list."""
        if self._files.pop(row.key, None) is None:
            self._ready |= {ready.key: ready for ready in ready_rows() if ready.name == row.name}
        self._show()

    def show_states(self, states: dict[str, SourceState]) -> None:
        """Say of some rows, by their keys, that they are busy, failed or missing; the others are ready."""
        if states != self._states:
            self._states = states
            self._show()

    def missing(self) -> dict[str, SourceState]:
        """Return the states of the files that are not where they were."""
        rows = (row for row in self.rows if row.is_file and not Path(row.recipe.source.place).exists())
        return {row.key: SourceState(State.MISSING) for row in rows}

    @property
    def rows(self) -> list[SourceRow]:
        """The rows without the headings, in their order."""
        return [part for part in self._parts if isinstance(part, SourceRow)]

    def row_at(self, index: Index) -> SourceRow | None:
        """Return what stands there; None for a heading."""
        part = self._parts[index.row()] if 0 <= index.row() < len(self._parts) else None
        return part if isinstance(part, SourceRow) else None

    def index_of(self, name: str) -> QModelIndex:
        """Return where the row, or the heading, called ``name`` stands."""
        names = [part if isinstance(part, str) else part.name for part in self._parts]
        return self.index(names.index(name)) if name in names else QModelIndex()

    def is_open(self, index: Index) -> bool:
        """Return whether a row is the data set that is open."""
        row = self.row_at(index)
        return row is not None and row.key == self._open

    def _place(self, row: SourceRow, first: bool = False) -> None:
        """Take up a row; files of a data set that has a row of its own are shown there."""
        own = next((key for key, ready in self._ready.items() if _same_data(ready, row)), None)
        if own is not None and row.is_file and not Path(row.recipe.source.place).exists():
            return  # they are gone, but can still be fetched
        if own is not None:
            ready = self._ready[own]
            self._ready[own] = replace(
                ready, recipe=row.recipe, tip=row.tip or ready.tip, detail=row.detail or ready.detail
            )
        elif first and row.key not in self._files:
            self._files = {row.key: row, **self._files}
        else:
            self._files[row.key] = row

    def _show(self) -> None:
        """Make the rows what they should be, with as few changes as that takes."""
        wanted = listing(with_states([*self._ready.values(), *self._files.values()], self._states))
        keys = [_key(part) for part in wanted]
        for place in reversed(range(len(self._parts))):
            if _key(self._parts[place]) not in keys:
                self._remove(place)
        for place, part in enumerate(wanted):
            if place >= len(self._parts) or _key(self._parts[place]) != keys[place]:
                later = [_key(other) for other in self._parts[place:]]
                if keys[place] in later:
                    self._remove(place + later.index(keys[place]))
                self._insert(place, part)
            self._parts[place] = part
        if wanted:
            self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))

    def _remove(self, place: int) -> None:
        self.beginRemoveRows(QModelIndex(), place, place)
        del self._parts[place]
        self.endRemoveRows()

    def _insert(self, place: int, part: SourceRow | str) -> None:
        self.beginInsertRows(QModelIndex(), place, place)
        self._parts.insert(place, part)
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._parts)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.row_at(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._parts):
            return None
        part = self._parts[index.row()]
        if isinstance(part, str):
            words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return part if role in words else None
        answers = {
            Qt.ItemDataRole.DisplayRole: part.name,
            Qt.ItemDataRole.ToolTipRole: part.tip,
            Qt.ItemDataRole.AccessibleTextRole: part.words(self.is_open(index)),
            ROW_ROLE: part,
            OPEN_ROLE: self.is_open(index),
        }
        return answers.get(role)


def _key(part: SourceRow | str) -> str:
    return part if isinstance(part, str) else part.key


def _same_data(ready: SourceRow, row: SourceRow) -> bool:
    return ready.key == row.key or (row.is_file and row.group == PICTURES and row.name == ready.name)
