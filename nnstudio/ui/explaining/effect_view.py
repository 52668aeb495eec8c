"""EffectView: the map over a picture, or the bars of a row, with what the colours mean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QStackedWidget, QWidget

from nnstudio.data.arrays import Bytes
from nnstudio.data.dataset import Samples
from nnstudio.experiments.confusion import percent
from nnstudio.experiments.explaining.explanation import Explanation, Way, value_words
from nnstudio.ui.explaining.effect_bars import EffectBar, EffectBars
from nnstudio.ui.explaining.legend import Legend
from nnstudio.ui.explaining.map_view import MapView
from nnstudio.ui.explaining.named import is_ink, names_of
from nnstudio.ui.widgets import column, label, row, scrolled

_OPACITY = 80
_LEAST = 1e-12
_HINT = "Point at a pixel to read its value."
_CHANGED = "This is the changed picture: slide the colours to 0 to see it alone."
_ANY_PX = 16_777_215  # Qt's own word for no maximum
_BELOW_PX = 10
_MOST_BARS = 200  # the strongest ones


class EffectView(QWidget):
    """The left half of the explanation of one sample."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Explanation | None = None
        self.map = MapView()
        self.bars = EffectBars()
        self.legend = Legend()
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setValue(_OPACITY)
        self.opacity.setAccessibleName("How much the colours cover the picture")
        self.pointed = label(role="text_2", size="small")
        self._body = QWidget()
        self._body.setLayout(column(self.bars, None))
        area = scrolled(self._body)
        for ground in (area.viewport(), self._body):
            ground.setAutoFillBackground(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.map)
        self._pages.addWidget(area)
        self._slide = QWidget()
        self._slide.setLayout(row(label("Colours", role="text_2", size="small"), self.opacity, space=10))
        layout = column(self._pages, self.pointed, self.legend, self._slide, space=8)
        layout.setStretch(0, 1)
        layout.addStretch(0)
        self.setLayout(layout)
        self.opacity.valueChanged.connect(self._show_opacity)
        self.map.pointed.connect(self._show_pointed)
        self._show_opacity(_OPACITY)

    def show_explanation(self, found: Explanation) -> None:
        """Show what was found of one sample."""
        self._found = found
        self._pages.setCurrentIndex(0 if found.is_picture else 1)
        self._slide.setVisible(found.is_picture)
        self.pointed.setVisible(found.is_picture)
        if found.is_picture:
            raw, inked = picture_of(found), found.question.dataset.training.inked
            self.map.show_map(raw, inked, found.heat)
            self._show_pointed(None)
        else:
            self.bars.show_bars(bars_of(found))
        self._pages.setMaximumHeight(_ANY_PX if found.is_picture else self.bars.minimumHeight() + _BELOW_PX)
        self._show_legend(found)

    def clear(self) -> None:
        """Show nothing: there is no explanation."""
        self._found = None
        self.map.show_map(None, True, None)
        self.bars.show_bars(())
        for part in (self.legend, self._slide, self.pointed):
            part.hide()

    def _show_legend(self, found: Explanation) -> None:
        limit = self.map.limit if found.is_picture else _largest(found)
        some = bool(limit > 10 * _LEAST) and (found.heat is not None or bool(found.effects))
        self.legend.setVisible(some)
        figures = ("\N{MINUS SIGN}" + _figure(found, limit), "+" + _figure(found, limit))
        self.legend.show_ends(_ends(found), figures)

    def _show_opacity(self, value: int) -> None:
        self.map.show_opacity(value / 100)

    def _show_pointed(self, place: tuple[int, int] | None) -> None:
        found = self._found
        if found is None or place is None:
            self.pointed.setText(_HINT if found is None or found.change is None else _CHANGED)
            return
        value = self.map.value_at(place)
        self.pointed.setText(f"Row {place[0] + 1}, column {place[1] + 1}: {signed(found, value)}")


def picture_of(found: Explanation) -> Bytes:
    """Return the picture to show: the sample, or the changed one where a change is what was found."""
    raw = found.question.subject.raw if found.change is None else found.change.raw
    return Samples(raw[None], raw[:1]).picture(0)


def signed(found: Explanation, value: float) -> str:
    """Return an effect as text with its sign."""
    sign = "\N{MINUS SIGN}" if value < 0 else "+" if value > 0 else ""
    return sign + _figure(found, abs(value))


def _figure(found: Explanation, size: float) -> str:
    """Return the size of an effect in its own unit: percent of probability, or of the range, or a value."""
    way, classes = found.question.way, found.question.dataset.facts.is_classes
    if way is Way.CHANGE:
        return percent(size, 1)
    if way is Way.OCCLUSION and classes:
        return percent(size, 2 if size < 0.01 else 1)
    return value_words(float(f"{size:.3g}"))


def _ends(found: Explanation) -> tuple[str, str]:
    """Return what blue and orange mean."""
    name, way = names_of(found)[found.about], found.question.way
    if way is Way.CHANGE:
        return ("ink taken away", "ink added") if is_ink(found) else ("made darker", "made brighter")
    if not found.question.dataset.facts.is_classes:
        return ("lowers the value", "raises it") if way is Way.GRADIENT else ("takes from it", "adds to it")
    return f"speaks against {name}", f"speaks for {name}"


def _largest(found: Explanation) -> float:
    return max((abs(effect.size) for effect in found.effects), default=0.0)


def bars_of(found: Explanation) -> list[EffectBar]:
    """Return a bar for each column, or for each change or range that was found by trying values."""
    if found.question.way is not Way.CHANGE:
        largest = _largest(found) or 1.0
        return [
            EffectBar(one.name, one.value, one.size / largest, signed(found, one.size))
            for one in found.effects[:_MOST_BARS]
        ]
    widest = max((reach.width for reach in found.reaches), default=0.0) or 1.0
    reaches = [
        EffectBar(
            reach.field.name,
            f"{value_words(reach.at_low)} … {value_words(reach.at_high)}",
            reach.width / widest,
            f"±{value_words(float(f'{reach.width / 2:.3g}'))}",
        )
        for reach in found.reaches
    ]
    dearest = max((change.cost for change in found.row_changes), default=0.0) or 1.0
    changes = [
        EffectBar(
            " and ".join(one.field.name for one in change.changes),
            " and ".join(f"{value_words(one.before)} → {value_words(one.after)}" for one in change.changes),
            change.cost / dearest,
            f"{percent(change.share, 0)} sure",
        )
        for change in found.row_changes
    ]
    return reaches + changes
