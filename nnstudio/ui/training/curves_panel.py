"""CurvesPanel: the plots of the loss and of the first metric, how they are shown, and what lies beside."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QWidget

from nnstudio.experiments.curves import place_of, place_on
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Run
from nnstudio.session.session import Session
from nnstudio.ui.training.curve_export import CurveExport
from nnstudio.ui.training.curve_tools import CurveTools
from nnstudio.ui.training.curve_view import CurveView
from nnstudio.ui.training.no_curves import NoCurves
from nnstudio.ui.training.plot_card import RATE, PlotCard
from nnstudio.ui.training.run_legend import RunLegend
from nnstudio.ui.training.shown_run import epochs_of, marks_of, second_of, validates
from nnstudio.ui.widgets import column, panel, scrolled

_GAP_PX = 12
_LEAST_CARD_PX = 168
_RATE_PX = 150
_SETTLE_MS = 40  # after a change of size the plots get their own sizes one after the other


class CurvesPanel(QWidget):
    """Draws when it is told to, with the training held back meanwhile; before any training it offers one."""

    def __init__(
        self, session: Session, main_action: QAction, beside: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._beside = beside
        self._stacked = False
        self._view = CurveView()
        self._following = True  # the axes follow the curves until a person zooms
        self._resized = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._resized.timeout.connect(self.draw)
        self._unfinished = QTimer(self, singleShot=True, interval=0)
        self._unfinished.timeout.connect(self._draw_unfinished)
        self._turn = 0
        self.draw_seconds = 0.0  # how long the newest drawing of a plot took
        self.tools = CurveTools(self._view)
        self.legend = RunLegend()
        self._place = math.nan
        self.loss = PlotCard()
        self.figure = PlotCard()
        self.rate = PlotCard()
        self.rate.show_name(RATE)
        self.rate.hide()
        self.cards = (self.loss, self.figure, self.rate)
        self.nothing = NoCurves(main_action)
        self._plots = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pages = QStackedWidget()
        self._lay_out()
        self.tools.edited.connect(self._change_view)
        self.tools.fit_wanted.connect(self._fit)
        self.legend.changed.connect(self.draw)
        for card in self.cards:
            card.hovered.connect(self._show_hover)
            card.plot.zoomed.connect(self._hold_view)
            card.plot.fit_wanted.connect(self._fit)

    def show_record(self) -> None:
        """Show another history, or that there is none; then draw."""
        history = self._history
        recorded = history is not None and (len(history.steps) > 0 or bool(self.legend.runs))
        if history is not None and (recorded or self._session.running):
            second = second_of(history, self._view)
            self.loss.show_name("loss")
            self.figure.setVisible(bool(second))
            self.figure.show_name(second)
            self.tools.menus.show_figures(history.names[1:], second)
            self.tools.show_keys(validated=validates(self._session))
            self._pages.setCurrentWidget(self._curves)
        else:
            self.nothing.show_reason(opened=self._session.model is not None and self._session.run is None)
            self._pages.setCurrentWidget(self.nothing)
        self.tools.setVisible(self._pages.currentWidget() is self._curves)
        self.draw()
        self.show_words()

    @property
    def _history(self) -> History | None:
        """The record that is shown; an empty one where there are only runs beside it."""
        history = self._session.history
        if history is None and self.legend.runs:
            return History(self.legend.runs[0].history.names)
        return history

    def draw(self) -> None:
        """Draw all curves as they are now."""
        for card in self._drawable():
            self._draw_card(card)

    def draw_next(self) -> None:
        """Draw the curves of one plot, in turn: two short waits are better than a long one."""
        if cards := self._drawable():
            self._turn = (self._turn + 1) % len(cards)
            self._draw_card(cards[self._turn])

    def _draw_unfinished(self) -> None:
        """Go on with a record that is too long for one go."""
        for card in self._drawable():
            if card.behind:
                self._draw_card(card)
                card.show_words()

    def _drawable(self) -> list[PlotCard]:
        history = self._history
        if history is None or not self.isVisible() or self._pages.currentWidget() is self.nothing:
            return []
        cards = [card for card in (self.loss, self.figure) if card.name in history.names]
        return [*cards, self.rate] if self._view.rate else cards

    def _draw_card(self, card: PlotCard) -> None:
        """Draw with the training held back, so that both do not fight for the interpreter.

        Where none runs, Qt paints when it is time to, and once however often something changed.
        """
        history, run = self._history, self._session.run
        assert history is not None
        started = time.perf_counter()
        card.prepare(history, self._view)
        card.plot.marks.show_marks(
            [(place_of(mark, self._view.axis), mark) for mark in marks_of(self._session)]
        )
        others = card.plot.others
        others.prepare(self.legend.runs, card.name, self._view)
        end = self._view.end(card.curves, epochs_of(self._session)) if self._following else None
        if end is not None:
            end = max(end, others.end)
        others.show_place(self._place_x())
        try:
            if run is not None:
                run.gate.clear()
            if card is self.rate and end is None:
                card.plot.show_range(*self.loss.plot.getViewBox().viewRange()[0])
            card.draw(self._view, end)
            if self._session.running:
                card.plot.repaint_now()
        finally:
            if run is not None:
                run.gate.set()
        if card.behind:
            self._unfinished.start()
        self.draw_seconds = time.perf_counter() - started

    def show_others(self, runs: list[Run]) -> None:
        """Show the curves of other runs beside the present one."""
        before = self._history is None
        self.legend.show_runs(runs)
        if before == (self._history is None):
            self.draw()
        else:
            self.show_record()

    def show_place(self, position: float) -> None:
        """Mark the place ``position`` epochs into the run; nan for none."""
        self._place = position
        for card in self._drawable():
            card.plot.others.show_place(self._place_x())

    def _place_x(self) -> float:
        """Return where the marked place lies on the axis."""
        history = self._session.history
        return math.nan if history is None else place_on(history, self._place, self._view.axis)

    def show_words(self) -> None:
        """Write the values at the ends of the curves."""
        for card in self.cards:
            card.show_words()

    def stack(self, stacked: bool) -> None:
        """Put the plots below each other, or side by side; with something beside them, always below."""
        self._stacked = stacked
        self.arrange()

    def arrange(self) -> None:
        """Share the room with what lies beside the curves, where that is shown."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        narrow = self._stacked or self._beside.isVisibleTo(self)
        self._plots.setDirection(down if narrow else across)
        self._halves.setDirection(down if self._stacked else across)

    def _lay_out(self) -> None:
        for layout in (self._plots, self._halves):
            layout.setSpacing(_GAP_PX)
            layout.setContentsMargins(0, 0, 0, 0)
        for card in (self.loss, self.figure):
            card.setMinimumHeight(_LEAST_CARD_PX)
            self._plots.addWidget(card, 1)
        self.figure.plot.setXLink(self.loss.plot)  # not the strip: linked plots of other widths are shifted
        self.rate.setMaximumHeight(_RATE_PX)
        self._curves = QWidget()
        self._curves.setLayout(column(self._plots, self.rate, space=_GAP_PX))
        self._export = CurveExport(self._session, self._curves)
        self.tools.menus.export_wanted.connect(self._export.export)
        self._pages.addWidget(self.nothing)
        self._pages.addWidget(self._curves)
        for half in (self._pages, self._beside):
            half.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)  # equal halves
            self._halves.addWidget(half, 1)
        ground = panel("surface")
        ground.setLayout(self._halves)
        area = scrolled(ground)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(_LEAST_CARD_PX)
        self.setLayout(column(self.tools, self.legend, area, space=10))

    def _change_view(self, view: CurveView) -> None:
        self._following = self._following or view.axis is not self._view.axis or view.log != self._view.log
        self._view = view
        self.rate.setVisible(view.rate)
        if (history := self._history) is not None:
            self.figure.show_name(second_of(history, self._view))
        self._show_hover(math.nan)
        self.draw()
        self.show_words()

    def _hold_view(self) -> None:
        self._following = False
        self.draw()

    def _fit(self) -> None:
        self._following = True
        self.draw()

    def _show_hover(self, x: float) -> None:
        x = min(max(x, 0.0), self.loss.curves.end) if math.isfinite(x) else x
        title = self._view.place_words(x) if math.isfinite(x) else ""
        for card in self.cards:
            card.show_cross(x, title)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._resized.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "cards"):
            for card in self.cards:
                card.plot.apply_theme()
            self.draw()
