"""CardDelegate: paints a layer as a card, and the data and the target as dashed ones."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nnstudio.engine.problems import Problem
from nnstudio.ui.model.card_face import CardFace
from nnstudio.ui.model.card_layout import (
    CARD_PX,
    GAP_PX,
    PLAIN_CARD_PX,
    CardLayout,
    card_rect,
    foot_height,
    lay_out_card,
)
from nnstudio.ui.model.card_pictures import CardPictures
from nnstudio.ui.model.end_cards import input_card, paint_end, target_card
from nnstudio.ui.model.stack_model import StackModel

Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """Reads the model's document; decides nothing."""

    def __init__(self, model: StackModel) -> None:
        super().__init__(model)
        self._model = model
        self._pictures = CardPictures()

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
        face = self._face(index.row(), option.state)
        if face is not None:
            self._pictures.draw(painter, face, option.rect, option.font)
        else:
            document = self._model.document
            end = input_card(document) if index.row() == 0 else target_card(document)
            paint_end(painter, card_rect(option.rect), end, option.font)
        painter.restore()

    def _face(self, row: int, state: QStyle.StateFlag) -> CardFace | None:
        layer, report = self._model.layer(row), self._model.report(row)
        if layer is None or report is None:
            return None
        return CardFace(
            layer=layer,
            report=report,
            problem=self.problem(row),
            fate=self._model.fate(row),
            share=round(report.parameters / max(self._model.document.report.parameters, 1), 2),
            hot=bool(state & QStyle.StateFlag.State_MouseOver),
            chosen=bool(state & QStyle.StateFlag.State_Selected),
        )
