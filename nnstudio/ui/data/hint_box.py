"""HintBox: something odd about a table, and what can be done about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnstudio.data.recipe import Recipe
from nnstudio.data.understanding import Hint
from nnstudio.ui.notice import Sign
from nnstudio.ui.widgets import button, column, label, panel, row


class HintBox(QWidget):
    """A card for each hint; nothing where there is none.

    Signals:
        chosen(recipe): A person wants it treated so.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[Hint, ...] = ()
        self._cards = column(space=8)
        self.setLayout(self._cards)

    def show_hints(self, hints: tuple[Hint, ...], current: Recipe) -> None:
        """Show other hints; what is so already cannot be pressed."""
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for hint in hints:
            self._cards.addWidget(self._card(hint, current))
        self._cards.addStretch(1)
        self.setVisible(bool(hints))

    def _card(self, hint: Hint, current: Recipe) -> QWidget:
        card = panel("warning")
        buttons = row(space=8)
        for place, (words, recipe) in enumerate(hint.choices):
            one = button(words, kind="small")
            one.setProperty("extent", "first" if not place else "")
            one.setEnabled(recipe != current)
            one.setToolTip("It is so now." if recipe == current else "")
            one.clicked.connect(partial(self.chosen.emit, recipe))
            buttons.addWidget(one)
        buttons.addStretch(1)
        title = row(Sign("warning", "warning"), label(hint.title, size="strong", wrap=True), space=8)
        title.setStretch(1, 1)
        sentence = label(hint.sentence, role="text_2", wrap=True)
        card.setLayout(column(title, sentence, buttons, None, space=6, margins=(14, 10, 14, 10)))
        return card
