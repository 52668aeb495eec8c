"""Card layout: where everything on a layer's card lies; painting and clicking read the same places."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from nnstudio.engine.layer import Layer
from nnstudio.engine.problems import Problem
from nnstudio.ui.model.card_fields import Field, lay_out_fields

CARD_PX = 56
PLAIN_CARD_PX = 40
GAP_PX = 16
MOST_WIDTH_PX = 760
_GRIP_PX, _TILE_PX, _TYPE_PX = 26, 32, 136
_STATUS_PX, _PARAMETERS_PX, _SHAPE_PX = 36, 104, 112
_FOOT_PAD_PX, _FIX_PX = 12, 24


@dataclass(frozen=True)
class CardLayout:
    """The rectangles of one card; ``foot`` is empty where there is no problem to tell."""

    card: QRect
    grip: QRect
    tile: QRect
    type: QRect
    name: QRect
    middle: QRect
    fields: tuple[Field, ...]
    shape: QRect
    parameters: QRect
    status: QRect
    foot: QRect
    sentence: QRect
    reason: QRect
    fixes: tuple[QRect, ...]


def card_rect(row: QRect) -> QRect:
    """Return the card within its row: centred, not wider than looks good, above the gap."""
    width = min(row.width() - 32, MOST_WIDTH_PX)
    return QRect(row.center().x() - width // 2, row.top(), width, row.height() - GAP_PX)


def foot_height(problem: Problem | None, width: int, font: QFont) -> int:
    """Return how high the foot of a card of ``width`` is that tells ``problem``."""
    if problem is None:
        return 0
    inner = width - _GRIP_PX - _TILE_PX - 20 - _FOOT_PAD_PX
    height = 2 * _FOOT_PAD_PX + _text_height(problem.sentence, inner, _bold(font))
    if problem.reason:
        height += 2 + _text_height(problem.reason, inner, font)
    return height + (_FIX_PX + 10 if problem.fixes else 0)


def lay_out_card(row: QRect, layer: Layer, problem: Problem | None, font: QFont) -> CardLayout:
    """Return the places on the card of ``layer`` in ``row``."""
    card = card_rect(row)
    top = QRect(card.left(), card.top(), card.width(), CARD_PX)
    left = top.left() + _GRIP_PX
    tile = QRect(left, top.top() + (CARD_PX - _TILE_PX) // 2, _TILE_PX, _TILE_PX)
    words = tile.right() + 13
    status = QRect(top.right() - _STATUS_PX, top.top(), _STATUS_PX, CARD_PX)
    parameters = QRect(status.left() - _PARAMETERS_PX, top.top(), _PARAMETERS_PX, CARD_PX)
    shape = QRect(parameters.left() - _SHAPE_PX - 8, top.top(), _SHAPE_PX, CARD_PX)
    type_px = max(_TYPE_PX, QFontMetrics(_bold(font)).horizontalAdvance(type(layer).__name__) + 16)
    middle = QRect(words + type_px, top.top(), shape.left() - words - type_px, CARD_PX)
    foot = QRect(top.left(), top.bottom() + 1, top.width(), card.height() - CARD_PX)
    sentence, reason, fixes = _lay_out_foot(foot, words, problem, font)
    return CardLayout(
        card=card,
        grip=QRect(top.left() + 6, top.center().y() - 7, 14, 14),
        tile=tile,
        type=QRect(words, top.top() + 9, type_px - 8, 19),
        name=QRect(words, top.top() + 29, type_px - 8, 16),
        middle=middle,
        fields=lay_out_fields(layer, middle, font),
        shape=shape,
        parameters=parameters,
        status=status,
        foot=foot,
        sentence=sentence,
        reason=reason,
        fixes=fixes,
    )


def _lay_out_foot(
    foot: QRect, left: int, problem: Problem | None, font: QFont
) -> tuple[QRect, QRect, tuple[QRect, ...]]:
    if problem is None:
        return QRect(), QRect(), ()
    width = foot.right() - left - _FOOT_PAD_PX
    sentence_height = _text_height(problem.sentence, width, _bold(font))
    sentence = QRect(left, foot.top() + _FOOT_PAD_PX, width, sentence_height)
    reason_height = _text_height(problem.reason, width, font) if problem.reason else 0
    reason = QRect(left, sentence.bottom() + 3, width, reason_height)
    x, y = left, (reason if problem.reason else sentence).bottom() + 11
    metrics = QFontMetrics(_bold(font))
    fixes = []
    for fix in problem.fixes:
        width = metrics.horizontalAdvance(fix.label) + 20
        fixes.append(QRect(x, y, width, _FIX_PX))
        x += width + 8
    return sentence, reason, tuple(fixes)


def _text_height(text: str, width: int, font: QFont) -> int:
    box = QRect(0, 0, max(width, 60), 10_000)
    return QFontMetrics(font).boundingRect(box, Qt.TextFlag.TextWordWrap, text).height()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
