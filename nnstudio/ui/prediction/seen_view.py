"""SeenView: what the network sees of a drawing, beside the pad."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from nnstudio.data.arrays import Array
from nnstudio.data.digits import SIDE_PX
from nnstudio.ui.prediction.picture_view import PictureView
from nnstudio.ui.widgets import column, label

SEEN_PX = 84
TIMES = "\u00a0×\u00a0"
_PARTS = "Separate parts: they are read as one digit."


class SeenView(QWidget):
    """The picture, its size or what is odd about it, and whether digits are moved to the middle.

    Signals:
        centring_edited(): A person switched the centring on or off.
    """

    centring_edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PictureView("what the network sees", SEEN_PX)
        self.caption = label(_words(SIDE_PX, SIDE_PX), role="text_3", size="caption", wrap=True)
        self.caption.setFixedWidth(SEEN_PX)
        self.centred = QCheckBox("Centred")
        self.centred.setToolTip("Moved and scaled as in MNIST; without it, as it stands on the pad")
        self.centred.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the pad
        self.centred.setChecked(True)
        self.centred.clicked.connect(self._switched)
        self.setLayout(column(self.view, self.caption, None, self.centred, space=6))

    @property
    def picture(self) -> Array | None:
        """What is shown."""
        return self.view.picture

    def show_picture(self, picture: Array | None, parts: int = 1) -> None:
        """Show what the network sees, of how many separate ``parts``."""
        height, width = (SIDE_PX, SIDE_PX) if picture is None else picture.shape[:2]
        self.view.show_picture(picture)
        self.caption.setText(_PARTS if parts > 1 else _words(height, width))

    def _switched(self) -> None:
        self.centring_edited.emit()


def _words(height: int, width: int) -> str:
    return f"what the network sees, {height}{TIMES}{width}"
