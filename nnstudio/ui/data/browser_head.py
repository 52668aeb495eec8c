"""BrowserHead: what stands above the samples: their name, and which of them are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton

from nnstudio.ui.data.class_filter import ClassFilter
from nnstudio.ui.data.filter_bar import FilterBar
from nnstudio.ui.data.parts import PART_NAMES
from nnstudio.ui.widgets import Segments, button, column, label, row


class BrowserHead(QFrame):
    """Title, class, part, a chip for samples that were found, and the lines of the filter.

    Signals:
        freed(): A person wants all samples again, not only those that were found.
    """

    freed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.title = label(size="title")
        self.subtitle = label(role="text_2")
        self.classes = ClassFilter()
        self.segments = Segments(PART_NAMES, "Part of the data")
        self.filter = FilterBar()
        self.chip = _chip()
        self.add = button(
            "Filter", kind="small", icon_name="plus", tip="Show only rows that meet a condition"
        )
        heading = row(column(self.title, self.subtitle, space=3), None, space=8)
        self._choices = row(self.classes, None, self.segments, space=8)
        found = row(self.chip, None, self.add, space=8)
        heading.addLayout(column(None, found, space=0))
        self.setLayout(column(heading, self._choices, self.filter, space=12))
        self.chip.clicked.connect(self.freed)
        self.add.clicked.connect(self.filter.add)
        self.filter.edited.connect(self._show_room)

    @property
    def name(self) -> str:
        """The name of the data in full."""
        return self._name

    def show_name(self, name: str, subtitle: str) -> None:
        """Name the data; a name too long for its place is cut."""
        self._name = name
        self.title.setToolTip(name)
        self.subtitle.setText(subtitle)
        self.fit()

    def show_subset(self, title: str) -> None:
        """Say that only samples that were found are shown; "" for all."""
        self.chip.setText(f"{title}  ×")
        self.chip.setAccessibleName(f"{title}: show all again")
        self.chip.setVisible(bool(title))

    def _show_room(self) -> None:
        self.add.setEnabled(not self.filter.full)

    def fit(self) -> None:
        """Cut a long name; put the parts below the classes where both do not fit beside each other."""
        room = self.width()
        self.title.ensurePolished()
        tools = self.add.sizeHint().width() + (self.chip.sizeHint().width() if self.chip.isVisible() else 0)
        elide = Qt.TextElideMode.ElideRight
        self.title.setText(self.title.fontMetrics().elidedText(self._name, elide, room - tools - 24))
        wide = self.classes.sizeHint().width() + self.segments.sizeHint().width() + 8
        directions = QBoxLayout.Direction
        self._choices.setDirection(directions.LeftToRight if room >= wide else directions.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.fit()


def _chip() -> QPushButton:
    chip = button("", kind="chip", tip="Show all again")
    chip.hide()
    return chip
