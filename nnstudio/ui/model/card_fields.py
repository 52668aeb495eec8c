"""Card fields: the main settings on a layer's card, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from nnstudio.engine.layer import Layer
from nnstudio.engine.value_words import value_words
from nnstudio.settings import Setting, settings_of

_HEIGHT_PX = 24
_UNIT_GAP_PX = 7
CHECK_PX = 14


@dataclass(frozen=True)
class _Style:
    """How close fields stand: with their units or without, how wide a number and a choice are at least."""

    units: bool
    number_px: int
    choice_px: int
    pad_px: int
    gap_px: int


_STYLES = (_Style(True, 52, 84, 20, 8), _Style(False, 52, 84, 20, 8), _Style(False, 36, 48, 16, 6))


@dataclass(frozen=True)
class Field:
    """An inline field: the setting, what it shows, its box, and where its unit stands (empty: nowhere)."""

    declared: Setting
    words: str
    box: QRect
    unit: QRect

    @property
    def is_check(self) -> bool:
        """Whether it is a box to check with the setting's title beside it."""
        return self.declared.kind is bool


def lay_out_fields(layer: Layer, room: QRect, font: QFont) -> tuple[Field, ...]:
    """Return the fields that fit into ``room``: closer and without their units rather than fewer of them."""
    main = [declared for declared in settings_of(layer) if declared.main]
    for count in range(len(main), 0, -1):
        for style in _STYLES:
            fields = _lay_out(layer, main[:count], room, font, style)
            if _fit(fields, room):
                return fields
    return ()


def _fit(fields: Sequence[Field], room: QRect) -> bool:
    return max(fields[-1].box.right(), fields[-1].unit.right()) <= room.right()


def _lay_out(
    layer: Layer, main: Sequence[Setting], room: QRect, font: QFont, style: _Style
) -> tuple[Field, ...]:
    metrics = QFontMetrics(font)
    fields = []
    x, y = room.left(), room.center().y() - _HEIGHT_PX // 2 + 1
    for declared in main:
        words = value_words(declared, getattr(layer, declared.name))
        box = QRect(x, y, _box_width(declared, words, metrics, style), _HEIGHT_PX)
        unit = QRect(box.right() + 1, y, 0, _HEIGHT_PX)
        if style.units and declared.unit:
            unit = QRect(
                box.right() + _UNIT_GAP_PX, y, metrics.horizontalAdvance(declared.unit) + 4, _HEIGHT_PX
            )
        fields.append(Field(declared, words, box, unit))
        x = unit.right() + 1 + style.gap_px
    return tuple(fields)


def _box_width(declared: Setting, words: str, metrics: QFontMetrics, style: _Style) -> int:
    if declared.kind is bool:
        return CHECK_PX + 6 + metrics.horizontalAdvance(declared.title)
    least = style.choice_px if declared.choices else style.number_px
    return max(least, metrics.horizontalAdvance(words) + style.pad_px)
