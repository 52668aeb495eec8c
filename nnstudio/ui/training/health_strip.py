"""HealthStrip: how each layer of the run learns, in a line below the curves."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWhatsThis, QWidget

from nnstudio.session.session import Session
from nnstudio.ui.training.health_cells import HEIGHT_PX, HealthCells
from nnstudio.ui.training.health_words import HELP, head_words
from nnstudio.ui.widgets import button, column, label, panel, row

_HEAD_PX = 148
_HELP_PX = 24
_STEP_PX = 106  # of the wheel


class HealthStrip(QWidget):
    """Asks for a look whenever it is told to and seen; there is none before anything was measured.

    Signals:
        layer_asked(name): A person wants to see the card of this layer.
    """

    layer_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._gives_room = False
        self.words = label(role="text_2", size="caption")
        self.help = button("?", kind="ghost")
        self.help.setAccessibleName("What the figures of the layers mean")
        self.help.setToolTip(HELP)
        self.cells = HealthCells()
        self.area = _Sideways()
        self.area.setWidget(self.cells)
        self.cells.setAutoFillBackground(False)  # the card is its ground
        self._lay_out()
        self.help.clicked.connect(self._explain)
        self.cells.layer_asked.connect(self.layer_asked)
        self.cells.moved.connect(self._show_part)
        session.health.looked.connect(self.show_health)
        self.hide()

    def _lay_out(self) -> None:
        self.help.setFixedSize(_HELP_PX, _HELP_PX)
        title = row(label("Health", size="strong"), self.help, None, space=4)
        head = QWidget()
        head.setLayout(column(None, title, self.words, None, space=0, margins=(14, 0, 8, 0)))
        head.setFixedWidth(_HEAD_PX)
        card = panel("card")
        line = row(head, self.area, space=0, margins=(1, 1, 1, 1))
        line.setStretch(1, 1)
        card.setLayout(line)
        self.setLayout(column(card, space=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def look(self) -> None:
        """Show what is known, and look at the layers as they are now, where anybody would see it."""
        self.show_health()
        if self._session.run is not None and self.parentWidget() is not None:
            self._session.health.look()

    def show_health(self) -> None:
        """Show the newest figures of the run that lies open; those of another one are of no use."""
        run, record = self._session.run, self._session.health.record
        known = run is not None and run.key == record.key and bool(record.layers)
        shown = known and (not self._gives_room or bool(record.problems))
        self.setVisible(shown)
        if not shown:
            return
        self.cells.room = self.area.viewport().width()
        linked = frozenset(layer.name for layer in self._session.document.design.layers)
        self.cells.show_record(record, linked)
        words = head_words(record)
        if words != self.words.text():
            self.words.setText(words)
        self.area.fit_height()

    def give_room(self, gives: bool) -> None:
        """Stay away as long as all layers are well, where the room is wanted for something else."""
        if gives != self._gives_room:
            self._gives_room = gives
            self.show_health()

    def _explain(self) -> None:
        QWhatsThis.showText(self.help.mapToGlobal(QPoint(0, self.help.height())), HELP, self.help)

    def _show_part(self, part: QRect) -> None:
        self.area.ensureVisible(part.center().x(), part.center().y(), part.width() // 2 + 4, 0)


class _Sideways(QScrollArea):
    """Scrolls sideways, by the wheel too, and is as high as the cells and, where needed, the bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(HEIGHT_PX)
        self.viewport().setAutoFillBackground(False)

    def fit_height(self) -> None:
        """Take room for the scroll bar where there is more than fits."""
        widget = self.widget()
        needed = widget is not None and widget.minimumWidth() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if needed else 0
        self.setFixedHeight(HEIGHT_PX + bar)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.fit_height()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turn = event.angleDelta().x() or event.angleDelta().y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turn * _STEP_PX // 120)
        event.accept()
