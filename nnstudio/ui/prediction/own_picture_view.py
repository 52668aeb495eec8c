"""OwnPictureView: a person's own picture and what was done to it, in place of the pad."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nnstudio.data.own_picture import OwnPicture
from nnstudio.ui.prediction.picture_view import PictureView
from nnstudio.ui.widgets import button, column, label, row

_SIDE_PX = 92
_MOST_STEPS = 4
_MOST_LETTERS = 34


class OwnPictureView(QWidget):
    """Up to four small pictures with their names, a sentence, and the way back.

    Signals:
        closed(): A person wants to draw again.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(size="strong")
        self.words = label(role="text_2", size="small", wrap=True)
        self.back = button("Back to drawing", icon_name="pencil", tip="Show the pad again (Esc)")
        self.back.setShortcut("Esc")
        self.back.clicked.connect(self._close)
        self.views = [PictureView("step", _SIDE_PX) for _ in range(_MOST_STEPS)]
        self.names = [label(role="text_3", size="caption") for _ in range(_MOST_STEPS)]
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, parts in enumerate(zip(self.views, self.names, strict=True)):
            grid.addLayout(column(*parts, space=2), place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self._title, row(grid, None), self.words, row(self.back, None), space=8))

    @property
    def title(self) -> str:
        """What the picture is called."""
        return self._title.text()

    def show_picture(self, picture: OwnPicture) -> None:
        """Show the steps of ``picture``."""
        name = picture.name
        self._title.setText(name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…")
        self._title.setToolTip(name)
        self.words.setText(picture.words)
        for place, (view, caption) in enumerate(zip(self.views, self.names, strict=True)):
            step = picture.steps[place] if place < len(picture.steps) else None
            for part in (view, caption):
                part.setVisible(step is not None)
            if step is not None:
                view.show_picture(step.picture)
                view.setAccessibleName(step.name)
                view.setToolTip(step.name.capitalize())
                caption.setText(f"{place + 1}  {step.name}")

    def _close(self) -> None:
        self.closed.emit()
