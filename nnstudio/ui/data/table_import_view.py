"""TableImportView: a table before it is used: its first rows, and what was understood of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from nnstudio.session.table_import import TableImport
from nnstudio.ui.cut_label import cut_label
from nnstudio.ui.data.hint_box import HintBox
from nnstudio.ui.data.import_table import ImportTable
from nnstudio.ui.data.import_words import head_words
from nnstudio.ui.data.understood_box import UnderstoodBox
from nnstudio.ui.widgets import button, column, label, panel, row

_BUSY_MS = 300  # what is faster is not worth a word
_NARROW_PX = 620
_LEAST_TABLE_PX = 300
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableImportView(QFrame):
    """Enter uses the table, Escape forgets it; whatever is changed shows at once."""

    def __init__(self, table: TableImport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "window")
        self._table = table
        self._title, self._subtitle = cut_label(size="title"), cut_label(role="text_2")
        self.cancel_button = button("Cancel", tip="Go on with the data that are open (Esc)")
        self.use_button = button("Use this table", kind="primary", icon_name="check")
        self.use_button.setToolTip("Train with it (Enter)")
        self.problem = label(size="strong", wrap=True)
        self.rows, self.understood, self.hints = ImportTable(), UnderstoodBox(), HintBox()
        self._busy = QTimer(self, singleShot=True, interval=_BUSY_MS)
        self._lay_out()
        self._connect()

    def show_table(self) -> None:
        """Show the table as it is wanted; nothing where there is none."""
        preview, recipe = self._table.preview, self._table.recipe
        if preview is None or recipe is None:
            return
        self._title.setText(recipe.source.place.rsplit("/", 1)[-1])
        self._title.setToolTip(recipe.source.place)
        if self._table.follows:
            self._busy.start()
            return
        self._busy.stop()
        self._subtitle.setText(head_words(preview))
        self.rows.show_preview(preview)
        self.understood.show_preview(preview)
        self.hints.show_hints(preview.hints, preview.recipe)
        self.problem.setText(preview.problem)
        self._problem_box.setVisible(bool(preview.problem))
        self.use_button.setEnabled(self._table.usable)
        self._area.updateGeometry()

    def take_focus(self) -> None:
        """Give the keyboard to what most people press next."""
        self.use_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        heading = row(column(self._title, self._subtitle, space=3), self.cancel_button, self.use_button)
        heading.setStretch(0, 1)
        self._problem_box = panel("error")
        self._problem_box.setLayout(row(self.problem, margins=(12, 8, 12, 8)))
        card = panel("card")
        card.setLayout(row(self.rows, margins=(1, 1, 1, 1)))
        self._boxes = QHBoxLayout()
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self._boxes.setSpacing(12)
        self._boxes.addWidget(self.understood, 3)
        self._boxes.addWidget(self.hints, 2)
        below = QWidget()
        below.setLayout(column(self._boxes, None, space=0))
        self._area = _Area(below)
        self.rows.setMinimumHeight(_LEAST_TABLE_PX)
        layout = column(heading, self._problem_box, card, self._area, space=12, margins=(20, 14, 20, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        table = self._table
        self.cancel_button.clicked.connect(table.cancel)
        self.use_button.clicked.connect(table.use)
        self.rows.heads.role_edited.connect(table.set_role)
        self.understood.edited.connect(self._change_source)
        self.hints.chosen.connect(table.change)
        self._busy.timeout.connect(self._tell_busy)
        table.changed.connect(self.show_table)

    def _tell_busy(self) -> None:
        self._subtitle.setText("Looking at it again …")

    def _change_source(self, setting: str, value: Any) -> None:
        recipe = self._table.recipe
        if recipe is not None:
            self._table.change(replace(recipe, source=replace(recipe.source, **{setting: value})))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        narrow = event.size().width() < _NARROW_PX
        self._boxes.setDirection(directions.BottomToTop if narrow else directions.LeftToRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _ENTER:
            cancels = QApplication.focusWidget() is self.cancel_button
            (self.cancel_button if cancels else self.use_button).click()
        elif event.key() == Qt.Key.Key_Escape:
            self._table.cancel()
        else:
            super().keyPressEvent(event)


class _Area(QScrollArea):
    """As high as what is in it, or less where there is less room; then it scrolls."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Qt keeps the hint of an area from when it was empty."""
        layout, hint = self._inside.layout(), self._inside.sizeHint()
        if layout is None or not layout.hasHeightForWidth():
            return hint
        return QSize(hint.width(), layout.heightForWidth(self.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
