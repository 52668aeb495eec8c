"""SweepTable: the table of trials: a click shows the curves of one, Enter takes its settings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from nnstudio.experiments.sweep.report import TrialReport
from nnstudio.experiments.sweep.running import SweepRun
from nnstudio.ui import theme
from nnstudio.ui.training.sweep_model import SweepModel
from nnstudio.ui.widgets import figures_font

ROW_PX, HEAD_PX = 28, 32
_LEAST_PX, _MOST_PX, _AROUND_PX, _TRIAL_PX = 64, 190, 34, 68


class SweepTable(QTableView):
    """Whole rows are selected, and stay so however the rows are ordered.

    Signals:
        chose(): Other trials are selected.
        use_wanted(): A person wants the settings of the current trial.
    """

    chose = Signal()
    use_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.trials = SweepModel()
        self.trials.setParent(self)
        self.setModel(self.trials)
        self.setAccessibleName("Trials of the sweep")
        self.setAccessibleDescription("The selected trials are drawn. Enter takes the settings of one.")
        self.setFont(figures_font(self.font()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(_LEAST_PX)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self._sort)
        self.selectionModel().selectionChanged.connect(self.chose)
        self.doubleClicked.connect(self.use_wanted)
        self._follow_theme()

    @property
    def chosen(self) -> list[TrialReport]:
        """The trials that are selected, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.trials.reports[row] for row in rows]

    def choose(self, number: int) -> None:
        """Select one trial."""
        row = self.trials.row_of(number)
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag
            index = self.trials.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def show_sweep(self, sweep: SweepRun | None) -> None:
        """Show how a sweep stands, and keep what is selected."""
        if self.trials.show_sweep(sweep):
            self._fit_columns()
            self._show_order()

    def _fit_columns(self) -> None:
        metrics, columns = self.fontMetrics(), self.trials.columns
        for place, column in enumerate(columns):
            texts = [column.title, *(column.words(report) for report in self.trials.reports)]
            wide = max(metrics.horizontalAdvance(text) for text in texts) + _AROUND_PX
            self.setColumnWidth(place, min(max(wide, _LEAST_PX), _MOST_PX) if place else _TRIAL_PX)

    def _sort(self, column: int) -> None:
        again = column == self.trials.column
        self.trials.sort_by(column, again and not self.trials.descending)
        self._show_order()

    def _show_order(self) -> None:
        # Fusion's arrow for ascending points down; everywhere else it points up.
        up, down = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self.trials.column, down if self.trials.descending else up)

    def _follow_theme(self) -> None:
        palette, colors = QPalette(self.palette()), theme.current()
        palette.setColor(QPalette.ColorRole.Highlight, colors.color("accent_soft"))
        palette.setColor(QPalette.ColorRole.HighlightedText, colors.color("text"))
        palette.setColor(QPalette.ColorRole.Base, colors.color("base"))
        palette.setColor(QPalette.ColorRole.Text, colors.color("text"))
        self.setPalette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.use_wanted.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "trials"):
            self._follow_theme()
