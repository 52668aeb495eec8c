"""DetailCard: one sample of the gallery: its picture, its loss and what else the network thought of."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.cut_label import cut_label
from nnstudio.ui.prediction.bars import PITCH_PX, Bar, Bars
from nnstudio.ui.prediction.guess import guess_at, number
from nnstudio.ui.prediction.picture_view import PictureView
from nnstudio.ui.widgets import button, column, label, row

_BEST = 3
_LARGE_PX = 112
_SMALL_PX = 56
_ROOM_FOR_BARS_PX = 340
_ROOM_FOR_LARGE_PX = 460


class DetailCard(QFrame):
    """A card; what does not fit into a narrow one stands in its tool-tip.

    Signals:
        opened(): A person wants to see the sample in large.
    """

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.picture = PictureView("the picture as the network sees it", _LARGE_PX)
        self._title = cut_label(size="strong")
        self._loss = label(role="text_2", size="small")
        self._words = label(role="text_2", size="small", wrap=True)
        self.bars = Bars("The most probable classes")
        self.explain = button("Explain …", kind="small", icon_name="bulb", tip="Why the network says this")
        words = QWidget()
        explain = row(self.explain, None)
        words.setLayout(column(None, self._title, self._loss, self._words, 4, explain, None, space=2))
        words.setMinimumWidth(120)
        self.setLayout(row(self.picture, words, self.bars, space=12, margins=(10, 10, 10, 10)))
        layout = self.layout()
        assert layout is not None
        layout.setAlignment(self.bars, Qt.AlignmentFlag.AlignVCenter)

    @property
    def title(self) -> str:
        """Which sample it shows."""
        return self._title.text()

    @property
    def words(self) -> str:
        """What it is and what it was read as."""
        return self._words.text()

    def show_sample(
        self, evaluation: Evaluation, sample: int, title: str, picture: npt.NDArray[Any] | None
    ) -> None:
        """Show one sample of ``evaluation``, with its ``picture`` where it has one."""
        names = evaluation.facts.class_names
        actual, predicted = names[int(evaluation.actual[sample])], evaluation.predicted_name(sample)
        self.picture.setVisible(picture is not None)
        self.picture.show_picture(picture)
        self._title.setText(title)
        self._loss.setText(f"Loss {number(float(evaluation.losses[sample]))}")
        self._words.setText(f"Actual {actual}, read as {predicted}")
        self.bars.show_bars(_best_bars(evaluation, sample))
        self.bars.setFixedHeight(PITCH_PX * len(self.bars.bars))
        best = "\n".join(f"{bar.name}: {bar.figure}" for bar in self.bars.bars)
        self.setToolTip(f"{self.title}\n{self._loss.text()}\n{self.words}\n{best}")

    def show_room(self, width: int, low: bool) -> None:
        """Leave out the bars in a narrow gallery, and take a smaller picture in a low one."""
        self.bars.setVisible(width >= _ROOM_FOR_BARS_PX)
        side = _SMALL_PX if low or width < _ROOM_FOR_LARGE_PX else _LARGE_PX
        self.picture.setFixedSize(side, side)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.opened.emit()


def _best_bars(evaluation: Evaluation, sample: int) -> list[Bar]:
    """Return the most probable classes, the highest first."""
    guess = guess_at(evaluation, sample)
    if guess is None:
        return []
    best = np.argsort(-guess.shares, kind="stable")[:_BEST]
    shares = np.clip(guess.shares, 0.0, 1.0)
    winner = "accent" if evaluation.right[sample] else "error"
    return [
        Bar(guess.names[i], float(shares[i]), guess.figure(i), winner if i == guess.best else "text_3")
        for i in map(int, best)
    ]
