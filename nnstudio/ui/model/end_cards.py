"""End cards: what stands above and below the stack: the data that go in, the target that should come out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.value_words import choice_words
from nnstudio.session.document import Document
from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.painting import rounded, sized, text

WAITING_OPACITY = 0.55
_MIDDLE_PX = 206  # where the main setting of the cards starts
_SPACE_PX = 16


@dataclass(frozen=True)
class EndCard:
    """The words on a dashed card."""

    title: str
    words: str
    shape: str
    icon: str
    waits: bool = False


def input_card(document: Document) -> EndCard:
    """What goes in."""
    facts, scaling = document.facts, document.study.recipe.preparation.scaling
    images = len(facts.sample_shape) > 1
    words = f"{facts.name}, scaled {scaling}" if scaling != "none" else facts.name
    return EndCard("Images" if images else "Numbers", words, shape_words(facts.sample_shape), "image")


def target_card(document: Document) -> EndCard:
    """What should come out, and how the difference is measured."""
    facts = document.facts
    shape = f"{facts.classes} classes" if facts.is_classes else f"{facts.outputs} values"
    if not document.report.ready:
        return EndCard("Target", "Waits for the layers above", shape, "target", waits=True)
    return EndCard("Target", choice_words(type(document.design.loss)), shape, "target")


def paint_end(painter: QPainter, rect: QRect, end: EndCard, font: QFont) -> None:
    """Draw the card into ``rect``."""
    colors = theme.current()
    if end.waits:
        painter.setOpacity(WAITING_OPACITY)
    rounded(painter, rect, line=colors.color("line_strong"), dashed=True)
    tile = QRect(rect.left() + 26, rect.top() + 6, 32, 28)
    paint_icon(painter, end.icon, QRectF(tile.left() + 8, tile.top() + 6, 16, 16), colors.color("text_2"))
    words = tile.right() + 13
    text(
        painter,
        QRect(words, rect.top(), 128, rect.height()),
        end.title,
        colors.color("text"),
        font=sized(font, 10, True),
    )
    shape = QRect(rect.right() - 36 - 104 - 112 - 8 - 40, rect.top(), 152, rect.height())
    middle = middle_rect(rect, shape, end, font)
    text(painter, middle, end.words, colors.color("text_2"), font=sized(font, 10))
    text(painter, shape, end.shape, colors.color("text"), align=Qt.AlignmentFlag.AlignRight)
    name, role = ("clock", "text_3") if end.waits else ("check", "accent")
    paint_icon(painter, name, QRectF(rect.right() - 26, rect.center().y() - 6.5, 14, 14), colors.color(role))


def middle_rect(rect: QRect, shape: QRect, end: EndCard, font: QFont) -> QRect:
    """Return where the words go: up to the shape as it is written, which most often is short."""
    left = rect.left() + _MIDDLE_PX
    right = shape.right() - QFontMetrics(sized(font, 10)).horizontalAdvance(end.shape) - _SPACE_PX
    return QRect(left, rect.top(), max(0, right - left), rect.height())
