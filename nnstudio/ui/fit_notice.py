"""FitNotice: says where the design does not fit the data, and offers to make it fit, in one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from nnstudio.engine.fit_whole import misfit_words, whole_fix
from nnstudio.engine.problems import Fix
from nnstudio.session import design_edits
from nnstudio.session.session import Session
from nnstudio.ui.notice import notice
from nnstudio.ui.widgets import button, column, label


class FitNotice(QWidget):
    """Shown only while there are data that the design does not fit, and an edit that mends that.

    Whoever gives it a place calls `show_state` then.
    """

    def __init__(
        self, session: Session, margins: Sequence[int] = (0, 0, 0, 0), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = session.document
        self._fix: Fix | None = None
        self.words = label(wrap=True)
        self.button = button("", kind="small")
        self.button.clicked.connect(self._apply)
        self.setLayout(column(notice("warning", self.words, below=self.button), margins=margins))
        self._document.checked.connect(self.show_state)
        self.hide()  # shown before it has a place it would be a window of its own

    def show_state(self) -> None:
        """Show whether the design fits."""
        document = self._document
        misfits = document.facts.training_count and not document.report.ready
        self._fix = whole_fix(document.design, document.facts) if misfits else None
        if self._fix is not None:
            sentence = misfit_words(document.report, document.facts)
            self.words.setText(f"The design does not fit the data. {sentence}")
            self.button.setText(self._fix.label)
        self.setVisible(self._fix is not None)

    def _apply(self) -> None:
        if self._fix is not None:
            design_edits.apply_fix(self._document, self._fix)
