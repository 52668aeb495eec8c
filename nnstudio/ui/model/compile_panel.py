"""CompilePanel: the loss, the optimizer and the metrics with their settings, and what fits the data."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.engine.advice import advice
from nnstudio.engine.fit_choices import fitting_losses, fitting_metrics
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import Metric
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.problems import Fix
from nnstudio.engine.purpose import purpose_words
from nnstudio.session import design_edits, learning_edits
from nnstudio.session.document import Document
from nnstudio.settings import Setting
from nnstudio.ui.editors.choices import ChoiceEditor
from nnstudio.ui.model.advice_box import AdviceBox
from nnstudio.ui.model.metrics_box import MetricsBox
from nnstudio.ui.problem_box import ProblemBox
from nnstudio.ui.setting_row import SettingRow
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.widgets import label

_LOSS = Setting("What training makes small.", LOSSES[0](), name="loss", choices=LOSSES)
_OPTIMIZER = Setting(
    "How a batch changes the weights.", OPTIMIZERS[0](), name="optimizer", choices=OPTIMIZERS
)


class CompilePanel(QWidget):
    """Shows how the document's design learns; what a person changes is undone like any edit."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.loss = SettingRow(_LOSS, SettingsForm)
        self.optimizer = SettingRow(_OPTIMIZER, SettingsForm)
        self.metrics = MetricsBox()
        self.purpose = label(role="text_2", wrap=True)
        self._words = label(role="text_2", size="caption", wrap=True)
        self.advice = AdviceBox()
        self._problem = ProblemBox()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(label("Compile", size="strong"))
        parts = (
            self.purpose,
            self._words,
            self.loss,
            self.optimizer,
            self.metrics,
            self._problem,
            self.advice,
        )
        for widget in parts:
            layout.addWidget(widget)
        self.loss.edited.connect(self._change_loss)
        self.optimizer.edited.connect(self._change_optimizer)
        self.metrics.edited.connect(self._change_metrics)
        self._problem.fix_wanted.connect(self._apply_fix)
        self.advice.fix_wanted.connect(self._apply_fix)
        document.settled.connect(self.show_document)
        self.show_document()

    def show_document(self) -> None:
        """Show loss, optimizer, metrics and the problems of the document's design."""
        design, report = self._document.design, self._document.report
        self._show_losses()
        self.loss.show_value(design.loss)
        self.optimizer.show_value(design.optimizer)
        self.metrics.show_metrics(design.metrics, fitting_metrics(design, report, self._document.facts))
        self.purpose.setText(purpose_words(report, self._document.facts))
        self._words.setText(design.loss.one_line())
        self.advice.show_advice(advice(design, report, self._document.facts))
        problems = [problem for where in ("loss", "optimizer", "metrics") for problem in report.at(where)]
        self._problem.show_problem(problems[0] if problems else None)

    def _show_losses(self) -> None:
        """Offer the losses that fit the data first."""
        fitting = fitting_losses(self._document.report, self._document.facts)
        others = tuple(kind for kind in LOSSES if kind not in fitting)
        if isinstance(self.loss.editor, ChoiceEditor):
            self.loss.editor.show_choices(fitting, others)

    def _change_loss(self, name: str, loss: Any) -> None:
        learning_edits.change_loss(self._document, loss)

    def _change_optimizer(self, name: str, optimizer: Any) -> None:
        learning_edits.change_optimizer(self._document, optimizer)

    def _change_metrics(self, metrics: tuple[Metric, ...]) -> None:
        learning_edits.change_metrics(self._document, metrics)

    def _apply_fix(self, fix: Fix) -> None:
        design_edits.apply_fix(self._document, fix)
