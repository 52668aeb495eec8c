"""PlanPanel: how long and on what to train, the learning rate, and what the run shown was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.session import design_edits as edits
from nnstudio.session.session import Session
from nnstudio.settings import settings_of
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.training.run_box import RunBox
from nnstudio.ui.widgets import column, label, panel, row

_RATE = "learning_rate"


class PlanPanel(QWidget):
    """The forms of the plan and of the optimizer's learning rate, both undone like any edit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document = session.document
        self.plan = SettingsForm()
        self.rate = SettingsForm(only=(_RATE,))
        self._hint = label(role="text_3", size="caption", wrap=True)
        self.run_box = RunBox(session)
        ground = panel("surface")
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addLayout(row(label("Plan", size="strong"), None))
        layout.addLayout(column(self.plan, self.rate, space=0))
        layout.addWidget(self._hint)
        layout.addWidget(self.run_box)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        self.plan.edited.connect(self._change_plan)
        self.rate.edited.connect(self._change_rate)
        session.document.changed.connect(self.show_study)
        session.document.checked.connect(self.show_study)  # other data may not fit the plan
        session.run_changed.connect(self.show_study)
        self.show_study()

    @property
    def hint(self) -> str:
        """What is said below the plan."""
        return self._hint.text()

    def show_study(self) -> None:
        """Show the plan of the document."""
        self.plan.show_owner(self._document.study.plan)
        self.rate.show_owner(self._document.design.optimizer)
        problems = " ".join(problem.sentence for problem in self._document.plan_problems)
        keeps = "A training that runs keeps the settings it began with." if self._session.running else ""
        self._hint.setText(keeps or problems)
        self._hint.setVisible(bool(self.hint))

    def _change_plan(self, name: str, value: Any) -> None:
        plan = self._document.study.plan
        title = next(declared.title.lower() for declared in settings_of(plan) if declared.name == name)
        words = edits.value_words(value)
        self._document.edit_plan(f"set {title} to {words}", replace(plan, **{name: value}), f"plan.{name}")

    def _change_rate(self, name: str, value: Any) -> None:
        optimizer = replace(self._document.design.optimizer, **{name: value})
        edits.change_optimizer(self._document, optimizer, name)
