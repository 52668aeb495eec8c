"""ProgressStrip: how far a training is, in words and as a bar with a segment per epoch."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.session.run_progress import Progress, clock_words
from nnstudio.ui import theme
from nnstudio.ui.painting import sized
from nnstudio.ui.widgets import figures_font

_BAR_PX, _GAP_PX, _WORDS_PX, _SMALL_PX = 8, 5, 18, 13
_WORD_GAP_PX = 12
_MOST_SEGMENTS = 60
_RADIUS_PX = 3.0
_LEAST_WIDTH_PX = 150
_WALL_FROM_PX = 620
_HELD_SECONDS = 5.0  # shorter pauses are not worth a word
_ONE_LINE_FROM_PX = 430
Part = tuple[str, QFont, str, bool]


class ProgressStrip(QWidget):
    """Shows a `Progress`, painted so that live numbers move no layout.

    What has no room beside the words above the bar stands below it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epoch = self._batch = self._elapsed = self._left = self._wall = ""
        self._fraction = 0.0
        self._segments = 1
        self.setMinimumWidth(_LEAST_WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Progress of the training")

    @property
    def text(self) -> str:
        """All that it says."""
        return ", ".join(filter(None, (self._epoch, self._batch, self._elapsed, self._wall, self._left)))

    def show_progress(self, progress: Progress, wall_seconds: float = 0.0) -> None:
        """Show where a run is; ``wall_seconds`` is how long ago it began, pauses and all."""
        whole = 0 < progress.epochs <= progress.epoch
        epoch = progress.epoch if whole else progress.epoch + 1
        self._epoch = f"Epoch {min(epoch, progress.epochs):,} of {progress.epochs:,}"
        self._batch = _batch_words(progress, whole)
        self._elapsed = f"{clock_words(progress.seconds)} elapsed" if progress.done else ""
        held = wall_seconds - progress.seconds
        self._wall = f"{clock_words(wall_seconds)} with pauses" if held >= _HELD_SECONDS else ""
        left = progress.seconds_left
        self._left = "" if whole or math.isnan(left) else f"{clock_words(math.ceil(left))} left"
        self._show_bar(progress.fraction, progress.epochs)

    def show_nothing(self, epochs: int) -> None:
        """Say how long a training would be."""
        self._epoch = f"{epochs:,} epoch{'' if epochs == 1 else 's'} to train"
        self._batch = self._elapsed = self._left = self._wall = ""
        self._show_bar(0.0, epochs)

    def _show_bar(self, fraction: float, segments: int) -> None:
        self._fraction = min(max(fraction, 0.0), 1.0)
        self._segments = segments if 0 < segments <= _MOST_SEGMENTS else 1
        self.setAccessibleDescription(self.text)
        self.setToolTip(self.text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, _WORDS_PX + _GAP_PX + _BAR_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        one_line = self.width() >= _ONE_LINE_FROM_PX
        height = _WORDS_PX + _GAP_PX + _BAR_PX + (0 if one_line else _GAP_PX + _SMALL_PX)
        line = QRectF(0, (self.height() - height) / 2, self.width(), _WORDS_PX)
        bar = QRectF(0, line.bottom() + _GAP_PX, self.width(), _BAR_PX)
        below = QRectF(0, bar.bottom() + _GAP_PX, self.width(), _SMALL_PX)
        strong = figures_font(sized(self.font(), 10.0, bold=True))
        plain = figures_font(sized(self.font(), 10.0 if one_line else 8.5))
        first: list[Part] = [(self._epoch, strong, "text", True), (self._left, strong, "text", False)]
        second: list[Part] = [(self._batch, plain, "text_2", True), (self._elapsed, plain, "text_2", False)]
        if self._wall and self.width() >= _WALL_FROM_PX:
            second.append((self._wall, plain, "text_3", False))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_words(painter, line, first + second if one_line else first)
            _paint_words(painter, below, [] if one_line else second)
            self._paint_bar(painter, bar)

    def _paint_bar(self, painter: QPainter, track: QRectF) -> None:
        colors = theme.current()
        shape = QPainterPath()
        shape.addRoundedRect(track, _RADIUS_PX, _RADIUS_PX)
        painter.setClipPath(shape)
        painter.fillRect(track, colors.color("sunken"))
        filled = QRectF(track)
        filled.setWidth(track.width() * self._fraction)
        painter.fillRect(filled, colors.color("accent"))
        for number in range(1, self._segments):
            x = round(track.width() * number / self._segments)
            painter.fillRect(QRectF(x, track.top(), 1, track.height()), colors.color("surface"))


def _batch_words(progress: Progress, whole: bool) -> str:
    if whole or not progress.batches:
        return ""
    if progress.checking:
        return "validating"
    return f"batch {progress.batch:,} of {progress.batches:,}"


def _paint_words(painter: QPainter, line: QRectF, parts: list[Part]) -> None:
    """Paint words from both ends of a line, in the order of their worth; what does not fit is left out."""
    for words, font, role, at_left in parts:
        width = QFontMetrics(font).horizontalAdvance(words) + 1
        if not words or width > line.width():
            continue
        painter.setFont(font)
        painter.setPen(theme.current().color(role))
        side = Qt.AlignmentFlag.AlignLeft if at_left else Qt.AlignmentFlag.AlignRight
        painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, words)
        taken = width + _WORD_GAP_PX
        line = line.adjusted(taken, 0, 0, 0) if at_left else line.adjusted(0, 0, -taken, 0)
