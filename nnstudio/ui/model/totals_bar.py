"""TotalsBar: what the whole stack comes to, in Keras' words, and what an epoch of it takes here."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from nnstudio.session.document import Document
from nnstudio.session.pacer import Pacer
from nnstudio.ui.model.pace_words import seconds_parts
from nnstudio.ui.widgets import column, figures_font, label, row

_HEIGHT_PX, _PAD_PX, _GAP_PX, _UNIT_GAP_PX = 64, 24, 28, 5
_EPOCH = "One epoch"
_FIRST_TO_GO = ("Non-trainable", "Multiply-adds", "Memory", "Trainable", _EPOCH)
_TITLES = (
    ("Total params", ""),
    ("Trainable", ""),
    ("Non-trainable", ""),
    ("Memory", "MB in training"),
    ("Multiply-adds", "per sample"),
    (_EPOCH, "s here"),
)
_MEASURED = "Measured on this machine, for the open data and the batch size of the plan."
_ROUGH = "Worked out from the size of the network; it is measured when nothing else runs."


class TotalsBar(QWidget):
    """Parameters, memory and cost of the part of the stack that is valid."""

    def __init__(self, document: Document, pacer: Pacer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._pacer = document, pacer
        self._columns: dict[str, QWidget] = {}
        self._parts: dict[str, tuple[QLabel, QLabel, QLabel]] = {}
        self.setFixedHeight(_HEIGHT_PX)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(_PAD_PX, 8, _PAD_PX, 8)
        self._layout.setSpacing(_GAP_PX)
        for title, unit in _TITLES:
            self._add(title, unit)
        self._layout.addStretch(1)
        document.settled.connect(self.show_report)
        pacer.changed.connect(self.show_report)
        self.show_report()

    def show_report(self) -> None:
        """Show the totals of the document's report."""
        report = self._document.report
        frozen = report.parameters - report.trainable_parameters
        values = (
            f"{report.parameters:,}",
            f"{report.trainable_parameters:,}",
            f"{frozen:,}",
            f"{report.memory_bytes / 1e6:,.1f}",
            f"{report.multiply_adds:,}",
        )
        for (_, figure, _), value in zip(self._parts.values(), values, strict=False):
            figure.setText(value)
        self._show_epoch()
        self._fit()

    def _show_epoch(self) -> None:
        estimate = self._pacer.estimate()
        _, figure, unit = self._parts[_EPOCH]
        words, name = seconds_parts(estimate.seconds) if estimate is not None else ("–", "")
        figure.setText(words)
        unit.setText(f"{name} here" if name else "")
        tip = "" if estimate is None else _MEASURED if estimate.measured else _ROUGH
        self._columns[_EPOCH].setToolTip(tip)

    def _add(self, title: str, unit: str) -> None:
        figure = label(size="figure")
        figure.setFont(figures_font(figure.font()))
        figure.setAccessibleName(title)
        head, unit_label = label(title, role="text_2", size="caption"), label(unit, role="text_2")
        self._parts[title] = head, figure, unit_label
        holder = self._columns[title] = QWidget()
        holder.setLayout(column(head, row(figure, unit_label, None, space=_UNIT_GAP_PX), space=2))
        self._layout.addWidget(holder)

    def _width_of(self, title: str) -> int:
        """Return the width that a column takes; its layout learns of a new text too late."""
        for part in self._parts[title]:
            part.ensurePolished()  # one that was never shown has not got its size of type yet
        head, figure, unit = (_text_width(part) for part in self._parts[title])
        return max(head, figure + _UNIT_GAP_PX + unit)

    def _fit(self) -> None:
        """Hide what matters least until the rest has room, which each column gets at once."""
        widths = {title: self._width_of(title) for title in self._columns}
        for title, holder in self._columns.items():
            holder.setMinimumWidth(widths[title])
        room = self.width() - 2 * _PAD_PX
        for title in _FIRST_TO_GO:
            if sum(widths.values()) + _GAP_PX * (len(widths) - 1) > room:
                del widths[title]
        for title, holder in self._columns.items():
            holder.setVisible(title in widths)
        self._layout.activate()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, _HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()


def _text_width(part: QLabel) -> int:
    """Return how wide a label has to be for its words, whatever it was laid out for before."""
    return max(part.sizeHint().width(), QFontMetrics(part.font()).horizontalAdvance(part.text()) + 1)
