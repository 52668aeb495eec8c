"""CardFace: all that a layer's card shows, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from nnstudio.engine.checks import LayerReport, Status
from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.layer import Layer
from nnstudio.engine.problems import Problem
from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.layer_icons import layer_icon
from nnstudio.ui.model.card_fields import CHECK_PX, Field
from nnstudio.ui.model.card_foot import paint_foot
from nnstudio.ui.model.card_layout import CardLayout, lay_out_card
from nnstudio.ui.model.end_cards import WAITING_OPACITY
from nnstudio.ui.painting import rounded, sized, text

_SIGNS = {
    Status.OK: ("check", "accent"),
    Status.WARNING: ("warning", "warning"),
    Status.ERROR: ("error", "error"),
    Status.WAITING: ("clock", "text_3"),
}
_FROZEN_PX = 13
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class CardFace:
    """What a card shows: ``share`` is that of its parameters in those of the stack."""

    layer: Layer
    report: LayerReport
    problem: Problem | None
    fate: str
    share: float
    hot: bool
    chosen: bool


def paint_card(painter: QPainter, face: CardFace, row: QRect, font: QFont) -> None:
    """Draw a card in its row."""
    layout = lay_out_card(row, face.layer, face.problem, font)
    _paint_ground(painter, layout, face)
    if face.report.status is Status.WAITING:
        painter.setOpacity(WAITING_OPACITY)
    _paint_head(painter, layout, face, font)
    _paint_fields(painter, layout, face.layer, font)
    _paint_figures(painter, layout, face.report, face.share, font)
    painter.setOpacity(1.0)
    if face.problem is not None:
        paint_foot(painter, layout, face.problem, font)


def _paint_ground(painter: QPainter, layout: CardLayout, face: CardFace) -> None:
    colors = theme.current()
    line, width = colors.color("line"), 1.0
    if face.report.status is Status.ERROR:
        line = colors.color("error_line")
    elif face.hot:
        line = colors.color("line_strong")
    if face.chosen:
        line, width = colors.color("accent"), 2.0
    rounded(painter, layout.card, fill=colors.color("base"), line=line, width=width)


def _paint_head(painter: QPainter, layout: CardLayout, face: CardFace, font: QFont) -> None:
    colors, layer = theme.current(), face.layer
    grip = colors.color("text_3" if face.hot or face.chosen else "line_strong")
    paint_icon(painter, "grip", QRectF(layout.grip), grip)
    paint_tile(painter, layout.tile, layer)
    bold = sized(font, 10, True)
    text(painter, layout.type, type(layer).__name__, colors.color("text"), font=bold)
    if not layer.trainable:
        left = layout.type.left() + QFontMetrics(bold).horizontalAdvance(type(layer).__name__) + 6
        sign = QRectF(left, layout.type.center().y() - 6, _FROZEN_PX, _FROZEN_PX)
        paint_icon(painter, "frozen", sign, colors.color("training"))
    small, name = sized(font, 8.5), layout.name
    if face.fate:
        width = QFontMetrics(small).horizontalAdvance(face.fate)
        used = min(QFontMetrics(small).horizontalAdvance(layer.name), name.width() - width - 8)
        place = QRect(name.left() + used + 8, name.top(), width + 4, name.height())
        color = colors.color("accent" if face.fate == "kept" else "warning")
        text(painter, place, face.fate, color, font=small)
        name = QRect(name.left(), name.top(), used + 2, name.height())
    text(painter, name, layer.name, colors.color("text_2"), font=small)


def paint_tile(painter: QPainter, rect: QRect, layer: Layer | type[Layer]) -> None:
    """Draw the sign of a kind of layer on the ground of its family."""
    ink, ground = theme.current().families[layer.family]
    colors = QColor(ink), QColor(ground)
    rounded(painter, rect, fill=colors[1], radius=6.0 if rect.width() > 24 else 4.0)
    inset = 8 if rect.width() > 24 else 3
    name = layer_icon(layer if isinstance(layer, type) else type(layer))
    paint_icon(painter, name, QRectF(rect).adjusted(inset, inset, -inset, -inset), colors[0])


def _paint_fields(painter: QPainter, layout: CardLayout, layer: Layer, font: QFont) -> None:
    colors = theme.current()
    if not layout.fields:
        text(painter, layout.middle, layer.caption, colors.color("text_2"), font=sized(font, 10))
    for field in layout.fields:
        if field.is_check:
            _paint_check(painter, field, bool(getattr(layer, field.declared.name)), font)
            continue
        rounded(painter, field.box, fill=colors.color("surface"), line=colors.color("line_strong"), radius=5)
        text(
            painter, field.box.adjusted(8, 0, -4, 0), field.words, colors.color("text"), font=sized(font, 10)
        )
        if not field.unit.isEmpty():
            text(painter, field.unit, field.declared.unit, colors.color("text_2"), font=sized(font, 9.5))


def _paint_check(painter: QPainter, field: Field, checked: bool, font: QFont) -> None:
    colors = theme.current()
    box = QRect(field.box.left(), field.box.center().y() - CHECK_PX // 2, CHECK_PX, CHECK_PX)
    rounded(painter, box, fill=colors.color("surface"), line=colors.color("line_strong"), radius=3)
    if checked:
        paint_icon(painter, "check", QRectF(box).adjusted(1, 1, -1, -1), colors.color("accent"))
    words = field.box.adjusted(CHECK_PX + 6, 0, 0, 0)
    text(painter, words, field.declared.title, colors.color("text_2"), font=sized(font, 9.5))


def _paint_figures(
    painter: QPainter, layout: CardLayout, report: LayerReport, share: float, font: QFont
) -> None:
    colors = theme.current()
    shape = shape_words(report.output_shape) if report.output_shape is not None else "waits"
    text(painter, layout.shape, shape, colors.color("text"), font=sized(font, 10), align=_RIGHT)
    figures = layout.parameters.adjusted(0, 0, 0, -8 if report.parameters else 0)
    role = "text" if report.parameters else "text_3"
    text(painter, figures, f"{report.parameters:,}", colors.color(role), align=_RIGHT)
    if report.parameters:
        bar = QRect(
            layout.parameters.left() + 14,
            layout.parameters.center().y() + 10,
            layout.parameters.width() - 14,
            3,
        )
        rounded(painter, bar, fill=colors.color("sunken"), radius=1.5)
        filled = QRect(bar.left(), bar.top(), max(2, round(bar.width() * share)), 3)
        rounded(painter, filled, fill=colors.color("text_2"), radius=1.5)
    name, role = _SIGNS[report.status]
    center = layout.status.center()
    paint_icon(painter, name, QRectF(center.x() - 4, center.y() - 6.5, 14, 14), colors.color(role))
