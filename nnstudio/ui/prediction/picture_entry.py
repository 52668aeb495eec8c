"""PictureEntry: the ways a picture comes to the pad: a dialog, a drop, the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from nnstudio.session.picture_desk import PICTURE_FILES, PictureDesk

_NAME = "Picture of the clipboard"
_NOTHING = "The clipboard holds no picture: copy one first, or open its file."


class PictureEntry(QObject):
    """Watches a widget for what is dropped on it, and hands pictures to the session.

    Signals:
        refused(sentence): What a person pasted is no picture.
    """

    refused = Signal(str)

    def __init__(self, pictures: PictureDesk, place: QWidget) -> None:
        super().__init__(place)
        self._pictures, self._place = pictures, place
        place.setAcceptDrops(True)
        place.installEventFilter(self)

    def ask(self) -> None:
        """Ask for a file with a picture, and open it."""
        path, _ = QFileDialog.getOpenFileName(self._place.window(), "Open an image", "", PICTURE_FILES)
        if path:
            self._pictures.open_file(Path(path))

    def paste(self) -> None:
        """Take what is in the clipboard."""
        if not self.take(QApplication.clipboard().mimeData(), _NAME):
            self.refused.emit(_NOTHING)

    def take(self, data: QMimeData, name: str) -> bool:
        """Open what ``data`` hold; return whether that is a picture or a file."""
        path, image = _file(data), data.imageData() if data.hasImage() else None
        if path:
            self._pictures.open_file(Path(path))
        elif isinstance(image, QImage) and not image.isNull():
            self._pictures.open_image(image, name)
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        data = event.mimeData()
        if not (data.hasImage() or _file(data)):
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self.take(data, "Dropped picture")
        return True


def _file(data: QMimeData) -> str:
    """Return the first file that ``data`` name."""
    return next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "")
