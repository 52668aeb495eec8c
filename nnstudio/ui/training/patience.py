"""Patience: how long early stopping has waited for a lower loss, while it waits."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnstudio.engine.fit_words import count_words
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.painting import rounded
from nnstudio.ui.widgets import label, panel

_BAR_PX, _GAP_PX, _WIDEST_PX = 5, 4, 22
_MOST_BARS = 20


class Patience(QWidget):
    """Shown only for a run that may end early."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._title = label(size="strong", wrap=True)
        self._bars = _Bars()
        self._words = label(role="text_2", size="small", wrap=True)
        card = panel("card")
        body = QVBoxLayout(card)
        body.setContentsMargins(12, 8, 12, 8)
        body.setSpacing(6)
        for part in (self._title, self._bars, self._words):
            body.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.hide()  # shown before it has a place it would be a window of its own

    @property
    def text(self) -> str:
        """All that it says."""
        return f"{self._title.text()}. {self._words.text()}"

    def show_run(self) -> None:
        """Show how long the run has waited."""
        run = self._session.run
        rule = run.study.plan.early_stopping if run is not None else None
        best = run.history.best_epoch() if run is not None else None
        self.setVisible(rule is not None and best is not None)
        if run is None or rule is None or best is None:
            return
        ended = run.progress.ended_early  # by then nothing waits any more
        waited = rule.patience if ended else min(run.progress.waited, rule.patience)
        self._title.setText(f"{waited} of {count_words(rule.patience, 'epoch')} without a lower loss")
        self._bars.show_count(waited, rule.patience)
        back = f", and epoch {best:,} comes back" if rule.restore_best_weights else ""
        left = rule.patience - waited
        rest = f"If the next {count_words(left, 'epoch')} bring none, training ends{back}." if left else ""
        rest = "So training ended." if ended else rest
        loss = run.history.epochs.column("val_loss")[best - 1] if best <= len(run.history.epochs) else 0.0
        self._words.setText(f"Best validation loss {loss:.4g} in epoch {best:,}. {rest}".strip())


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._waited, self._patience = 0, 1
        self.setFixedHeight(_BAR_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, waited: int, patience: int) -> None:
        self._waited, self._patience = waited, patience
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(100, _BAR_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors, count = theme.current(), min(self._patience, _MOST_BARS)
        width = min(_WIDEST_PX, (self.width() + _GAP_PX) / count - _GAP_PX)
        filled = self._waited * count / self._patience
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index in range(count):
                box = QRectF(index * (width + _GAP_PX), 0, width, _BAR_PX)
                role = "warning" if index < filled else "sunken"
                rounded(painter, box.toRect(), fill=colors.color(role), line=colors.color(role), radius=2)
