"""KeepMenu: a small button that puts results into a file or on the clipboard, as a picture or as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QIODevice, QMimeData, QSaveFile
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox, QPushButton, QWidget

from nnstudio.experiments.class_table import as_csv
from nnstudio.ui.messages import tell
from nnstudio.ui.prediction.matrix_picture import png_of
from nnstudio.ui.widgets import button

_TITLE = "Keep results"
_KINDS = {"png": "Image (*.png)", "svg": "Drawing (*.svg)", "csv": "Table (*.csv)"}


class Keepable(QWidget):
    """What can be kept: asked for the moment that a person wants it."""

    file_name = "results"

    def picture(self) -> QImage:
        """Return it as an image."""
        raise NotImplementedError

    def drawing(self) -> bytes:
        """Return it as the content of an SVG file."""
        raise NotImplementedError

    def rows(self) -> Sequence[Sequence[str]]:
        """Return it as a table with a header."""
        raise NotImplementedError


@dataclass(frozen=True)
class _Choice:
    words: str
    kind: str = ""


_CHOICES = (
    _Choice("Save as image (PNG) …", "png"),
    _Choice("Save as drawing (SVG) …", "svg"),
    _Choice("Save as table (CSV) …", "csv"),
)


class KeepMenu(QPushButton):
    """Its `parent()` is the `Keepable` that it keeps."""

    def __init__(self, owner: Keepable) -> None:
        super().__init__(owner)
        like = button("", kind="small", icon_name="export")
        self.setProperty("kind", like.property("kind"))
        self.setIcon(like.icon())
        self.setIconSize(like.iconSize())
        self.setToolTip("Save or copy what is shown")
        self.setAccessibleName("Save or copy what is shown")
        menu = QMenu(self)
        for choice in _CHOICES:
            menu.addAction(choice.words).setData(choice.kind)
        menu.addSeparator()
        for words in ("Copy image", "Copy table"):
            menu.addAction(words).setData(words)
        menu.triggered.connect(self._do)
        self.setMenu(menu)

    def write(self, path: Path) -> None:
        """Write what is shown; the ending of ``path`` says as what. A failure is told."""
        file = QSaveFile(str(path))  # whole or not at all
        done = file.open(QIODevice.OpenModeFlag.WriteOnly)
        if done:
            file.write(self._content(path.suffix.lower()))
            done = file.commit()
        if not done:
            sentence = f"{path.name} could not be written: {file.errorString()}. Choose another folder."
            tell(self, _TITLE, sentence, QMessageBox.Icon.Warning)

    @property
    def _owner(self) -> Keepable:
        owner = self.parent()
        while owner is not None and not isinstance(owner, Keepable):
            owner = owner.parent()
        assert isinstance(owner, Keepable)
        return owner

    def _content(self, ending: str) -> bytes:
        if ending == ".svg":
            return self._owner.drawing()
        return as_csv(self._owner.rows()) if ending == ".csv" else png_of(self._owner.picture())

    def _do(self, action: QAction) -> None:
        what = action.data()
        if what in _KINDS:
            self._ask(what)
            return
        data = QMimeData()
        if what == "Copy image":
            data.setImageData(self._owner.picture())
        else:
            data.setText("\n".join("\t".join(row) for row in self._owner.rows()))
        QApplication.clipboard().setMimeData(data)

    def _ask(self, kind: str) -> None:
        name = f"{self._owner.file_name}.{kind}"
        path, _ = QFileDialog.getSaveFileName(self, _TITLE, name, _KINDS[kind])
        if path:
            self.write(Path(path) if Path(path).suffix else Path(f"{path}.{kind}"))
