"""Messages: sentences to a person: what went wrong, what would be lost, and reports of bugs to copy."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

import nnstudio

# Standard buttons would bring icons of the desktop's, which do not follow our theme.
_NO_BUTTON = QMessageBox.StandardButton.NoButton


def tell(
    parent: QWidget, title: str, sentence: str, icon: QMessageBox.Icon = QMessageBox.Icon.NoIcon
) -> QMessageBox:
    """Show a sentence, without holding anything up."""
    box = _box(parent, title, sentence, icon)
    box.addButton("OK", QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def ask(parent: QWidget, title: str, sentence: str, verb: str, agreed: Callable[[], None]) -> QMessageBox:
    """Ask before something would be lost; ``agreed`` is called when a person presses ``verb``."""
    box = _box(parent, title, sentence, QMessageBox.Icon.Question)
    yes: QPushButton = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    yes.clicked.connect(agreed)
    box.setDefaultButton(box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole))  # Enter loses nothing
    box.open()
    return box


def ask_to_save(
    parent: QWidget, title: str, sentence: str, save: Callable[[], None], discard: Callable[[], None]
) -> QMessageBox:
    """Ask, once, whether to save, to discard or to go back; Enter saves."""
    box = _box(parent, title, sentence, QMessageBox.Icon.Question)
    yes: QPushButton = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
    yes.clicked.connect(save)
    box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole).clicked.connect(discard)
    box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(yes)
    box.open()
    return box


def choose(
    parent: QWidget, title: str, sentence: str, verbs: Mapping[str, Callable[[], None]]
) -> QMessageBox:
    """Ask what to do; the last of ``verbs`` is done where a person closes the question."""
    box = _box(parent, title, sentence, QMessageBox.Icon.Question)
    for verb, done in verbs.items():
        button: QPushButton = box.addButton(verb, QMessageBox.ButtonRole.ActionRole)
        button.clicked.connect(done)
        box.setEscapeButton(button)
    box.open()
    return box


def _box(parent: QWidget, title: str, sentence: str, icon: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(icon, title, sentence, _NO_BUTTON, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def about_words() -> str:
    """Say what this is."""
    return (
        f"nnstudio {nnstudio.__version__}\n\nBuild small neural networks, watch them learn, look at what "
        "they get wrong.\n\nMIT licence. The sample digits are part of MNIST (CC BY-SA 3.0)."
    )


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
        self._report = ""
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
        if self._box is not None:
            return  # one report is enough; the others stand in the terminal
        sentence = "nnstudio met an error of its own. Your work is still open; please report this."
        self._box = _box(self._parent, "An error in nnstudio", sentence, QMessageBox.Icon.Critical)
        self._box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
        self._box.finished.connect(self._forget)
        self._report = f"{diagnostics()}\n\n{report}"
        self._box.setDetailedText(self._report)
        copy = self._box.addButton("Copy the report", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        self._box.open()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report)

    def _forget(self) -> None:
        self._box = None
