"""TrainingTab: watch a training live and steer it."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui.fit_notice import FitNotice
from nnstudio.ui.training.answer_card import AnswerCard
from nnstudio.ui.training.curves_panel import CurvesPanel
from nnstudio.ui.training.divergence_notice import DivergenceNotice
from nnstudio.ui.training.health_strip import HealthStrip
from nnstudio.ui.training.media_row import MediaRow
from nnstudio.ui.training.notices import Notices
from nnstudio.ui.training.plan_panel import PlanPanel
from nnstudio.ui.training.results_area import ResultsArea
from nnstudio.ui.training.sweep_panel import SWEEP
from nnstudio.ui.training.timeline_strip import TimelineStrip
from nnstudio.ui.widgets import column, panel, rule, scrolled

_REFRESH_MS = 50  # the two plots take turns: each is drawn ten times a second
_WORDS_EVERY = 5  # words change four times a second
_DRAW_SHARE = 0.1  # of the window's time at most: long records are redrawn less often
_STACK_BELOW_PX = 1060
_PLAN_PX = 304
_LOW_PX = 760  # below it there is no room for a sweep, curves and all the rest


class TrainingTab(QWidget):
    """Pulls what it shows from the session by a timer of its own; hidden it does nothing.

    Signals:
        full_mnist_wanted(): A person wants to open the complete MNIST.
        reset_wanted(): A person wants to go back to fresh weights.
        layer_asked(name): A person wants to see the card of this layer.
    """

    full_mnist_wanted = Signal()
    reset_wanted = Signal()
    layer_asked = Signal(str)

    def __init__(
        self, session: Session, main_action: QAction, preferences: Preferences | None = None
    ) -> None:
        super().__init__()
        self._session = session
        self._ticks = 0
        self.media = MediaRow(session, main_action)
        self.fit = FitNotice(session)
        self.notices = Notices(session)
        self.diverged = DivergenceNotice(session)
        self.answers = AnswerCard(session)
        self.curves = CurvesPanel(session, main_action, self.answers)
        self.results = ResultsArea(session, preferences)
        self.runs = self.results.runs
        self.health = HealthStrip(session)
        self.timeline = TimelineStrip(session)
        self.loss, self.figure = self.curves.loss, self.curves.figure
        self.plan = PlanPanel(session)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._tick)
        self._soon = QTimer(self, singleShot=True, interval=0)  # a project that opens changes all at once
        self._soon.timeout.connect(self._show_everything)
        self._lay_out()
        self._connect()
        self._show_everything()

    @property
    def follows(self) -> bool:
        """Whether it redraws by its timer at the moment."""
        return self._timer.isActive()

    def _lay_out(self) -> None:
        middle = panel("surface")
        middle.setLayout(
            column(
                self.fit,
                self.diverged,
                self.notices,
                self.curves,
                self.health,
                self.results,
                space=10,
                margins=(16, 12, 16, 14),
            )
        )
        left = QWidget()
        left.setLayout(column(self.media, rule(), middle, self.timeline, space=0))
        area = scrolled(self.plan)
        area.setMinimumWidth(_PLAN_PX)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (left, area):
            splitter.addWidget(widget)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1136, _PLAN_PX])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    def _connect(self) -> None:
        session = self._session
        self.media.reset_wanted.connect(self.reset_wanted)
        self.notices.full_mnist_wanted.connect(self.full_mnist_wanted)
        self.results.beside_wanted.connect(self.curves.show_others)
        self.results.beside_wanted.connect(self._share_height)
        self.health.layer_asked.connect(self.layer_asked)
        session.verbs.chose.connect(self._show_place)
        session.run_changed.connect(self._show_everything)
        session.weights_changed.connect(self._follow_weights)
        session.dataset_changed.connect(self._soon.start)
        session.document.settled.connect(self._show_study)

    def _show_everything(self) -> None:
        if not self.isVisible():
            self._timer.stop()
            return
        self._show_study()
        self.curves.arrange()
        self.results.show_lists()
        self.curves.legend.show_runs(self.results.beside)
        self._show_place()
        self.curves.show_record()
        self.health.look()
        self._follow()

    def _follow_weights(self) -> None:
        """Show weights that a person chose or opened; those of a training come by the timer."""
        if not self.follows:
            self._soon.start()

    def _show_study(self) -> None:
        """Show what depends on the study in the document."""
        if self.isVisible():
            self.media.show_state()
            self.notices.show_state()
            self.diverged.show_state()
            self.fit.show_state()
            self.plan.show_progress()

    def _show_place(self) -> None:
        """Mark the epoch whose weights predict, where a person went back."""
        chosen = self._session.chosen
        self.timeline.show_timeline()
        self.curves.show_place(math.nan if chosen is None else chosen.position)

    def _share_height(self) -> None:
        """Leave the room to a sweep and the curves of its trials, where it is not enough for all."""
        low = self.height() < _LOW_PX and self.results.page == SWEEP
        self.health.give_room(low)
        self.notices.give_room(low)

    def _follow(self) -> None:
        """Redraw by the timer only while something runs and is seen."""
        if self._session.running:
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        self.curves.draw_next()
        self._timer.setInterval(max(_REFRESH_MS, round(1000 * self.curves.draw_seconds / _DRAW_SHARE)))
        self._ticks += 1
        if self._ticks % _WORDS_EVERY == 0:
            self.media.show_progress()
            self.results.show_lists()
            self.timeline.show_timeline()
            self.health.look()
            self.curves.show_words()
            self.plan.show_progress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.curves.stack(self.width() < _STACK_BELOW_PX)
        self.results.fit_height(self.height())
        self._share_height()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._show_everything()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._timer.stop()
