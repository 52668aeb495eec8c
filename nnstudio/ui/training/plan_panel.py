"""PlanPanel: how long and on what to train, the learning rate, and what the run shown was."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.session import learning_edits as edits
from nnstudio.session.session import Session
from nnstudio.ui.problem_box import ProblemBox
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.training.patience import Patience
from nnstudio.ui.training.rate_dialog import RateDialog
from nnstudio.ui.training.run_box import RunBox
from nnstudio.ui.training.schedule_preview import SchedulePreview
from nnstudio.ui.training.validation_row import FILE, ValidationRow
from nnstudio.ui.widgets import button, chain_focus, label, panel, row

_FIND_TIP = "Try growing learning rates on a fresh network, and see which one suits (Ctrl+F7)"
_RATE = ("learning_rate", "schedule")


class PlanPanel(QWidget):
    """The forms of the plan and of the optimizer's learning rate, both undone like any edit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document = session.document
        self.plan = SettingsForm()
        self.validation = ValidationRow(session)
        self.rate = SettingsForm(only=_RATE)
        self._hint = label(
            "Epochs, learning rate and schedule hold from the next batch on, all else for the next run.",
            role="text_3",
            size="caption",
            wrap=True,
        )
        self.preview = SchedulePreview()
        self.find_button = button("Find a learning rate …", kind="small", icon_name="search", tip=_FIND_TIP)
        self.patience = Patience(session)
        self._problem = ProblemBox()
        self.run_box = RunBox(session)
        self._lay_out()
        self.run_box.show_run()
        self.plan.show_owner(self._document.study.plan)
        self.plan.insert_before("validation_split", self.validation, *self.validation.fields)
        self.plan.chain_before_more(self.rate)
        self._chained: type | None = None
        self._connect()
        self.show_study()

    def _lay_out(self) -> None:
        ground = panel("surface")
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(label("Plan", size="strong"))
        layout.addWidget(self.patience)
        for form in (self.plan, self.rate, self.preview):
            layout.addWidget(form)
        layout.addLayout(row(None, self.find_button))
        layout.addWidget(self.plan.more)
        for told in (self._problem, self._hint, self.run_box):
            layout.addWidget(told)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def _connect(self) -> None:
        self.plan.edited.connect(self._change_plan)
        self.rate.edited.connect(self._change_rate)
        self.find_button.clicked.connect(self.find_rate)
        self._document.settled.connect(self.show_study)
        self._session.dataset_changed.connect(self.show_study)
        self._session.run_changed.connect(self.show_study)

    def find_rate(self) -> None:
        """Look for a learning rate that suits."""
        if not self._document.obstacle:
            RateDialog(self._session, self.window()).open()

    def show_progress(self) -> None:
        """Show what changes while a training runs; called several times a second."""
        self.run_box.show_run()
        self.patience.show_run()

    def show_study(self) -> None:
        """Show the plan of the document."""
        self.plan.show_owner(self._document.study.plan)
        self.rate.show_owner(self._document.design.optimizer)
        self.validation.show_study()
        self.plan.rows["validation_split"].setVisible(self.validation.choice != FILE)
        self._chain_button()
        self._show_preview()
        self._problem.show_problem(next(iter(self._document.plan_problems), None))
        self._hint.setVisible(self._session.running)
        self.find_button.setEnabled(not self._document.obstacle)
        self.patience.show_run()

    def _chain_button(self) -> None:
        """Let Tab reach the button after the schedule; another optimizer has rows of its own."""
        kind = type(self._document.design.optimizer)
        if kind is not self._chained:
            self._chained = kind
            chain_focus(self.rate.rows["schedule"].fields[-1], self.find_button)

    def _show_preview(self) -> None:
        plan, dataset = self._document.study.plan, self._session.dataset
        share = plan.validation_split if dataset.validation is None else 0.0
        count = math.floor(len(dataset.training) * (1.0 - share))
        steps = plan.epochs * math.ceil(count / plan.batch_size)
        self.preview.show_schedule(self._document.design.optimizer, steps)

    def _change_plan(self, name: str, value: Any) -> None:
        edits.change_plan(self._document, name, value)

    def _change_rate(self, name: str, value: Any) -> None:
        edits.change_optimizer(self._document, replace(self._document.design.optimizer, **{name: value}))
