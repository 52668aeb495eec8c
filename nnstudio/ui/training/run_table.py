"""RunTable: the table of runs, with its keys: F2 renames, Space overlays, Delete deletes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from nnstudio.experiments.run_facts import COLUMNS
from nnstudio.ui import theme
from nnstudio.ui.qt_palette import outlined_palette
from nnstudio.ui.training.run_model import RunModel
from nnstudio.ui.widgets import figures_font

ROW_PX = 28
_WIDTHS_PX = {
    "name": 150,
    "optimizer": 100,
    "epochs": 76,
    "best_val_loss": 84,
    "best_val_metric": 84,
    "seconds": 64,
    "seed": 52,
    "data": 110,
    "started": 130,
    "outcome": 80,
    "note": 200,
}
_OTHER_PX, _LEAST_PX = 100, 44


class RunTable(QTableView):
    """Whole rows are selected; a refresh keeps what is selected.

    Signals:
        sorted(column, descending): A person wants another order.
        delete_wanted(): A person wants to delete what is selected.
        chose(): Other rows are selected.
    """

    sorted = Signal(int, bool)
    delete_wanted = Signal()
    chose = Signal()

    def __init__(self, runs: RunModel) -> None:
        super().__init__()
        self.runs = runs
        runs.setParent(self)
        self.setModel(runs)
        self.setAccessibleName("Runs")
        self.setAccessibleDescription("F2 renames, Space shows the curves, Delete deletes.")
        self.setFont(figures_font(self.font()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, _WIDTHS_PX.get(column.name, _OTHER_PX))
        header.setMinimumSectionSize(_LEAST_PX)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.sectionClicked.connect(self._sort)
        self.selectionModel().selectionChanged.connect(self.chose)
        self._follow_theme()

    @property
    def chosen(self) -> list[str]:
        """The keys of the runs that are selected, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.runs.runs[row].key for row in rows]

    def choose(self, keys: list[str]) -> None:
        """Select runs; those that are gone are left out."""
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for row, run in enumerate(self.runs.runs):
            if run.key in keys:
                selection.select(self.runs.index(row, 0), flags.Select | flags.Rows)
                selection.setCurrentIndex(self.runs.index(row, 0), flags.NoUpdate)

    def rename(self) -> None:
        """Let a person write another name for the current run."""
        self.write("name")

    def write(self, column: str) -> None:
        """Let a person write into a column of the current run, which is shown for it."""
        number = next(number for number, one in enumerate(COLUMNS) if one.name == column)
        row = self.currentIndex().row()
        if row >= 0:
            self.showColumn(number)
            index = self.runs.index(row, number)
            self.scrollTo(index)
            self.edit(index)

    def show_order(self) -> None:
        """Show by which column the rows are sorted."""
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        # Fusion's arrow for ascending points down; everywhere else it points up.
        ascending, descending = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        header.setSortIndicator(self.runs.column, descending if self.runs.descending else ascending)

    def _sort(self, column: int) -> None:
        again = column == self.runs.column
        self.sorted.emit(column, again and not self.runs.descending)

    def _follow_theme(self) -> None:
        colors = theme.current()
        palette = outlined_palette(self.palette(), colors)  # or nobody sees the boxes in the dark
        palette.setColor(QPalette.ColorRole.Highlight, colors.color("accent_soft"))
        palette.setColor(QPalette.ColorRole.HighlightedText, colors.color("text"))
        palette.setColor(QPalette.ColorRole.Base, colors.color("base"))
        palette.setColor(QPalette.ColorRole.Text, colors.color("text"))
        self.setPalette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_F2:
            self.rename()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif event.key() == Qt.Key.Key_Space:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def _toggle(self) -> None:
        for key in self.chosen:
            row = [run.key for run in self.runs.runs].index(key)
            state = self.runs.data(self.runs.index(row, 0), Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                other = Qt.CheckState.Unchecked if state == Qt.CheckState.Checked else Qt.CheckState.Checked
                self.runs.setData(self.runs.index(row, 0), other, Qt.ItemDataRole.CheckStateRole)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        kind = event.type()
        if kind is QEvent.Type.StyleChange and hasattr(self, "runs"):
            self._follow_theme()
