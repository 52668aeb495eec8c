"""Workbench: joins the window, the session, the tabs and the actions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QWidget,
)

from nnstudio.experiments.label_bug import label_bug
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.session.steering_table import Verb
from nnstudio.ui.actions import fill_menus
from nnstudio.ui.data.data_tab import DataTab
from nnstudio.ui.file_verbs import FileVerbs
from nnstudio.ui.handlers import handlers
from nnstudio.ui.lessons.label_bug_dialog import LabelBugDialog
from nnstudio.ui.main_window import STAGES, MainWindow
from nnstudio.ui.messages import diagnostics
from nnstudio.ui.model.design_dialogs import DesignDialogs
from nnstudio.ui.model.model_tab import ModelTab
from nnstudio.ui.model.stack_actions import StackActions
from nnstudio.ui.notes_window import NotesSign, NotesWindow
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.project_verbs import ProjectVerbs
from nnstudio.ui.recent_menu import RecentMenu
from nnstudio.ui.stage_lines import StageLines
from nnstudio.ui.status_line import StatusLine
from nnstudio.ui.theme_switch import ThemeSwitch
from nnstudio.ui.training.training_tab import TrainingTab

_TRAINING, _PREDICTION = 2, 3
_VERBS = {"step": Verb.STEP, "stop": Verb.STOP, "more": Verb.MORE}
_USES_SPACE = (QAbstractButton, QAbstractItemView, QComboBox)


class Workbench(QObject):
    """Owns nothing but the wiring."""

    def __init__(
        self, window: MainWindow, session: Session, preferences: Preferences, themes: ThemeSwitch
    ) -> None:
        super().__init__(window)
        self.window = window
        self.session = session
        self.themes = themes
        self.projects = ProjectVerbs(window, session, preferences)
        self.files = FileVerbs(window, session, preferences, self.projects)
        self.model_tab = ModelTab(session)
        self.dialogs = DesignDialogs(window, session)
        self.actions = fill_menus(window, handlers(self))
        self.actions["recent"].setMenu(RecentMenu(preferences, self.files.open_path, window))
        self.actions["train"].setShortcuts([QKeySequence("F5"), QKeySequence("Space")])
        self.training_tab = TrainingTab(session, self.actions["train"], preferences)
        self.prediction_tab = PredictionTab(session)
        self.data_tab = DataTab(session, preferences)
        self.tabs: list[QWidget] = [self.data_tab, self.model_tab, self.training_tab, self.prediction_tab]
        window.show_pages(self.tabs)
        self._main_button = window.show_tools(
            [self.actions["undo"], self.actions["redo"]], self.actions["train"]
        )
        self._lines = StageLines(window, session, self.actions["train"])
        self.status = StatusLine(window, session)
        self.notes = NotesWindow(window, session, [self.actions["save"], self.actions["save_as"]])
        window.add_status(NotesSign(session, self.actions["notes"]))
        self._connect()

    def _connect(self) -> None:
        session = self.session
        StackActions(session.document, self.model_tab, self.actions)
        self.model_tab.verbs.told.connect(session.told)
        self._connect_undo()
        self.actions[f"theme_{self.themes.choice}"].setChecked(True)
        self.data_tab.open_wanted.connect(self.files.open_file)
        self.training_tab.reset_wanted.connect(self.files.reset)
        self.training_tab.full_mnist_wanted.connect(self.files.open_file)
        self.training_tab.layer_asked.connect(self._show_layer)
        self.model_tab.header.templates_wanted.connect(self.dialogs.show_templates)
        self.prediction_tab.hovered.connect(self.window.show_status)
        self.prediction_tab.explaining.changed.connect(self._show_enabled)
        self.prediction_tab.stage_asked.connect(self._go_to)
        self.window.stages.currentChanged.connect(self._show_stage)
        session.table.changed.connect(self._show_table)
        session.run_changed.connect(self._show_enabled)
        session.document.changed.connect(self._show_enabled)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._show_enabled()
        session.evaluate()

    def _connect_undo(self) -> None:
        undo_stack = self.session.document.undo_stack
        undo_stack.indexChanged.connect(self._name_steps)
        undo_stack.canUndoChanged.connect(self.actions["undo"].setEnabled)
        undo_stack.canRedoChanged.connect(self.actions["redo"].setEnabled)
        self.actions["undo"].setEnabled(False)
        self.actions["redo"].setEnabled(False)

    def _go_to(self, title: str) -> None:
        self.window.stages.setCurrentIndex([name for name, _ in STAGES].index(title))

    def _show_layer(self, name: str) -> None:
        """Go to the card of a layer."""
        self.window.stages.setCurrentIndex(1)
        self.model_tab.show_layer(name)

    def find_layer(self) -> None:
        """Go to the search field of the palette."""
        self.window.stages.setCurrentIndex(1)
        self.model_tab.find_layer()

    def train_more(self) -> None:
        """Train as many epochs more as the Training tab says."""
        self.training_tab.media.train_more()

    def find_rate(self) -> None:
        """Look for a learning rate."""
        self.window.stages.setCurrentIndex(_TRAINING)
        self.training_tab.plan.find_rate()

    def sweep(self) -> None:
        """Put a sweep together."""
        self.window.stages.setCurrentIndex(_TRAINING)
        self.training_tab.results.ask()

    def open_image(self) -> None:
        """Ask for a picture of a digit, and show what the network makes of it."""
        self.window.stages.setCurrentIndex(_PREDICTION)
        self.prediction_tab.pad.pictures.ask()

    def show_templates(self) -> None:
        """Offer networks to begin with, on the tab where they are built."""
        self.window.stages.setCurrentIndex(1)
        self.dialogs.show_templates()

    def show_notes(self) -> None:
        """Open the notes of the project."""
        self.notes.bring()

    def show_next_problem(self) -> None:
        """Go to the next layer with a problem."""
        self.window.stages.setCurrentIndex(1)
        if self.session.document.design.layers:
            self.model_tab.show_next_problem()
        else:
            self.model_tab.header.empty.output.setFocus(Qt.FocusReason.TabFocusReason)

    def export_predictions(self) -> None:
        """Ask where to, and save all predictions of the part that is looked at."""
        self.prediction_tab.export_predictions()

    def show_label_bug(self) -> None:
        """Show the lesson on labels of two kinds that are compared."""
        evaluation, looked = self.session.evaluation, self.session.looked
        samples = self.session.dataset.test if looked is None else looked.samples
        lesson = label_bug(self.session.dataset.facts, samples.y, evaluation)
        LabelBugDialog(lesson, samples, self.window).open()

    def explain(self) -> None:
        """Explain what is chosen on the Prediction tab."""
        self.window.stages.setCurrentIndex(_PREDICTION)
        self.prediction_tab.explaining.explain_shown()

    def copy_diagnostics(self) -> None:
        """Put what a report needs on the clipboard."""
        QApplication.clipboard().setText(diagnostics())
        self.status.tell("Copied what a report needs to know.")

    def _name_steps(self) -> None:
        undo_stack = self.session.document.undo_stack
        for name, verb, step in (
            ("undo", "Undo", undo_stack.undoText()),
            ("redo", "Redo", undo_stack.redoText()),
        ):
            self.actions[name].setText(f"{verb} {step}".strip())
            self.actions[name].setToolTip(f"{verb}: {step}" if step else verb)

    def _show_stage(self, index: int) -> None:
        self._main_button.setVisible(index != _TRAINING)  # there it stands first in the media row

    def _show_enabled(self) -> None:
        for name, verb in _VERBS.items():
            self.actions[name].setEnabled(self.session.can(verb))
        obstacle = self.prediction_tab.explaining.obstacle
        self.actions["explain"].setEnabled(not obstacle)
        self.actions["explain"].setText(f"&Explain …  ({obstacle})" if obstacle else "&Explain …")

    def _show_table(self) -> None:
        """Go to the table that was opened from elsewhere."""
        if self.session.table.is_open:
            self.window.stages.setCurrentIndex(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Leave Space to what uses it: a focused button or list, rather than start a training."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Space and isinstance(QApplication.focusWidget(), _USES_SPACE):
            event.accept()
        return False
