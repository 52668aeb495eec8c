"""StackHeader: the title above the stack, and the heads of its columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.engine.fit_words import count_words
from nnstudio.session.document import Document
from nnstudio.session.new_start import NewStart
from nnstudio.ui import theme
from nnstudio.ui.model.card_layout import CARD_PX, GAP_PX, card_rect
from nnstudio.ui.model.empty_stack import EmptyStack
from nnstudio.ui.model.start_line import StartLine
from nnstudio.ui.painting import sized, text
from nnstudio.ui.widgets import button, label, row

_HEADS_PX = 22


class StackHeader(QWidget):
    """Says how many layers there are and whether they can be trained.

    Signals:
        output_wanted(): A person asked for the output layer that fits the data.
        templates_wanted(): A person asked for networks to begin with.
    """

    output_wanted = Signal()
    templates_wanted = Signal()

    def __init__(self, document: Document, start: NewStart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.start = StartLine(document, start)
        self._words = label(role="text_2")
        self.empty = EmptyStack()
        self.empty.output.clicked.connect(self.output_wanted)
        self.empty.templates.clicked.connect(self.templates_wanted)
        self._templates = button("Templates …", kind="small", icon_name="model", tip="Networks to begin with")
        self._templates.clicked.connect(self.templates_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 0)
        layout.setSpacing(6)
        layout.addLayout(row(label("Design", size="strong"), self._words, None, self._templates))
        layout.addWidget(self.empty)
        layout.addWidget(self.start)
        layout.addWidget(_Heads())
        document.checked.connect(self.show_report)
        self.show_report()
        self.start.show_state()

    def show_report(self) -> None:
        """Show the state of the document's design."""
        report = self._document.report
        layers = count_words(len(report.layers), "layer")
        problems = count_words(len(report.errors), "problem") if report.errors else "ready to train"
        self._words.setText(f"{layers}, {problems}")
        self.empty.setVisible(not report.layers)
        self._templates.setVisible(bool(report.layers))


class _Heads(QWidget):
    """The column heads, above where the cards have their figures."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEADS_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        card = card_rect(QRect(-24, 0, self.width() + 48, CARD_PX + GAP_PX))
        color, font = theme.current().color("text_2"), sized(self.font(), 9)
        right = Qt.AlignmentFlag.AlignRight
        with QPainter(self) as painter:
            text(painter, QRect(card.left() + 71, 0, 120, _HEADS_PX), "Layer", color, font=font)
            text(painter, QRect(card.left() + 207, 0, 160, _HEADS_PX), "Main setting", color, font=font)
            shape = QRect(card.right() - 36 - 104 - 120, 0, 112, _HEADS_PX)
            text(painter, shape, "Output shape", color, font=font, align=right)
            parameters = QRect(card.right() - 36 - 104, 0, 104, _HEADS_PX)
            text(painter, parameters, "Parameters", color, font=font, align=right)
