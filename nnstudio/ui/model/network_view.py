"""NetworkView: the picture of a network in the colours of the theme, and as one on white."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from nnstudio.engine.checks import Report
from nnstudio.engine.design import Design
from nnstudio.experiments.network_picture import Inks, network_svg
from nnstudio.task import DataFacts
from nnstudio.ui import theme

_MARGIN_PX = 8
_PIXELS = 2  # of the written picture, for each of its units
_LONGEST_PX = 16_000


class NetworkView(QWidget):
    """A network as boxes, as large as there is room, but not larger than it is drawn."""

    def __init__(self, height: int, *, words: bool = True, on_white: bool = False) -> None:
        super().__init__()
        self._words, self._on_white = words, on_white
        self._shown: tuple[Design, Report, DataFacts] | None = None
        self.setMinimumHeight(height)
        self.setAccessibleName("Picture of the network")

    def show_network(self, design: Design, report: Report, facts: DataFacts) -> None:
        """Show another network."""
        self._shown = (design, report, facts)
        kinds = ", ".join(type(layer).__name__ for layer in design.layers)
        self.setAccessibleDescription(kinds)
        self.update()

    def svg(self) -> str:
        """Return the picture that is shown; "" where there is none."""
        if self._shown is None:
            return ""
        return network_svg(*self._shown, inks_on_white() if self._on_white else _inks(), words=self._words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        renderer = QSvgRenderer(QByteArray(self.svg().encode()))
        margin = _MARGIN_PX
        room = QRectF(self.rect()).marginsRemoved(QMarginsF(margin, margin, margin, margin))
        with QPainter(self) as painter:
            if self._on_white:
                painter.fillRect(self.rect(), Qt.GlobalColor.white)
            renderer.render(painter, _placed(renderer.defaultSize(), room))


def _placed(size: QSize, room: QRectF) -> QRectF:
    """Return where a picture of ``size`` lies in the middle of ``room``, made smaller where it must be."""
    if size.isEmpty():
        return QRectF()
    share = min(1.0, room.width() / size.width(), room.height() / size.height())
    place = QRectF(0.0, 0.0, size.width() * share, size.height() * share)
    place.moveCenter(room.center())
    return place


def inks_on_white() -> Inks:
    """Return the colours of a picture for paper, whatever the theme is."""
    light = theme.LIGHT
    return Inks("#FFFFFF", light.text_3, light.text, light.text_2, light.families)


def _inks() -> Inks:
    now = theme.current()
    return Inks("", now.text_3, now.text, now.text_2, now.families)


def image_of(svg: str) -> QImage:
    """Return an SVG as an image with two pixels for each of its units, fewer where it is very long."""
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = renderer.defaultSize() * _PIXELS
    longest = max(size.width(), size.height())
    if longest > _LONGEST_PX:
        size = size * (_LONGEST_PX / longest)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        renderer.render(painter)
    return image
