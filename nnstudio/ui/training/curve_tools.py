"""CurveTools: how the curves are shown: legend, smoothing, the unit of x, logarithm, fit."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSlider, QWidget

from nnstudio.experiments.curves import Axis
from nnstudio.ui import theme
from nnstudio.ui.training.curve_menus import CurveMenus
from nnstudio.ui.training.curve_view import CurveView
from nnstudio.ui.widgets import Segments, button, figures_font, label, row

_STEPS = 99
_SLIDER_PX = 110
_LEAST_WIDTH_PX = 620
_KEYS_FROM_PX = 880


class CurveTools(QWidget):
    """The row above the plots.

    Signals:
        edited(view): A person wants to see the curves another way.
        fit_wanted(): A person wants to see all of them again.
    """

    edited = Signal(object)
    fit_wanted = Signal()

    def __init__(self, view: CurveView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setMinimumWidth(_LEAST_WIDTH_PX)  # with the legend; narrower, it is left out
        self.smoothing = _slider(round(100 * view.smoothing))
        self._value = label(f"{view.smoothing:.2f}", role="text_2")
        self._value.setFont(figures_font(self._value.font()))
        self.axis = Segments([axis.value for axis in Axis], "What x counts")
        self.axis.show_choice(view.axis)
        self.log = QCheckBox("Log loss")
        self.log.setChecked(view.log)
        self.log.setToolTip("Show the logarithm of the loss: small values far along become visible")
        self.fit = button("Fit", kind="small", tip="Show all of the curves again (double-click a plot, or F)")
        self._validation = QWidget()
        self._validation.setLayout(row(_Key("validation"), label("Validation")))
        self._keys = QWidget()
        self._keys.setLayout(row(_Key("training"), label("Training"), 8, self._validation))
        self.menus = CurveMenus(view, self)
        smooth = row(label("Smoothing", role="text_2"), self.smoothing, self._value)
        self.setLayout(
            row(
                self._keys,
                None,
                smooth,
                8,
                self.axis,
                8,
                self.log,
                self.fit,
                self.menus.more,
                self.menus.save,
            )
        )
        self.smoothing.valueChanged.connect(self._smooth)
        self.axis.edited.connect(self._count)
        self.log.clicked.connect(self._take_logarithm)
        self.fit.clicked.connect(self.fit_wanted)
        self.menus.edited.connect(self._tell)

    def show_keys(self, *, validated: bool) -> None:
        """Say what the lines are; without validation samples there is one less."""
        self._validation.setVisible(validated)

    def _smooth(self, value: int) -> None:
        self._value.setText(f"{value / 100:.2f}")
        self._tell(replace(self._view, smoothing=value / 100))

    def _count(self, axis: str) -> None:
        self._tell(replace(self._view, axis=Axis(axis)))

    def _take_logarithm(self, log: bool) -> None:
        self._tell(replace(self._view, log=log))

    def _tell(self, view: CurveView) -> None:
        self._view = view
        self.menus.show_view(view)
        self.edited.emit(view)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._keys.setVisible(event.size().width() >= _KEYS_FROM_PX)


def _slider(value: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, _STEPS)
    slider.setValue(value)
    slider.setFixedWidth(_SLIDER_PX)
    slider.setAccessibleName("Smoothing")
    slider.setToolTip("How much of the past each point of the thick line keeps, 0 to 0.99")
    return slider


class _Key(QWidget):
    """A piece of a line, as the curves draw it."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self.setFixedSize(22, 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        color = theme.current().color(self._role)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color, 2))
            painter.drawLine(1, 6, 21, 6)
            if self._role == "validation":
                painter.setBrush(theme.current().color("surface"))
                painter.drawEllipse(8, 3, 6, 6)
