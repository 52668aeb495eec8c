"""Boxes: spin boxes and choices that leave the wheel to their panel unless they have the focus."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox

from nnstudio.engine.value_words import number_words
from nnstudio.settings import Setting
from nnstudio.ui import theme
from nnstudio.ui.icons import paint_icon
from nnstudio.ui.painting import rounded, text

_DECIMALS = 12
_INSET_PX, _ARROW_PX, _RADIUS_PX = 8, 12, 5.0


class _QuietWheel:
    """What all boxes here do with the wheel."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.hasFocus():  # type: ignore[attr-defined]
            super().wheelEvent(event)  # type: ignore[misc]
        else:
            event.ignore()


class _NumberLine(QLineEdit):
    """The line of a spin box: a double click takes all of the number, its point and exponent too."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.selectAll()
        event.accept()


class WholeBox(_QuietWheel, QSpinBox):
    """A spin box for whole numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setLineEdit(_NumberLine())


class ChoiceBox(_QuietWheel, QComboBox):
    """A choice among words; a long one ends in dots."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colors, enabled = theme.current(), self.isEnabled()
        line = "accent" if self.hasFocus() else "line_strong" if enabled else "line"
        words = self.rect().adjusted(_INSET_PX, 0, -_ARROW_PX - _INSET_PX, 0)
        arrow = QRectF(words.right() + 3, self.rect().center().y() - _ARROW_PX / 2 + 1, _ARROW_PX, _ARROW_PX)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = colors.color("base" if enabled else "sunken")
            rounded(painter, self.rect(), fill=ground, line=colors.color(line), radius=_RADIUS_PX)
            text(painter, words, self.currentText(), colors.color("text" if enabled else "text_3"))
            paint_icon(painter, "chevron_down", arrow, colors.color("text_2" if enabled else "text_3"))


class NumberBox(_QuietWheel, QDoubleSpinBox):
    """A spin box for any real number; written as short as it can be, with steps of 1-3-10 where asked."""

    def __init__(self, declared: Setting) -> None:
        super().__init__()
        self.setLineEdit(_NumberLine())
        self._declared = declared
        self.setDecimals(_DECIMALS)
        low = declared.minimum if declared.minimum is not None else declared.above
        high = declared.maximum if declared.maximum is not None else declared.below
        self.setRange(-1e12 if low is None else low, 1e12 if high is None else high)
        self.setSingleStep(0.05 if high is not None and high <= 1 else 1.0)

    def textFromValue(self, value: float) -> str:  # noqa: N802
        return number_words(value)

    def valueFromText(self, text: str) -> float:  # noqa: N802
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> object:
        words = text.replace(",", ".")
        if not re.fullmatch(r"[+-]?\d*\.?\d*(e[+-]?\d*)?", words, re.IGNORECASE):
            return QValidator.State.Invalid, text, position
        try:
            inside = self.minimum() <= float(words) <= self.maximum()
        except ValueError:
            inside = False
        return (QValidator.State.Acceptable if inside else QValidator.State.Intermediate), text, position

    def stepBy(self, steps: int) -> None:  # noqa: N802
        span = steps * self.singleStep()
        target = ladder_step(self.value(), steps) if self._declared.ladder else self.value() + span
        target = min(max(target, self.minimum()), self.maximum())
        if self._declared.problem(target) is None:  # a bound may be excluded
            self.setValue(target)


def ladder_step(value: float, steps: int) -> float:
    """Return the number ``steps`` rungs up the ladder ..., 0.1, 0.3, 1, 3, 10, ... from ``value``."""
    rung = 2 * math.log10(max(value, 1e-12))
    target = (math.floor(rung + 0.2) if steps > 0 else math.ceil(rung - 0.2)) + steps
    mantissa = 3.0 if target % 2 else 1.0
    return float(f"{mantissa}e{target // 2}")
