"""NinesDialog: shows the first nine right and the first nine wrong, and saves them as a picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QWidget

from nnstudio.data.dataset import Samples
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.nines import nines_picture
from nnstudio.ui.widgets import button, column, row


class NinesDialog(QDialog):
    """The picture, and buttons that save or copy it."""

    def __init__(self, evaluation: Evaluation, samples: Samples, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"The first nine right and wrong: {evaluation.set_name}")
        self.picture: QImage = nines_picture(evaluation, samples)
        shown = QLabel()
        shown.setPixmap(QPixmap.fromImage(self.picture))
        shown.setAccessibleName("The first nine right and the first nine wrong")
        self.note = QLabel()
        self.save = button("Save as PNG …", kind="primary", icon_name="export")
        self.copy = button("Copy", icon_name="copy")
        self.close_button = button("Close")
        feet = row(self.note, None, self.copy, self.close_button, self.save, space=8)
        self.setLayout(column(shown, feet, space=12, margins=(16, 16, 16, 16)))
        self.save.clicked.connect(self._ask)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.reject)

    def save_to(self, path: str) -> bool:
        """Write the picture; return whether that went well, which is told either way."""
        saved = self.picture.save(path)
        self.note.setText("Saved." if saved else "It could not be written there: choose another folder.")
        return saved

    def _ask(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Save the picture", "nine.png", "Pictures (*.png)")
        if path:
            self.save_to(path if path.lower().endswith(".png") else f"{path}.png")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setImage(self.picture)
        self.note.setText("Copied.")
