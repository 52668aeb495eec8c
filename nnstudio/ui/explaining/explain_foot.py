"""ExplainFoot: keep an explanation as a picture, and close it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from nnstudio.ui.widgets import button, label, row


class ExplainFoot(QWidget):
    """One row below the explanation; ``shown`` is what is kept of it."""

    def __init__(self, shown: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.note = label(role="text_2", size="small")
        self.copy = button("Copy", icon_name="copy", tip="Put the explanation on the clipboard as a picture")
        self.save = button("Save as PNG …", icon_name="export")
        self.close_button = button("Close")
        for one in (self.copy, self.save, self.close_button):
            one.setAutoDefault(False)
        self.setLayout(row(self.note, None, self.copy, self.save, self.close_button, space=8))
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask)

    def save_to(self, path: str) -> bool:
        """Write the picture; return whether that went well, which is told either way."""
        saved = self._shown.grab().save(path)
        self.note.setText("Saved." if saved else "It could not be written there: choose another folder.")
        return saved

    def _ask(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, "Save the explanation", "explained.png", "Pictures (*.png)"
        )
        if path:
            self.save_to(path if path.lower().endswith(".png") else f"{path}.png")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setPixmap(self._shown.grab())
        self.note.setText("Copied.")
