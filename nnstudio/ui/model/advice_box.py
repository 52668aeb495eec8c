"""AdviceBox: what might be wiser, told quietly, with the edit that would do it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.engine.advice import Advice
from nnstudio.engine.problems import Fix
from nnstudio.ui.notice import Sign
from nnstudio.ui.widgets import button, column, label, panel, row


class AdviceBox(QWidget):
    """Shown only while there is advice; no badge, and nothing that has to be closed.

    Signals:
        fix_wanted(fix): A person takes the advice.
    """

    fix_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[str] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 4, 0, 0)
        self._body.setSpacing(8)
        self.hide()

    def show_advice(self, found: tuple[Advice, ...]) -> None:
        """Show other advice."""
        sentences = [one.sentence for one in found]
        self.setVisible(bool(found))
        if sentences == self._shown:
            return
        self._shown = sentences
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in found:
            self._body.addWidget(self._card(one))

    def _card(self, one: Advice) -> QWidget:
        card = panel("card")
        words = column(label(one.sentence, wrap=True), label(one.reason, role="text_2", wrap=True), space=4)
        for fix in one.fixes:
            words.addLayout(row(self._fix_button(fix), None))
        inside = row(column(Sign("info", "text_3"), None), words, space=10, margins=(12, 10, 12, 10))
        inside.setStretch(1, 1)
        card.setLayout(inside)
        return card

    def _fix_button(self, fix: Fix) -> QWidget:
        pressed = button(fix.label, kind="small")
        pressed.clicked.connect(partial(self.fix_wanted.emit, fix))
        return pressed
