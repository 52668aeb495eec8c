"""ExportedDialog: what was written, how far it predicts otherwise, and the code to use it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from nnstudio.session.exporter import Exported
from nnstudio.ui.widgets import button, column, label, row

_WIDE_PX, _HIGH_PX = 640, 220


class ExportedDialog(QDialog):
    """Tells that all is well, with code that can be copied."""

    def __init__(self, parent: QWidget | None, exported: Exported) -> None:
        super().__init__(parent)
        self.setWindowTitle("Exported")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._exported = exported
        title = label(exported.path.name, size="title")
        self.words = label(exported_words(exported), role="text_2", wrap=True)
        self.code = QPlainTextEdit(exported.snippet)
        self.code.setReadOnly(True)
        self.code.setAccessibleName("How to use it")
        self.code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.code.setMinimumSize(_WIDE_PX, _HIGH_PX)
        self.copy_button = button("Copy the code", icon_name="copy")
        self.copy_button.clicked.connect(self._copy)
        close = button("Close", kind="primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot = row(self.copy_button, None, close)
        heading = label("How to use it", size="strong")
        parts = (title, self.words, 4, heading, self.code, 4, foot)
        self.setLayout(column(*parts, space=10, margins=(20, 18, 20, 16)))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._exported.snippet)
        self.copy_button.setText("Copied")


def exported_words(exported: Exported) -> str:
    """Say what lies where, and how it was checked."""
    sentences = [f"It lies in {exported.path.parent}."]
    if exported.files:
        sentences.append(f"Beside it: {', '.join(file.name for file in exported.files)}.")
    if exported.difference is not None:
        count = "1 sample" if exported.count == 1 else f"{exported.count} samples"
        how = (
            "exactly the same" if exported.difference == 0 else f"the same but for {exported.difference:.1g}"
        )
        sentences.append(f"Read back, it predicts {how} for {count}.")
    return " ".join((*sentences, *exported.notes))
