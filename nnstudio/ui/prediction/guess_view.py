"""GuessView: what the network makes of a drawing: its guess in large, how sure it is, a bar per class."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnstudio.ui.prediction.bars import Bars, bars_of
from nnstudio.ui.prediction.guess import Guess
from nnstudio.ui.widgets import button, column, label, row

_HEAD_PX = 52
_LETTER_PX = 36


class GuessView(QWidget):
    """Shows a guess; without one, nothing is claimed and the bars are empty."""

    def __init__(self, parent: QWidget | None = None, *, explains: bool = False) -> None:
        super().__init__(parent)
        self._explains = explains
        self._name = label(size="guess")
        self._name.setMinimumWidth(_LETTER_PX)
        self._certainty = label(size="strong")
        self._doubt = label(role="text_2", size="small", wrap=True)
        self.bars = Bars("How probable each class is")
        words = column(None, self._certainty, self._doubt, None, space=2)
        self.explain = button("", kind="small", icon_name="bulb", tip="Explain what the network says …")
        layout = row(self._name, words, self.explain, space=12)
        layout.setStretch(1, 1)
        layout.setAlignment(self._name, Qt.AlignmentFlag.AlignVCenter)
        head = QWidget()
        head.setFixedHeight(_HEAD_PX)  # with or without a guess, so that the bars stay where they are
        head.setLayout(layout)
        self.setLayout(column(head, self.bars, space=10))

    @property
    def name(self) -> str:
        """The guessed class; "" without a guess."""
        return self._name.text()

    @property
    def certainty(self) -> str:
        """How sure the network is."""
        return self._certainty.text()

    def show_guess(self, guess: Guess | None, names: Sequence[str], nothing: str) -> None:
        """Show a guess about the classes ``names``; ``nothing`` says why there is none."""
        self._name.setText("" if guess is None else guess.name)
        long = guess is not None and len(guess.name) > 3
        self._name.setProperty("textSize", "title" if long else "guess")
        self._name.style().polish(self._name)
        self._name.setMinimumWidth(0 if guess is None else _LETTER_PX)
        self._name.setVisible(guess is not None)
        self.explain.setVisible(guess is not None and self._explains)
        self._certainty.setText("" if guess is None else guess.certainty)
        self._certainty.setVisible(guess is not None)
        self._doubt.setText(nothing if guess is None else guess.doubt)
        self._doubt.setVisible(bool(self._doubt.text()))
        self.bars.show_bars(bars_of(guess, names))
