"""ProgressStrip: how far a training is, in words and as a bar with a segment per epoch."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnstudio.session.run_progress import Progress
from nnstudio.ui import theme
from nnstudio.ui.painting import rounded
from nnstudio.ui.widgets import figures_font, label, row

_BAR_PX = 8
_MOST_SEGMENTS = 40


class ProgressStrip(QWidget):
    """Shows a `Progress`; without one it says what there is to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epoch = label(size="strong")
        self._batch = label(role="text_2")
        self._elapsed = label(role="text_2")
        self._left = label(size="strong")
        for figure in (self._epoch, self._batch, self._elapsed, self._left):
            figure.setFont(figures_font(figure.font()))
        self.bar = _Bar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addStretch(1)
        layout.addLayout(row(self._epoch, self._batch, None, self._elapsed, self._left))
        layout.addWidget(self.bar)
        layout.addStretch(1)

    def show_short(self, short: bool) -> None:
        """Leave out what a narrow window has no room for."""
        self._batch.setVisible(not short)
        self._elapsed.setVisible(not short)

    def show_progress(self, progress: Progress) -> None:
        """Show where a run is."""
        whole = progress.epochs > 0 and progress.epoch >= progress.epochs
        epoch = progress.epoch if whole else progress.epoch + 1
        self._epoch.setText(f"Epoch {min(epoch, progress.epochs)} of {progress.epochs}")
        batch = progress.batches if whole else progress.batch
        self._batch.setText(f"batch {batch:,} of {progress.batches:,}" if progress.batches else "")
        self._elapsed.setText(f"{clock(progress.seconds)} elapsed")
        left = progress.seconds_left
        self._left.setText("" if whole or math.isnan(left) else f"{clock(left)} left")
        self.bar.show_fraction(progress.fraction, progress.epochs)

    def show_nothing(self, epochs: int) -> None:
        """Say how long a training would be."""
        self._epoch.setText(f"{epochs} epoch{'' if epochs == 1 else 's'} to train")
        for part in (self._batch, self._elapsed, self._left):
            part.setText("")
        self.bar.show_fraction(0.0, epochs)


def clock(seconds: float) -> str:
    """Return a duration as people read it: "0:40", "1:02:03"."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Bar(QWidget):
    """A track with a gap after each epoch."""

    def __init__(self) -> None:
        super().__init__()
        self._fraction = 0.0
        self._segments = 1
        self.setFixedHeight(_BAR_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Progress of the training")

    def show_fraction(self, fraction: float, segments: int) -> None:
        """Fill the track up to ``fraction``, 0 to 1."""
        segments = segments if 0 < segments <= _MOST_SEGMENTS else 1
        if (fraction, segments) != (self._fraction, self._segments):
            self._fraction, self._segments = fraction, segments
            self.setAccessibleDescription(f"{100 * fraction:.0f} %")
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, _BAR_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors = theme.current()
        filled = round(self.width() * self._fraction)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, self.rect(), fill=colors.color("sunken"), radius=3)
            if filled > 0:
                rounded(painter, QRect(0, 0, filled, self.height()), fill=colors.color("accent"), radius=3)
            for number in range(1, self._segments):
                x = round(self.width() * number / self._segments)
                painter.fillRect(x, 0, 1, self.height(), colors.color("surface"))
