"""SourceDelegate: paints the list of data: headings, and for each data set an icon, two lines and a sign."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nnstudio.ui import theme
from nnstudio.ui.data.source_model import OPEN_ROLE, ROW_ROLE, Index
from nnstudio.ui.data.sources import SourceRow, State
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.painting import rounded, sized, text

_ROW_PX, _HEADING_PX = 46, 30
_ICON_PX, _SIGN_PX = 16, 14
_BAR_PX, _BAR_HIGH_PX = 40, 4
_UNKNOWN_SHARE = 0.3
_DETAIL_ROLES = {State.FAILED: "error", State.MISSING: "warning"}
_SIGNS = {State.FAILED: "error", State.MISSING: "warning"}


class SourceDelegate(QStyledItemDelegate):
    """A check mark stands at the one that is open, a bar and a cross at one that is being read."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = index.data(ROW_ROLE)
        if row is None:
            heading, color = option.rect.adjusted(8, 8, -6, 0), theme.current().color("text_2")
            text(painter, heading, index.data(), color, font=sized(option.font, 8.5, True))
        else:
            is_open = bool(index.data(OPEN_ROLE))
            _paint_ground(painter, option, is_open)
            _paint_words(painter, option, row, is_open)
            _paint_sign(painter, option, row, is_open)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return QSize(80, _ROW_PX if index.data(ROW_ROLE) is not None else _HEADING_PX)


def cancel_place(rect: QRect) -> QRect:
    """Return where, in the place of a row that is being read, it can be cancelled."""
    return QRect(rect.right() - 8 - _SIGN_PX, rect.center().y() - _SIGN_PX // 2, _SIGN_PX, _SIGN_PX)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, is_open: bool) -> None:
    colors, box = theme.current(), option.rect.adjusted(0, 1, 0, -1)
    if is_open:
        rounded(painter, box, fill=colors.color("accent_soft"), radius=6)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        rounded(painter, box, fill=colors.color("hover"), radius=6)
    if option.state & QStyle.StateFlag.State_HasFocus:
        rounded(painter, box, line=colors.color("accent"), width=2, radius=6)


def _paint_words(painter: QPainter, option: QStyleOptionViewItem, row: SourceRow, is_open: bool) -> None:
    colors, box = theme.current(), option.rect
    sign = QRectF(box.left() + 9, box.center().y() - _ICON_PX / 2, _ICON_PX, _ICON_PX)
    paint_icon(painter, row.icon_name, sign, colors.color("accent_strong" if is_open else "text_3"))
    taken = {State.BUSY: _BAR_PX + _SIGN_PX + 16, State.READY: 24 if is_open else 0}.get(row.state, 24)
    words = box.adjusted(36, 4, -6, -4)
    high = words.height() // 2
    name, detail = words.adjusted(0, 0, -taken, -high), words.adjusted(0, high, 0, 0)
    if row.state is State.BUSY:
        detail.setRight(detail.right() - taken)
    name_color = colors.color("text_3" if row.state is State.MISSING else "text")
    text(painter, name, row.name, name_color, font=sized(option.font, 10, is_open))
    detail_color = colors.color(_DETAIL_ROLES.get(row.state, "text_2"))
    text(painter, detail, row.detail, detail_color, font=sized(option.font, 8.5))


def _paint_sign(painter: QPainter, option: QStyleOptionViewItem, row: SourceRow, is_open: bool) -> None:
    colors, box = theme.current(), cancel_place(option.rect)
    if row.state is State.BUSY:
        paint_icon(painter, "close", QRectF(box), colors.color("text_2"))
        track = QRectF(box.left() - 8 - _BAR_PX, box.center().y() - 1.5, _BAR_PX, _BAR_HIGH_PX)
        share = _UNKNOWN_SHARE if row.share is None else row.share
        paint_bar(painter, track, share, colors.color("accent" if row.share is not None else "text_3"))
        return
    name = _SIGNS.get(row.state) or ("check" if is_open else "")
    if name:
        color = colors.color(_DETAIL_ROLES.get(row.state, "accent_strong"))
        paint_icon(painter, name, QRectF(box), color)


def paint_bar(painter: QPainter, track: QRectF, share: float, color: QColor) -> None:
    """Draw how much of something is done."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().color("line"))
    painter.drawRoundedRect(track, 2, 2)
    track.setWidth(max(track.height(), track.width() * min(1.0, share)))
    painter.setBrush(color)
    painter.drawRoundedRect(track, 2, 2)
