"""AnswerCard: what the network answers all over its one or two inputs, live beside the curves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnstudio.experiments.ground import can_be_drawn
from nnstudio.experiments.weight_search import WeightSearch
from nnstudio.session.input_mapper import Look
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.painting import sized
from nnstudio.ui.training.answer_legend import AnswerLegend
from nnstudio.ui.training.answer_view import AnswerView
from nnstudio.ui.training.answer_words import look_note, look_title
from nnstudio.ui.training.line_view import LineView
from nnstudio.ui.training.plane_view import PlaneView
from nnstudio.ui.training.search_table import SearchTable
from nnstudio.ui.training.weight_view import WeightView
from nnstudio.ui.widgets import figures_font, panel

_LOOK_MS = 200
_LEAST_HEIGHT_PX = 340
_HEAD_PX = 20


class AnswerCard(QWidget):
    """Asks the session for a look while it is seen, and shows it; there is none for other kinds of data."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.head = _Head()
        self.plane, self.line, self.weight = PlaneView(), LineView(), WeightView()
        self.views: tuple[AnswerView, ...] = (self.plane, self.line, self.weight)
        self.legend, self.table = AnswerLegend(), SearchTable()
        self._pages = QStackedWidget()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(session.mapper.look)
        self._lay_out()
        self._connect()
        if not can_be_drawn(session.dataset):
            self.hide()

    @property
    def view(self) -> AnswerView:
        """The plot that is shown."""
        return self.views[self._pages.currentIndex()]

    def show_data(self) -> None:
        """Be there or not, as the data are."""
        self.setVisible(can_be_drawn(self._session.dataset))
        self._follow()

    def _lay_out(self) -> None:
        card = panel("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(14, 9, 14, 8)
        layout.setSpacing(4)
        for view in self.views:
            self._pages.addWidget(view)
            view.pointed.connect(self.head.show_words)
        layout.addWidget(self.head)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.legend)
        layout.addWidget(self.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.setMinimumHeight(_LEAST_HEIGHT_PX)

    def _connect(self) -> None:
        session = self._session
        session.mapper.looked.connect(self._show_look)
        session.dataset_changed.connect(self.show_data)
        session.run_changed.connect(self._follow)
        session.weights_changed.connect(self._follow)
        session.document.changed.connect(self._follow)

    def _follow(self) -> None:
        """Look now, and again and again while something runs and is seen."""
        if not self.isVisible():
            self._timer.stop()
            return
        self._session.mapper.look()
        if self._session.running:
            self._timer.start()
        else:
            self._timer.stop()

    def _show_look(self, look: Look) -> None:
        search = look.answer if isinstance(look.answer, WeightSearch) else None
        page = 2 if search is not None else 0 if len(look.ground.ranges) == 2 else 1
        self._pages.setCurrentIndex(page)
        title = look_title(look)
        self.head.show_title(title, look_note(look))
        self.view.setAccessibleName(title)
        self.legend.setVisible(search is None)
        self.table.setVisible(search is not None)
        self.legend.show_ground(look.ground)
        if search is not None:
            self.table.show_search(search)
        self._draw(look)

    def _draw(self, look: Look) -> None:
        """Draw with the training held back, so that both do not fight for the interpreter."""
        run = self._session.run
        try:
            if run is not None:
                run.gate.clear()
            self.view.show_look(look)
            self.view.repaint()
        finally:
            if run is not None:
                run.gate.set()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "views"):
            for view in self.views:
                view.apply_theme()


class _Head(QWidget):
    """The line above the plot, painted: what stands under the mouse must not move the layout."""

    def __init__(self) -> None:
        super().__init__()
        self._title = self._note = self._words = ""
        self.setMinimumHeight(_HEAD_PX)

    @property
    def text(self) -> str:
        """All that it says."""
        return f"{self._title} {self._words or self._note}".strip()

    def show_title(self, title: str, note: str) -> None:
        """Show another title, and a note beside it."""
        if (title, note) != (self._title, self._note):
            self._title, self._note = title, note
            self.update()

    def show_words(self, words: str) -> None:
        """Show what stands under the cross, "" for nothing."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(self.text)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors, box = theme.current(), QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setFont(sized(self.font(), 10.0, bold=True))
            painter.setPen(colors.color("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._title)
            box.setLeft(painter.fontMetrics().horizontalAdvance(self._title) + 12)
            painter.setFont(figures_font(sized(self.font(), 9.0)))
            painter.setPen(colors.color("text_2"))
            words = painter.fontMetrics().elidedText(
                self._words or self._note, Qt.TextElideMode.ElideRight, int(box.width())
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
