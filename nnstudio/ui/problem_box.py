"""ProblemBox: a problem in sentences, with the fixes that are offered as buttons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from nnstudio.engine.problems import Fix, Problem, Severity
from nnstudio.ui.widgets import button, label


class ProblemBox(QFrame):
    """Shown only while there is a problem.

    Signals:
        fix_wanted(fix): A person pressed an offered fix.
    """

    fix_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._problem: Problem | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(12, 10, 12, 10)
        self._body.setSpacing(8)
        self.hide()

    def show_problem(self, problem: Problem | None) -> None:
        """Show a problem; None where there is none."""
        self.setVisible(problem is not None)
        if problem == self._problem:
            return
        self._problem = problem
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if problem is not None:
            self._fill(problem)

    def _fill(self, problem: Problem) -> None:
        self.setProperty("ground", "error" if problem.severity is Severity.ERROR else "warning")
        self.style().polish(self)
        self._body.addWidget(label(problem.sentence, size="strong", wrap=True))
        if problem.reason:
            self._body.addWidget(label(problem.reason, role="text_2", wrap=True))
        for fix in problem.fixes:
            self._body.addWidget(self._fix_button(fix))

    def _fix_button(self, fix: Fix) -> QPushButton:
        pressed = button(fix.label, kind="small")
        pressed.clicked.connect(partial(self.fix_wanted.emit, fix))
        return pressed
