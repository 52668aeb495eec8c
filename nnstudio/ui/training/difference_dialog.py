"""DifferenceDialog: what two runs set differently, side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from nnstudio.experiments.run import Run
from nnstudio.experiments.run_difference import Difference, compare
from nnstudio.ui.widgets import button, column, label, row

_SIZE_PX = (680, 460)
_PART_PX, _TITLE_PX = 90, 200
_SAME = "Both were set exactly alike: what differs comes from chance or from when they ended."


class DifferenceDialog(QDialog):
    """A table with a row per setting; those that are alike are hidden unless a person wants them."""

    def __init__(self, left: Run, right: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{left.name} and {right.name}")
        self._rows = compare(left.study, right.study)
        count = sum(one.differs for one in self._rows)
        words = f"{count} settings differ." if count != 1 else "One setting differs."
        self.sentence = label(words if count else _SAME, wrap=True)
        self.everything = QCheckBox("Show what is alike, too")
        self.everything.setChecked(not count)
        self.table = _table(("Part", "Setting", left.name, right.name))
        close = button("Close")
        close.clicked.connect(self.accept)
        self.everything.toggled.connect(self._fill)
        layout = column(self.sentence, self.table, row(self.everything, None, close), space=12)
        layout.setContentsMargins(16, 16, 16, 16)
        self.setLayout(layout)
        self.resize(*_SIZE_PX)
        self._fill()
        self.everything.setFocus()

    def _fill(self) -> None:
        rows = [one for one in self._rows if one.differs or self.everything.isChecked()]
        self.table.setRowCount(len(rows))
        for number, one in enumerate(rows):
            for place, item in enumerate(_items(one)):
                self.table.setItem(number, place, item)


def _items(one: Difference) -> list[QTableWidgetItem]:
    items = [QTableWidgetItem(words) for words in (one.part, one.title, one.left, one.right)]
    for item in items:
        item.setToolTip(item.text())
    if one.differs:
        font = items[2].font()
        font.setBold(True)
        for item in items[2:]:
            item.setFont(font)
    return items


def _table(heads: tuple[str, ...]) -> QTableWidget:
    table = QTableWidget(0, len(heads))
    table.setHorizontalHeaderLabels(heads)
    table.setAccessibleName("Settings of both runs")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    table.setColumnWidth(0, _PART_PX)
    table.setColumnWidth(1, _TITLE_PX)
    for number in (2, 3):
        header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
    return table
