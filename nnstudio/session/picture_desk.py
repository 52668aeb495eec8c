"""PictureDesk: a person's own picture of a digit, read in the background and shown to the network."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from nnstudio.data.arrays import Bytes
from nnstudio.data.own_picture import MOST_PX, OwnPicture, own_picture, read_own_picture
from nnstudio.data.watch import Watch
from nnstudio.session.jobs import Jobs

PICTURE_FILES = "Images (*.png *.jpg *.jpeg *.gif *.bmp *.webp *.tif *.tiff *.pgm *.ppm);;All files (*)"
_TITLE = "Opening an image"


class PictureDesk(QObject):
    """Reads pictures; a newer one takes the place of one that is being read.

    Signals:
        opened(picture): An `OwnPicture` is there.
    """

    opened = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def open_file(self, path: Path) -> None:
        """Read a file."""
        self._jobs.start(_TITLE, partial(read_own_picture, path), self._tell)

    def open_image(self, image: QImage, name: str) -> None:
        """Take an image that is in memory, as of the clipboard."""
        self._jobs.start(_TITLE, partial(_own_picture, QImage(image), name), self._tell)

    def _tell(self, picture: OwnPicture) -> None:
        self.opened.emit(picture)


def _own_picture(image: QImage, name: str, watch: Watch) -> OwnPicture:
    return own_picture(name, _colours(image))


def _colours(image: QImage) -> Bytes:
    """Return the pixels of ``image`` in colour, (height, width, 3), on white where it is transparent."""
    if max(image.width(), image.height()) > MOST_PX:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(MOST_PX, MOST_PX, keep, smooth)
    rgba = _bytes(image.convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied), 4)
    white = 255 - rgba[:, :, 3:]
    return rgba[:, :, :3] + white


def _bytes(image: QImage, channels: int) -> Bytes:
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : channels * image.width()].reshape(image.height(), image.width(), channels).copy()
