"""EffectView: the map over a picture, or the bars of a row, with what the colours mean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QStackedWidget, QWidget

from nnstudio.experiments.explaining.explanation import Explanation
from nnstudio.ui.explaining.effect_bars import EffectBars
from nnstudio.ui.explaining.effect_figures import bars_of, ends_of, figure, largest_of, picture_of, signed
from nnstudio.ui.explaining.legend import Legend
from nnstudio.ui.explaining.map_view import MapView
from nnstudio.ui.widgets import column, label, row, scrolled

_OPACITY = 80
_LEAST = 1e-12
_HINT = "Point at a pixel to read its value."
_CHANGED = "This is the changed picture: slide the colours to 0 to see it alone."
_ANY_PX = 16_777_215  # Qt's own word for no maximum
_BELOW_PX = 10


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
        self._lay_out()
        self.opacity.valueChanged.connect(self._show_opacity)
        self.map.pointed.connect(self._show_pointed)
        self._show_opacity(_OPACITY)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setLayout(column(self.bars, None))
        area = scrolled(body)
        for ground in (area.viewport(), body):
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
        limit = self.map.limit if found.is_picture else largest_of(found)
        some = bool(limit > 10 * _LEAST) and (found.heat is not None or bool(found.effects))
        self.legend.setVisible(some)
        figures = ("\N{MINUS SIGN}" + figure(found, limit), "+" + figure(found, limit))
        self.legend.show_ends(ends_of(found), figures)

    def _show_opacity(self, value: int) -> None:
        self.map.show_opacity(value / 100)

    def _show_pointed(self, place: tuple[int, int] | None) -> None:
        found = self._found
        if found is None or place is None:
            self.pointed.setText(_HINT if found is None or found.change is None else _CHANGED)
            return
        value = self.map.value_at(place)
        self.pointed.setText(f"Row {place[0] + 1}, column {place[1] + 1}: {signed(found, value)}")
