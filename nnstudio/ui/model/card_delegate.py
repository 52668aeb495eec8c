"""CardDelegate: paints a layer as a card, and the data and the target as dashed ones."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nnstudio.engine.checks import LayerReport, Status
from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.layer import Layer
from nnstudio.engine.problems import Problem
from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.layer_icons import layer_icon
from nnstudio.ui.model.card_fields import CHECK_PX, Field
from nnstudio.ui.model.card_foot import paint_foot
from nnstudio.ui.model.card_layout import (
    CARD_PX,
    GAP_PX,
    PLAIN_CARD_PX,
    CardLayout,
    card_rect,
    foot_height,
    lay_out_card,
)
from nnstudio.ui.model.end_cards import WAITING_OPACITY, input_card, paint_end, target_card
from nnstudio.ui.model.stack_model import StackModel
from nnstudio.ui.painting import rounded, sized, text

Index = QModelIndex | QPersistentModelIndex
_SIGNS = {
    Status.OK: ("check", "accent"),
    Status.WARNING: ("warning", "warning"),
    Status.ERROR: ("error", "error"),
    Status.WAITING: ("clock", "text_3"),
}
_FROZEN_PX = 13
_RIGHT = Qt.AlignmentFlag.AlignRight


class CardDelegate(QStyledItemDelegate):
    """Reads the model's document; decides nothing."""

    def __init__(self, model: StackModel) -> None:
        super().__init__(model)
        self._model = model

    def problem(self, row: int) -> Problem | None:
        """Return the problem that the card in ``row`` tells."""
        return self._model.problem(row)

    def heights(self) -> object:
        """Return a value that is another one where a card has another height."""
        rows = range(1, self._model.rowCount() - 1)
        told = ((row, self._model.problem(row)) for row in rows)
        return tuple((row, one.sentence, one.reason, bool(one.fixes)) for row, one in told if one is not None)

    def layout(self, rect: QRect, row: int, font: QFont) -> CardLayout | None:
        """Return the places on the card in ``row``; None for the data and the target."""
        layer = self._model.layer(row)
        return lay_out_card(rect, layer, self.problem(row), font) if layer is not None else None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        width, row = option.rect.width(), index.row()
        if row == 0 or row == self._model.rowCount() - 1:
            return QSize(width, PLAIN_CARD_PX + GAP_PX)
        problem = self.problem(row)
        if problem is None:
            return QSize(width, CARD_PX + GAP_PX)
        card = card_rect(QRect(0, 0, width, CARD_PX + GAP_PX))
        return QSize(width, CARD_PX + foot_height(problem, card.width(), option.font) + GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layer, report = self._model.layer(index.row()), self._model.report(index.row())
        if layer is None or report is None:
            document = self._model.document
            end = input_card(document) if index.row() == 0 else target_card(document)
            paint_end(painter, card_rect(option.rect), end, option.font)
        else:
            problem = self.problem(index.row())
            layout = lay_out_card(option.rect, layer, problem, option.font)
            _paint_ground(painter, layout, report, option.state)
            if report.status is Status.WAITING:
                painter.setOpacity(WAITING_OPACITY)
            _paint_head(painter, layout, layer, self._model.fate(index.row()), option)
            _paint_fields(painter, layout, layer, option.font)
            _paint_figures(painter, layout, report, self._model.document.report.parameters, option.font)
            painter.setOpacity(1.0)
            if problem is not None:
                paint_foot(painter, layout, problem, option.font)
        painter.restore()


def _paint_ground(
    painter: QPainter, layout: CardLayout, report: LayerReport, state: QStyle.StateFlag
) -> None:
    colors = theme.current()
    line, width = colors.color("line"), 1.0
    if report.status is Status.ERROR:
        line = colors.color("error_line")
    elif state & QStyle.StateFlag.State_MouseOver:
        line = colors.color("line_strong")
    if state & QStyle.StateFlag.State_Selected:
        line, width = colors.color("accent"), 2.0
    rounded(painter, layout.card, fill=colors.color("base"), line=line, width=width)


def _paint_head(
    painter: QPainter, layout: CardLayout, layer: Layer, fate: str, option: QStyleOptionViewItem
) -> None:
    colors = theme.current()
    hot = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected))
    paint_icon(painter, "grip", QRectF(layout.grip), colors.color("text_3" if hot else "line_strong"))
    paint_tile(painter, layout.tile, layer)
    bold = sized(option.font, 10, True)
    text(painter, layout.type, type(layer).__name__, colors.color("text"), font=bold)
    if not layer.trainable:
        left = layout.type.left() + QFontMetrics(bold).horizontalAdvance(type(layer).__name__) + 6
        sign = QRectF(left, layout.type.center().y() - 6, _FROZEN_PX, _FROZEN_PX)
        paint_icon(painter, "frozen", sign, colors.color("training"))
    small, name = sized(option.font, 8.5), layout.name
    if fate:
        width = QFontMetrics(small).horizontalAdvance(fate)
        used = min(QFontMetrics(small).horizontalAdvance(layer.name), name.width() - width - 8)
        place = QRect(name.left() + used + 8, name.top(), width + 4, name.height())
        text(painter, place, fate, colors.color("accent" if fate == "kept" else "warning"), font=small)
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
    painter: QPainter, layout: CardLayout, report: LayerReport, total: int, font: QFont
) -> None:
    colors = theme.current()
    shape = shape_words(report.output_shape) if report.output_shape is not None else "waits"
    text(painter, layout.shape, shape, colors.color("text"), font=sized(font, 10), align=_RIGHT)
    figures = layout.parameters.adjusted(0, 0, 0, -8 if report.parameters else 0)
    role = "text" if report.parameters else "text_3"
    text(painter, figures, f"{report.parameters:,}", colors.color(role), align=_RIGHT)
    if report.parameters and total:
        bar = QRect(
            layout.parameters.left() + 14,
            layout.parameters.center().y() + 10,
            layout.parameters.width() - 14,
            3,
        )
        rounded(painter, bar, fill=colors.color("sunken"), radius=1.5)
        share = max(2, round(bar.width() * report.parameters / total))
        rounded(painter, QRect(bar.left(), bar.top(), share, 3), fill=colors.color("text_2"), radius=1.5)
    name, role = _SIGNS[report.status]
    center = layout.status.center()
    paint_icon(painter, name, QRectF(center.x() - 4, center.y() - 6.5, 14, 14), colors.color(role))
