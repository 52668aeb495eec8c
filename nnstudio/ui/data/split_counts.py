"""SplitCounts: how many samples of each class train, validate and test, as one small table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.data.arrays import IntArray
from nnstudio.data.facts import class_counts
from nnstudio.ui import theme
from nnstudio.ui.data.parts import PART_ROLES, Part
from nnstudio.ui.painting import sized, text
from nnstudio.ui.widgets import figures_font

_LINE_PX, _GAP_PX = 20, 12
_SHORT = {"Training": "Train", "Validation": "Valid.", "Test": "Test"}
_RIGHT = Qt.AlignmentFlag.AlignRight


class SplitCounts(QWidget):
    """A row per class, a column per part; the head is in the colours of the parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Samples per class and part")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: tuple[str, ...] = ()
        self._counts: dict[str, IntArray] = {}

    @property
    def counts(self) -> dict[str, list[int]]:
        """What is shown, by part."""
        return {name: [int(count) for count in counts] for name, counts in self._counts.items()}

    def show_parts(self, parts: Mapping[str, Part]) -> None:
        """Count the classes of all parts."""
        self._names = next(iter(parts.values())).class_names
        self._counts = (
            {name: class_counts(part.samples.y, len(self._names)) for name, part in parts.items()}
            if self._names
            else {}
        )
        lines = [f"{name}: " + ", ".join(self._line(index)) for index, name in enumerate(self._names)]
        self.setAccessibleDescription("; ".join(lines))
        self.updateGeometry()
        self.update()

    def _line(self, index: int) -> list[str]:
        return [f"{int(counts[index]):,}" for counts in self._counts.values()]

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(sized(figures_font(self.font()), 9))
        return [
            max(metrics.horizontalAdvance(text) for text in (_SHORT[name], f"{int(counts.max(initial=0)):,}"))
            + _GAP_PX
            for name, counts in self._counts.items()
        ]

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, _LINE_PX * (1 + len(self._names)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        widths, colors = self._widths(), theme.current()
        font, right = sized(figures_font(self.font()), 9), self.width()
        with QPainter(self) as painter:
            for (name, counts), wide in zip(reversed(self._counts.items()), reversed(widths), strict=True):
                box = QRect(right - wide, 0, wide, _LINE_PX)
                text(painter, box, _SHORT[name], colors.color(PART_ROLES[name]), font=font, align=_RIGHT)
                for line in range(len(self._names)):
                    cell = box.translated(0, (line + 1) * _LINE_PX)
                    count = f"{int(counts[line]):,}"
                    text(painter, cell, count, colors.color("text_2"), font=font, align=_RIGHT)
                right -= wide
            strong = sized(self.font(), 9, bold=True)
            for line, name in enumerate(self._names):
                box = QRect(0, (line + 1) * _LINE_PX, right - 4, _LINE_PX)
                text(painter, box, name, colors.color("text"), font=strong)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
