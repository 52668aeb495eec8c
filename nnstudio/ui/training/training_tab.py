"""TrainingTab: watch a training live and steer it."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSplitter, QVBoxLayout, QWidget

from nnstudio.experiments import curves
from nnstudio.session.session import Session
from nnstudio.ui.training.curve_tools import CurveTools
from nnstudio.ui.training.media_row import MediaRow
from nnstudio.ui.training.notices import Notices
from nnstudio.ui.training.plan_panel import PlanPanel
from nnstudio.ui.training.plot_card import CurveView, PlotCard
from nnstudio.ui.training.value_box import ValueBox
from nnstudio.ui.widgets import column, panel, rule, scrolled

_REFRESH_MS = 80  # curves
_WORDS_EVERY = 3  # words change every third redraw, four times a second
_STACK_BELOW_PX = 720
_TITLES = {"loss": "Loss", "accuracy": "Accuracy", "mae": "Mean absolute error"}


class TrainingTab(QWidget):
    """Pulls what it shows from the session by a timer of its own; hidden it does nothing.

    Signals:
        full_mnist_wanted(): A person wants to open the complete MNIST.
        reset_wanted(): A person wants to go back to fresh weights.
    """

    full_mnist_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, session: Session, main_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ticks = 0
        self.media = MediaRow(session, main_action)
        self.notices = Notices(session)
        self.tools = CurveTools(CurveView())
        self.loss = PlotCard()
        self.accuracy = PlotCard()
        self.cards = (self.loss, self.accuracy)
        self.boxes = tuple(ValueBox(card) for card in self.cards)
        self.plan = PlanPanel(session)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._plots = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()
        self._show_everything()

    def _lay_out(self) -> None:
        self._plots.setSpacing(12)
        for card in self.cards:
            self._plots.addWidget(card, 1)
        self.accuracy.plot.setXLink(self.loss.plot)
        middle = panel("surface")
        middle.setMinimumWidth(400)
        middle.setLayout(column(self.notices, self.tools, self._plots, space=10, margins=(16, 12, 16, 14)))
        left = QWidget()
        left.setLayout(column(self.media, rule(), middle, space=0))
        area = scrolled(self.plan)
        area.setMinimumWidth(300)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (left, area):
            splitter.addWidget(widget)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1136, 304])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    def _connect(self) -> None:
        session = self._session
        self._timer.timeout.connect(self._tick)
        self.media.reset_wanted.connect(self.reset_wanted)
        self.notices.full_mnist_wanted.connect(self.full_mnist_wanted)
        self.tools.edited.connect(self._show_view)
        self.tools.fit_wanted.connect(self._fit)
        for card in self.cards:
            card.hovered.connect(self._show_hover)
        signals = (
            session.run_changed,
            session.weights_changed,
            session.dataset_changed,
            session.document.changed,
            session.document.checked,
        )
        for signal in signals:
            signal.connect(self._show_everything)

    def _show_everything(self) -> None:
        history = self._session.history
        names = history.names if history is not None else ("loss", "accuracy")
        self.loss.show_figure("loss", "Loss", percent=False)
        self.accuracy.setVisible(len(names) > 1)
        if len(names) > 1:
            title = _TITLES.get(names[1], names[1])
            self.accuracy.show_figure(names[1], title, percent=names[1] == "accuracy")
        self.media.show_state()
        self.notices.show_state()
        self.plan.run_box.show_run()
        self._draw()
        self._follow()

    def _follow(self) -> None:
        """Redraw by the timer only while something runs and is seen."""
        if self._session.running and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % _WORDS_EVERY == 0:
            self.media.show_progress()
            self.plan.run_box.show_run()
        self._draw()

    def _draw(self) -> None:
        """Draw the curves with the training held back, so that both do not fight for the interpreter."""
        run, history = self._session.run, self._session.history
        if run is not None:
            run.gate.clear()
        try:
            for card in self.cards:
                if card.isVisibleTo(self):
                    card.show_history(history)
                    card.repaint_now()
        finally:
            if run is not None:
                run.gate.set()

    def _show_view(self, view: CurveView) -> None:
        for card in self.cards:
            card.show_view(view)
        self._draw()
        self._fit()

    def _fit(self) -> None:
        for card in self.cards:
            card.fit()

    def _show_hover(self, x: float) -> None:
        history = self._session.history
        for card, box in zip(self.cards, self.boxes, strict=True):
            card.show_cross(x)
            if math.isnan(x) or history is None or card.name not in history.names or not len(history.steps):
                box.hide()
                continue
            view = card.view
            steps = curves.step_curve(history, card.name, view.axis)
            smooth = curves.smoothed(steps[1], view.smoothing)
            checked = curves.epoch_curve(history, f"val_{card.name}", view.axis)
            lines = [
                ("Training", curves.value_at(steps[0], smooth, x)),
                ("This batch", curves.value_at(*steps, x)),
                ("Validation", curves.value_at(*checked, x)),
            ]
            low, high = card.plot.getViewBox().viewRange()[0]
            box.show_values(f"{view.axis} {x:.4g}", lines, x > (low + high) / 2)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for card in self.cards:
                card.apply_theme()
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        narrow = self.width() - self.plan.width() < _STACK_BELOW_PX
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._plots.setDirection(direction)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._show_everything()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._follow()
