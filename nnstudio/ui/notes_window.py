"""NotesWindow: a place to write down what was tried and seen; it stays open beside the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QToolButton

from nnstudio.session.session import Session
from nnstudio.ui.icons import icon
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.widgets import column, label

_SIZE = QSize(440, 360)
_SIGN_ICON = QSize(14, 12)
_HINT = "What you tried, what you saw, what to try next …"
_KEPT = "Notes are part of the project: they are saved with it."


class NotesWindow(QDialog):
    """Plain text; every letter is in the project at once, and undone by the text's own undo."""

    def __init__(self, window: MainWindow, session: Session, saving: list[QAction]) -> None:
        super().__init__(window)
        self._session = session
        self.text = QPlainTextEdit(placeholderText=_HINT, tabChangesFocus=True)
        self.text.setAccessibleName("Notes on the project")
        self.setLayout(
            column(self.text, label(_KEPT, role="text_2", size="caption"), margins=(12, 12, 12, 12))
        )
        self.resize(_SIZE)
        self.addActions(saving)  # their keys work here as well
        self.text.textChanged.connect(self._take)
        session.notes_changed.connect(self._show)
        session.project.changed.connect(self._show_name)
        self._show()
        self._show_name()

    def bring(self) -> None:
        """Show the window before all others."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def _take(self) -> None:
        self._session.write_notes(self.text.toPlainText())

    def _show(self) -> None:
        notes = self._session.notes
        if notes != self.text.toPlainText():
            self.text.setPlainText(notes)
            self.text.moveCursor(QTextCursor.MoveOperation.End)

    def _show_name(self) -> None:
        self.setWindowTitle(f"Notes on {self._session.project.name}")


class NotesSign(QToolButton):
    """A small button in the status bar, there only where the project has notes."""

    def __init__(self, session: Session, notes: QAction) -> None:
        super().__init__()
        self._session = session
        self.setProperty("kind", "sign")
        self.setText("Notes")
        self.setIcon(icon("pencil", "text_2"))
        self.setIconSize(_SIGN_ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip("The project has notes")
        self.clicked.connect(notes.trigger)
        session.notes_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._session.notes.strip()))
