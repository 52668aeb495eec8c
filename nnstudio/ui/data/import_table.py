"""ImportTable: the first rows of a table below the heads of its columns."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from nnstudio.data.understanding import ColumnSummary, TablePreview
from nnstudio.ui.data.column_heads import ColumnHeads
from nnstudio.ui.data.import_rows import ImportRows
from nnstudio.ui.data.import_words import doubtful_zeros, foot_words
from nnstudio.ui.painting import sized

_ROW_PX = 25
_LEAST_PX, _MOST_PX = 83, 220
_LOOKED_AT = 30


class ImportTable(QTableView):
    """Columns take all the room there is, and scroll where there is too little."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ImportRows(self)
        self.heads = ColumnHeads(self)
        self.setModel(self.rows)
        self.setHorizontalHeader(self.heads)
        self.setAccessibleName("First rows of the table")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.heads.setMinimumSectionSize(_LEAST_PX)
        self.horizontalScrollBar().valueChanged.connect(self.heads.place_boxes)
        self._widths: list[int] = []

    def show_preview(self, preview: TablePreview) -> None:
        """Show other rows, or the same ones understood otherwise."""
        doubtful = doubtful_zeros(preview)
        self.rows.show_preview(preview)
        self._widths = [
            self._width(preview, place, foot_words(column, doubtful)[0])
            for place, column in enumerate(preview.columns)
        ]
        self._fit()
        self.heads.show_columns(preview.columns, doubtful)

    def _width(self, preview: TablePreview, place: int, foot: str) -> int:
        """Return how much room a column asks for."""
        column: ColumnSummary = preview.columns[place]
        strong, plain = QFontMetrics(sized(self.font(), 9.5, True)), QFontMetrics(self.font())
        small = QFontMetrics(sized(self.font(), 8.5))
        cells = (preview.records.cell(row, place)[:40] for row in range(min(_LOOKED_AT, preview.shown_count)))
        widest = max(map(plain.horizontalAdvance, cells), default=0) + 12
        words = max(strong.horizontalAdvance(column.name) + 20, small.horizontalAdvance(foot) + 36)
        return min(_MOST_PX, max(_LEAST_PX, words, widest))

    def _fit(self) -> None:
        """Share out the room; long names are cut before columns go out of sight."""
        for place, width in enumerate(fitted_widths(self._widths, self.viewport().width(), _LEAST_PX)):
            if width != self.heads.sectionSize(place):
                self.heads.resizeSection(place, width)
        self.heads.place_boxes()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()
            self.heads.viewport().update()


def fitted_widths(wanted: list[int], room: int, least: int) -> list[int]:
    """Return a width for each column: together they fill ``room`` exactly, if ``least`` for each allows."""
    spare = room - sum(wanted)
    if spare >= 0:
        each, rest = divmod(spare, max(1, len(wanted)))
        return [width + each + (place < rest) for place, width in enumerate(wanted)]
    shrinking = sum(width - least for width in wanted)
    share = min(1.0, -spare / shrinking) if shrinking > 0 else 0.0
    return [math.floor(width - share * (width - least)) for width in wanted]
