"""Messages: sentences to a person: what went wrong, what would be lost, and reports of bugs to copy."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

import nnstudio

# Standard buttons would bring icons of the desktop's, which do not follow our theme.
_NO_BUTTON = QMessageBox.StandardButton.NoButton


def tell_failure(parent: QWidget, title: str, sentence: str) -> QMessageBox:
    """Show what went wrong, without holding anything up."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, sentence, _NO_BUTTON, parent)
    box.addButton("OK", QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def ask(parent: QWidget, title: str, sentence: str, verb: str, agreed: Callable[[], None]) -> QMessageBox:
    """Ask before something would be lost; ``agreed`` is called when a person presses ``verb``."""
    box = QMessageBox(QMessageBox.Icon.Question, title, sentence, _NO_BUTTON, parent)
    yes: QPushButton = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    yes.clicked.connect(agreed)
    box.setDefaultButton(yes)
    box.open()
    return box


def diagnostics() -> str:
    """Return what a report needs to tell about program and machine."""
    import numpy
    import pyqtgraph
    import PySide6

    return "\n".join(
        (
            f"nnstudio {nnstudio.__version__}",
            f"Python {platform.python_version()} on {platform.platform()}",
            f"PySide6 {PySide6.__version__}, NumPy {numpy.__version__}, pyqtgraph {pyqtgraph.__version__}",
            f"Qt platform {QApplication.platformName()}",
        )
    )


class BugReporter(QObject):
    """Shows exceptions that nobody expected, from any thread, as a report that can be copied.

    Signals:
        caught(report): An exception came; emitted in whatever thread it came from.
    """

    caught = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._box: QMessageBox | None = None
        self.caught.connect(self._show)

    def install(self) -> None:
        """Become the hook of the interpreter and of all threads."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(report)
        try:
            self.caught.emit(report)
        except RuntimeError:  # the window is gone
            return

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, report: str) -> None:
        if self._box is not None and self._box.isVisible():
            return  # one report is enough; the others stand in the terminal
        sentence = "nnstudio met an error of its own. Your work is still open; please report this."
        self._box = QMessageBox(
            QMessageBox.Icon.Critical,
            "An error in nnstudio",
            sentence,
            QMessageBox.StandardButton.Close,
            self._parent,
        )
        self._box.setDetailedText(f"{diagnostics()}\n\n{report}")
        copy = self._box.addButton("Copy the report", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        self._box.open()

    def _copy(self) -> None:
        if self._box is not None:
            QApplication.clipboard().setText(self._box.detailedText())
