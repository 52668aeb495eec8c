"""SuspectsBox: asks the trained network which labels of the chosen part look wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnstudio.experiments.suspects import suspect_notes, suspects
from nnstudio.session.part_evaluation import PLACE, Judged, evaluate_part
from nnstudio.session.session import Session
from nnstudio.ui.data.parts import Part
from nnstudio.ui.data.subset import Subset
from nnstudio.ui.data.suspect_words import suspect_words
from nnstudio.ui.widgets import button, column, label, row

_UNTRAINED = "Once a network is trained, its surest mistakes show labels that may be wrong."


class SuspectsBox(QWidget):
    """Looks when it is asked to.

    Signals:
        found(Subset): A person wants to see them.
    """

    found = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._part: Part | None = None
        self._asked: Part | None = None
        self._subset: Subset | None = None
        self.words = label(role="text_2", size="small", wrap=True)
        self.look = button("Look for them", kind="small")
        self.show_all = button("Show them", kind="small")
        self.setLayout(column(self.words, row(self.look, self.show_all, None, space=6), space=8))
        self.look.clicked.connect(self._start)
        self.show_all.clicked.connect(self._tell)
        for changed in (session.run_changed, session.evaluated):
            changed.connect(self._follow)
        session.weights_changed.connect(self._forget)

    def show_part(self, part: Part) -> None:
        """Ask about another part."""
        self._part = part
        self._forget()

    def _forget(self) -> None:
        if self._asked is not None:
            self._session.jobs.cancel(PLACE)
        self._asked = self._subset = None
        self._follow()

    def _follow(self) -> None:
        """Say what can be done now, unless something was found."""
        part, session = self._part, self._session
        if self._asked is not None or part is None:
            return
        knows = session.evaluation is not None and session.evaluation.facts == session.dataset.facts
        able = session.trained and knows and part.dataset is session.dataset and len(part.samples) > 0
        which = f"{part.name.lower()} {part.noun}s"
        self.words.setText(f"The surest mistakes of the network on the {which}." if able else _UNTRAINED)
        self.look.setVisible(able)
        self.look.setEnabled(True)
        self.show_all.hide()

    def _start(self) -> None:
        part = self._asked = self._part
        assert part is not None
        self.look.setEnabled(False)
        self.words.setText("Predicting …")
        evaluate_part(self._session, part.samples, part.name.lower(), self._take)

    def _take(self, found: Judged) -> None:
        samples, evaluation = found
        part = self._asked
        if part is None or samples is not part.samples:
            return
        rows = suspects(evaluation)
        notes = {part.name: suspect_notes(evaluation, rows)}
        self._subset = Subset("Suspicious labels", {part.name: rows}, notes)
        self.words.setText(suspect_words(evaluation, len(rows), f"{part.name.lower()} {part.noun}"))
        self.look.hide()
        self.show_all.setVisible(len(rows) > 0)

    def _tell(self) -> None:
        self.found.emit(self._subset)
