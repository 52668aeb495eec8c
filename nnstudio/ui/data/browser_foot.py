"""BrowserFoot: what stands below the samples: how many there are, and how they are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QWidget

from nnstudio.ui.data.browser_words import sheet_choices
from nnstudio.ui.widgets import Segments, label, row

_LEAST_SIDE_PX, _SIDE_PX, _MOST_SIDE_PX = 32, 48, 112
_SLIDER_PX = 120


class BrowserFoot(QWidget):
    """A line of words; a slider for images, a switch for rows."""

    def __init__(self) -> None:
        super().__init__()
        self.status = label(role="text_2")
        self.seen = Segments(sheet_choices(None), "How rows are shown")
        self.size_slider = _size_slider()
        self._size_words = label("Thumbnail size", role="text_2")
        self._size_words.setBuddy(self.size_slider)
        self.setLayout(row(self.status, None, self.seen, self._size_words, self.size_slider, space=10))

    def show_kind(self, images: bool, rows: bool) -> None:
        """Offer what there is to choose for images, for rows, or for neither."""
        for widget in (self._size_words, self.size_slider):
            widget.setVisible(images)
        self.seen.setVisible(rows)


def _size_slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(_LEAST_SIDE_PX, _MOST_SIDE_PX)
    slider.setValue(_SIDE_PX)
    slider.setPageStep(16)
    slider.setFixedWidth(_SLIDER_PX)
    slider.setAccessibleName("Thumbnail size")
    slider.setToolTip("How large the images are shown")
    return slider
