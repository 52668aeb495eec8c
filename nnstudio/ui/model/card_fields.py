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
_PAD_PX = 20
_LEAST_PX = {False: 52, True: 84}  # of a choice
_UNIT_GAP_PX, _GAP_PX = 7, 8
CHECK_PX = 14


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
    """Return the fields that fit into ``room``: without their units rather than fewer of them."""
    main = [declared for declared in settings_of(layer) if declared.main]
    for count in range(len(main), 0, -1):
        for units in (True, False):
            fields = _lay_out(layer, main[:count], room, font, units)
            if _fit(fields, room):
                return fields
    return ()


def _fit(fields: Sequence[Field], room: QRect) -> bool:
    return max(fields[-1].box.right(), fields[-1].unit.right()) <= room.right()


def _lay_out(
    layer: Layer, main: Sequence[Setting], room: QRect, font: QFont, units: bool
) -> tuple[Field, ...]:
    metrics = QFontMetrics(font)
    fields = []
    x, y = room.left(), room.center().y() - _HEIGHT_PX // 2 + 1
    for declared in main:
        words = value_words(declared, getattr(layer, declared.name))
        box = QRect(x, y, _box_width(declared, words, metrics), _HEIGHT_PX)
        unit = QRect(box.right() + 1, y, 0, _HEIGHT_PX)
        if units and declared.unit:
            unit = QRect(
                box.right() + _UNIT_GAP_PX, y, metrics.horizontalAdvance(declared.unit) + 4, _HEIGHT_PX
            )
        fields.append(Field(declared, words, box, unit))
        x = unit.right() + 1 + _GAP_PX
    return tuple(fields)


def _box_width(declared: Setting, words: str, metrics: QFontMetrics) -> int:
    if declared.kind is bool:
        return CHECK_PX + 6 + metrics.horizontalAdvance(declared.title)
    return max(_LEAST_PX[bool(declared.choices)], metrics.horizontalAdvance(words) + _PAD_PX)
