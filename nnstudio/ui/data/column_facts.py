"""ColumnFacts: what the values of the chosen column are like, with a histogram split by class."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from nnstudio.data.sheet import Sheet
from nnstudio.data.statistics import ColumnStatistics, column_statistics
from nnstudio.data.watch import Watch
from nnstudio.session.jobs import Jobs
from nnstudio.ui.data.column_bars import ColumnBars
from nnstudio.ui.data.column_words import figures_of
from nnstudio.ui.data.value_bars import number
from nnstudio.ui.widgets import column, figures_font, label

_JOB = "Measuring a column"
_AT_ONCE_ROWS = 100_000  # measured in about 10 ms


class ColumnFacts(QWidget):
    """Figures in two columns below the bars; blank until they are known."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Column")
        self._jobs = jobs
        self._asked: tuple[Sheet, int] | None = None
        self.found: ColumnStatistics | None = None
        self.bars = ColumnBars()
        self.name = label(size="strong", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[QLabel] = []
        self.setLayout(column(self.name, self.bars, self._grid, space=8))

    @property
    def figures(self) -> dict[str, str]:
        """What is said, by name."""
        texts = [one.text() for one in self._labels]
        return dict(zip(texts[::2], texts[1::2], strict=True))

    def show_column(self, sheet: Sheet, index: int, names: tuple[str, ...]) -> None:
        """Measure a column of a sheet whose samples belong to the classes ``names``."""
        asked = self._asked = (sheet, index)
        self.name.setText(sheet.fields[index].name)
        if len(sheet) <= _AT_ONCE_ROWS and not sheet.fields[index].is_text:
            self._take((asked, column_statistics(sheet, index, len(names)), names))
            return
        self._show(None, names)
        self._jobs.start(_JOB, partial(_measure, asked, names), self._take)

    def _take(self, measured: tuple[tuple[Sheet, int], ColumnStatistics, tuple[str, ...]]) -> None:
        asked, found, names = measured
        if asked is self._asked:
            self._show(found, names)

    def _show(self, found: ColumnStatistics | None, names: tuple[str, ...]) -> None:
        self.found = found
        self.bars.show_statistics(found, names)
        for old in self._labels:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._labels = []
        for line, (name, text) in enumerate([] if found is None else figures_of(found, number)):
            title, value = label(name, role="text_2", size="small"), label(text, size="small")
            value.setFont(figures_font(value.font()))
            self._grid.addWidget(title, line, 0)
            self._grid.addWidget(value, line, 1)
            self._labels += [title, value]


def _measure(
    asked: tuple[Sheet, int], names: tuple[str, ...], watch: Watch
) -> tuple[tuple[Sheet, int], ColumnStatistics, tuple[str, ...]]:
    sheet, index = asked
    return asked, column_statistics(sheet, index, len(names), watch), names
