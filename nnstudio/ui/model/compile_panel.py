"""CompilePanel: the loss, the optimizer with its settings, and what the network does with the data."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from nnstudio.engine.losses import LOSSES
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.problems import Fix, Problem, Severity
from nnstudio.session.document import Document
from nnstudio.settings import Setting
from nnstudio.ui.setting_editors import ChoiceEditor
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.widgets import button, column, label, panel

_LOSS = Setting("What training makes small.", LOSSES[0](), name="loss", choices=LOSSES)
_OPTIMIZER = Setting(
    "How gradients change the weights.", OPTIMIZERS[0](), name="optimizer", choices=OPTIMIZERS
)


class CompilePanel(QWidget):
    """Shows how the document's design learns.

    Signals:
        loss_edited(loss): A person chose another loss.
        optimizer_edited(optimizer, setting): A person chose another one (setting ""), or changed a setting.
        fix_wanted(fix): A person pressed the fix of a problem with the loss.
    """

    loss_edited = Signal(object)
    optimizer_edited = Signal(object, str)
    fix_wanted = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.loss = ChoiceEditor(_LOSS)
        self.optimizer = ChoiceEditor(_OPTIMIZER)
        self.form = SettingsForm()
        self._words = label(role="text_2", size="caption", wrap=True)
        self._problem = panel("warning")
        self._problem.setLayout(column(margins=(12, 10, 12, 10)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(label("Compile", size="strong"))
        layout.addWidget(self._words)
        layout.addLayout(self._choices())
        layout.addWidget(self.form)
        layout.addWidget(self._problem)
        self.loss.edited.connect(self.loss_edited)
        self.optimizer.edited.connect(self._another_optimizer)
        self.form.edited.connect(self._optimizer_setting)
        document.changed.connect(self.show_document)
        document.checked.connect(self.show_document)
        self.show_document()

    def show_document(self) -> None:
        """Show the loss, the optimizer and the problems of the document's design."""
        design = self._document.design
        self.loss.show_value(design.loss)
        self.optimizer.show_value(design.optimizer)
        self.form.show_owner(design.optimizer)
        self._words.setText(design.loss.one_line())
        report = self._document.report
        problems = report.at("loss") + report.at("optimizer") + report.at("metrics")
        self._show_problem(problems[0] if problems else None)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 116)
        grid.setColumnStretch(1, 1)
        for line, (title, editor) in enumerate((("Loss", self.loss), ("Optimizer", self.optimizer))):
            words = label(title, role="text_2")
            words.setBuddy(editor.field)
            grid.addWidget(words, line, 0)
            grid.addWidget(editor, line, 1)
        return grid

    def _show_problem(self, problem: Problem | None) -> None:
        self._problem.setVisible(problem is not None)
        layout = self._problem.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if problem is None or layout is None:
            return
        self._problem.setProperty("ground", "error" if problem.severity is Severity.ERROR else "warning")
        self._problem.style().polish(self._problem)
        layout.addWidget(label(problem.sentence, size="strong", wrap=True))
        layout.addWidget(label(problem.reason, role="text_2", wrap=True))
        for fix in problem.fixes:
            layout.addWidget(self._fix_button(fix))

    def _fix_button(self, fix: Fix) -> QPushButton:
        pressed = button(fix.label, kind="small")
        pressed.clicked.connect(partial(self.fix_wanted.emit, fix))
        return pressed

    def _another_optimizer(self, optimizer: Any) -> None:
        self.optimizer_edited.emit(optimizer, "")

    def _optimizer_setting(self, setting: str, value: Any) -> None:
        changed = replace(self._document.design.optimizer, **{setting: value})
        self.optimizer_edited.emit(changed, setting)
