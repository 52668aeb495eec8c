"""StageLines: keeps the words of the stages, the main button and the window's title true."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from nnstudio.session import words
from nnstudio.session.session import Session
from nnstudio.ui.icons import icon
from nnstudio.ui.life_cycle_bar import StageLine
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.widgets import label

_FOLLOW_MS = 250  # live words change four times a second

_LINES: tuple[Callable[[Session], words.Line], ...] = (
    words.data_line,
    words.model_line,
    words.training_line,
    words.prediction_line,
)


class StageLines(QObject):
    """Listens to everything that the words depend on; while a training runs a timer follows it."""

    def __init__(self, window: MainWindow, session: Session, main_action: QAction) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._action = main_action
        self._machine = label("", role="text_2", size="caption")
        self._machine.setContentsMargins(0, 0, 10, 0)
        window.add_status(self._machine)
        self._timer = QTimer(self, interval=_FOLLOW_MS)
        self._timer.timeout.connect(self.show_lines)
        signals = (
            session.run_changed,
            session.sweeps.changed,
            session.weights_changed,
            session.evaluated,
            session.dataset_changed,
            session.document.settled,
        )
        for signal in signals:
            signal.connect(self.show_all)
        session.sweeps.progressed.connect(self.show_lines)
        session.project.changed.connect(self._show_name)  # comes when the undo stack knows its state
        self.show_all()

    def show_all(self) -> None:
        """Show everything anew."""
        self.show_lines()
        verb = words.main_verb(self._session)
        self._action.setText(verb.text)
        self._action.setToolTip(verb.tip)
        self._action.setIcon(icon(verb.icon, "on_accent"))
        self._action.setEnabled(verb.enabled)
        if self._session.running:
            self._timer.start()
        else:
            self._timer.stop()

    def show_lines(self) -> None:
        """Show the stages' second lines, and the progress in the window's title."""
        for index, line_of in enumerate(_LINES):
            line = line_of(self._session)
            self._window.stages.show_line(index, StageLine(line.text, line.tone))
        self._machine.setText(words.machine_words(self._session))
        self._show_name()

    def _show_name(self) -> None:
        self._window.setWindowModified(self._session.project.modified)
        self._window.setWindowTitle(words.window_title(self._session))
