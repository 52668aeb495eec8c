"""SettingPicker: the settings that a sweep can vary, to be searched and chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from nnstudio.experiments.sweep.draft import found_settings
from nnstudio.experiments.sweep.sweepable import Sweepable
from nnstudio.ui.icons import icon
from nnstudio.ui.text_model import Index, TextModel
from nnstudio.ui.text_table import TextTable
from nnstudio.ui.widgets import column, label, panel

_HEADS = ("Setting", "Now")
_NOW_PX = 112
_HINT = "Enter or a double click takes a setting into the sweep."
_NOTHING = "No setting is called so."


class SettingPicker(QWidget):
    """A search field above a list.

    Signals:
        picked(path): A person wants to vary this setting.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._settings: tuple[Sweepable, ...] = ()
        self.model = _SettingModel()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a setting: units, learning rate, batch size …")
        self.search.setAccessibleName("Find a setting")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(30)
        self.search.addAction(icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.table = TextTable(self.model, "Settings")
        self.table.setSelectionMode(TextTable.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(1, _NOW_PX)
        self.hint = label(_HINT, role="text_3", size="caption", wrap=True)
        card = panel("card")
        card.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        self.setLayout(column(self.search, card, self.hint))
        self.search.textChanged.connect(self._show)
        self.search.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self._pick)

    def show_settings(self, settings: tuple[Sweepable, ...], obstacle: str = "") -> None:
        """Show what can still be chosen; ``obstacle`` says why nothing more can be."""
        if settings != self._settings:
            self._settings = settings
            self._show()
        self.table.setEnabled(not obstacle)
        self.hint.setText(obstacle or (_HINT if self.model.settings else _NOTHING))

    def _show(self) -> None:
        self.model.show_settings(found_settings(self._settings, self.search.text()))
        self.hint.setText(_HINT if self.model.settings else _NOTHING)
        self.table.setCurrentIndex(self.model.index(0, 0))

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid() and self.table.isEnabled():
            path = self.model.settings[index.row()].path
            self.search.clear()
            self.picked.emit(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let Enter take the current setting, and the arrows go through the list from the search field."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._pick(self.table.currentIndex())
            return True
        if watched is self.search and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = min(max(self.table.currentIndex().row() + step, 0), self.model.rowCount() - 1)
            self.table.setCurrentIndex(self.model.index(row, 0))
            return True
        return False


class _SettingModel(TextModel):
    """A setting and its value of now."""

    def __init__(self) -> None:
        super().__init__()
        self.settings: tuple[Sweepable, ...] = ()

    def show_settings(self, settings: tuple[Sweepable, ...]) -> None:
        """Show other settings."""
        self.beginResetModel()
        self.settings = settings
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        one = self.settings[row]
        return one.words if column else one.title

    def role(self, row: int, column: int) -> str:
        return "text_2" if column else "text"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.settings)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _HEADS[section]
        return None
