"""Document: the study being edited, its undo history and its problems."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from nnstudio.engine.checks import Report, check_design
from nnstudio.engine.design import Design
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.plan_checks import plan_problems
from nnstudio.engine.problems import Problem
from nnstudio.experiments.study import Study
from nnstudio.task import DataFacts

_CHANGE_ID = 1


class Document(QObject):
    """The one place where the study changes, always through its undo stack.

    Signals:
        changed(before, after): The study changed, by an edit, undo or redo.
        checked(report): The report changed: after each edit, and when other data came.
        settled(): The study, the report or both changed, and all who follow each alone know it.
    """

    changed = Signal(object, object)
    checked = Signal(object)
    settled = Signal()

    def __init__(self, study: Study, facts: DataFacts) -> None:
        super().__init__()
        self.undo_stack = QUndoStack(self)
        self._study = study
        self._facts = facts
        self._report = self._check()

    @property
    def study(self) -> Study:
        """The study as it is now."""
        return self._study

    @property
    def design(self) -> Design:
        """The study's design."""
        return self._study.design

    @property
    def facts(self) -> DataFacts:
        """What the checks know of the data."""
        return self._facts

    @property
    def report(self) -> Report:
        """Shapes, counts and problems of the design for these data."""
        return self._report

    @property
    def plan_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the plan for these data."""
        return plan_problems(self._study.plan, self._facts, self._study.design)

    @property
    def obstacle(self) -> str:
        """Why the study cannot be trained, as a sentence; "" where it can."""
        if not self._facts.training_count:
            return "There are no samples to train with. Open the data in the Data tab."
        if self._report.errors:
            return f"The model has a problem: {self._report.errors[0].sentence}"
        forbidding = (problem.sentence for problem in self.plan_problems if problem.forbids)
        return next((f"The plan has a problem: {sentence}" for sentence in forbidding), "")

    def show_facts(self, facts: DataFacts) -> None:
        """Check the design against other data; no edit."""
        if facts != self._facts:
            self._facts = facts
            self._recheck()
            self.settled.emit()

    def open(self, study: Study, facts: DataFacts) -> None:
        """Begin anew with another study, for data with ``facts``: clean, and nothing to undo."""
        before, self._study, self._facts = self._study, study, facts
        self.undo_stack.clear()
        self._recheck()
        self.changed.emit(before, study)
        self.settled.emit()

    def edit(self, text: str, study: Study, merge: str = "") -> None:
        """Replace the study as one undo step named ``text``.

        Successive edits with the same ``merge`` become one step; one that changes nothing is none.
        """
        if study != self._study:
            self.undo_stack.push(_Change(self, text, study, merge))

    def edit_design(self, text: str, design: Design, merge: str = "") -> None:
        """Replace the design as one undo step."""
        self.edit(text, replace(self._study, design=design), merge)

    def edit_plan(self, text: str, plan: TrainingPlan, merge: str = "") -> None:
        """Replace the plan as one undo step."""
        self.edit(text, replace(self._study, plan=plan), merge)

    def take(self, study: Study) -> None:
        """Set the study; for the undo command alone."""
        before, self._study = self._study, study
        if before.design != study.design or before.plan.batch_size != study.plan.batch_size:
            self._recheck()
        self.changed.emit(before, study)
        self.settled.emit()

    def _recheck(self) -> None:
        self._report = self._check()
        self.checked.emit(self._report)

    def _check(self) -> Report:
        return check_design(self.design, self._facts, self._study.plan.batch_size)

    def close(self) -> None:
        """Forget the history: Python may destroy the steps before the stack that would then end them once more."""
        self.undo_stack.blockSignals(True)  # nobody is left to hear
        self.undo_stack.clear()


class _Change(QUndoCommand):
    """One step: the study before and the study after."""

    def __init__(self, document: Document, text: str, after: Study, merge: str) -> None:
        super().__init__(text)
        self._document = document
        self._before = document.study
        self._after = after
        self._merge = merge

    def redo(self) -> None:
        self._document.take(self._after)

    def undo(self) -> None:
        self._document.take(self._before)

    def id(self) -> int:
        return _CHANGE_ID if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802
        if not isinstance(other, _Change) or other._merge != self._merge:
            return False
        self._after = other._after
        self.setText(other.text())
        self.setObsolete(self._before == self._after)
        return True
