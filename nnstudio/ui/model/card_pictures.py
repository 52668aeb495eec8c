"""CardPictures: painted cards, kept as long as they look the same: most edits change one of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPixmap

from nnstudio.engine.layer import Layer
from nnstudio.ui import theme
from nnstudio.ui.model.card_face import CardFace, paint_card

_MOST_KEPT = 48


class CardPictures:
    """Draws a card from its picture; to paint one anew takes twenty times as long."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Layer, QPixmap]] = OrderedDict()

    def draw(self, painter: QPainter, face: CardFace, row: QRect, font: QFont) -> None:
        """Draw ``face`` in its row."""
        ratio = painter.device().devicePixelRatio()
        if ratio != int(ratio):  # a picture would lie between the pixels there
            paint_card(painter, face, row, font)
            return
        key = (_looks(face), row.width(), row.height(), font.key(), theme.current().name, ratio)
        layer, picture = self._kept.get(key, (None, None))
        if picture is None or layer is not face.layer:
            picture = _picture(face, row, font, ratio)
            self._kept[key] = face.layer, picture
        self._kept.move_to_end(key)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        painter.drawPixmap(row.topLeft(), picture)


def _looks(face: CardFace) -> Hashable:
    """Return what is the same for faces that look the same, for one layer; `fixes` hold functions."""
    problem = face.problem
    told = None
    if problem is not None:
        told = problem.severity, problem.sentence, problem.reason, tuple(fix.label for fix in problem.fixes)
    return id(face.layer), face.report, told, face.fate, face.share, face.hot, face.chosen


def _picture(face: CardFace, row: QRect, font: QFont, ratio: float) -> QPixmap:
    picture = QPixmap(row.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.current().color("window"))  # letters are sharper on a ground
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, face, QRect(0, 0, row.width(), row.height()), font)
    return picture
