"""Widgets: the small parts that every tab is put together from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnstudio.ui.icons import icon

L = TypeVar("L", bound=QBoxLayout)
_SEGMENT_PX = 24  # what stands around the words of a segment
_ICON = QSize(16, 16)
_ICON_BESIDE_TEXT = QSize(21, 16)  # the icon is drawn at its left
Parts = QWidget | QLayout | int | None


def label(text: str = "", *, role: str = "text", size: str = "base", wrap: bool = False) -> QLabel:
    """Return a label in a colour role ("text_2", ...) and a size ("caption", "title", "figure", ...)."""
    widget = QLabel(text)
    widget.setProperty("role", role)
    widget.setProperty("textSize", size)
    widget.setWordWrap(wrap)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    return widget


def button(text: str, *, kind: str = "secondary", icon_name: str = "", tip: str = "") -> QPushButton:
    """Return a push button of a kind: "secondary", "primary", "ghost", "small", "media"."""
    widget = QPushButton(text)
    widget.setProperty("kind", kind)
    if icon_name:
        widget.setIcon(icon(icon_name, "on_accent" if kind == "primary" else "text"))
        widget.setIconSize(_ICON_BESIDE_TEXT if text else _ICON)
    widget.setToolTip(tip)
    if not text:
        widget.setAccessibleName(tip)
    return widget


def action_button(action: QAction, *, kind: str = "ghost", text: bool = False) -> QToolButton:
    """Return a tool button that shows and triggers ``action``."""
    widget = QToolButton()
    widget.setDefaultAction(action)
    widget.setProperty("kind", kind)
    style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if text else Qt.ToolButtonStyle.ToolButtonIconOnly
    widget.setToolButtonStyle(style)
    widget.setIconSize(_ICON_BESIDE_TEXT if text else _ICON)
    widget.setAccessibleName(action.text())
    return widget


def panel(ground: str = "surface") -> QFrame:
    """Return a frame painted in a ground: "surface", "window", "card", "warning", "error"."""
    frame = QFrame()
    frame.setProperty("ground", ground)
    return frame


def rule(orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> QFrame:
    """Return a line of one pixel that parts sections."""
    line = panel("rule")
    if orientation is Qt.Orientation.Horizontal:
        line.setFixedHeight(1)
    else:
        line.setFixedWidth(1)
    return line


def row(*parts: Parts, space: int = 8, margins: Sequence[int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return a horizontal layout: an int is a fixed gap, None a stretch."""
    return _filled(QHBoxLayout(), parts, space, margins)


def column(*parts: Parts, space: int = 8, margins: Sequence[int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return a vertical layout: an int is a fixed gap, None a stretch."""
    return _filled(QVBoxLayout(), parts, space, margins)


def _filled(layout: L, parts: Sequence[Parts], space: int, margins: Sequence[int]) -> L:
    layout.setSpacing(space)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def scrolled(widget: QWidget) -> QScrollArea:
    """Return ``widget`` in an area that scrolls up and down, but never sideways."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # or a click on a tool would take the keyboard from its panel
    return area


def chain_focus(*widgets: QWidget) -> None:
    """Let Tab go through widgets in this order; one that takes no focus marks the place where it stands."""
    for first, second in zip(widgets, widgets[1:], strict=False):
        policies = first.focusPolicy(), second.focusPolicy()
        for widget in (first, second):  # Qt orders only what takes the focus at that moment
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QWidget.setTabOrder(first, second)
        for widget, policy in zip((first, second), policies, strict=True):
            widget.setFocusPolicy(policy)


def figures_font(font: QFont) -> QFont:
    """Return ``font`` with digits of equal width, so that changing numbers do not dance."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


class Segments(QWidget):
    """Two to four choices side by side, of which one holds.

    Signals:
        edited(choice): A person chose another one.
    """

    edited = Signal(str)

    def __init__(self, choices: Sequence[str], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        layout = row(space=0)
        for index, choice in enumerate(choices):
            layout.addWidget(self._segment(choice, index, len(choices)))
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group.buttons()[0].setChecked(True)
        self._group.buttonClicked.connect(self._clicked)

    @property
    def choice(self) -> str:
        """The choice that holds."""
        checked = self._group.checkedButton()
        return checked.text() if checked is not None else ""

    def take_focus(self) -> None:
        """Give the keyboard to the choice that holds."""
        checked = self._group.checkedButton()
        if checked is not None:
            checked.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_choice(self, choice: str) -> None:
        """Show another choice; an unknown one shows none."""
        self._group.setExclusive(False)
        for segment in self._group.buttons():
            segment.setChecked(segment.text() == choice)
        self._group.setExclusive(True)

    def _segment(self, choice: str, index: int, count: int) -> QPushButton:
        segment = button(choice, kind="segment")
        segment.setCheckable(True)
        place = {0: "first", count - 1: "last"}.get(index, "middle")
        segment.setProperty("place", place)
        strong = QFont(segment.font())
        strong.setWeight(QFont.Weight.DemiBold)  # the one that holds is written so
        segment.setMinimumWidth(QFontMetrics(strong).horizontalAdvance(choice) + _SEGMENT_PX)
        self._group.addButton(segment)
        return segment

    def _clicked(self, segment: QPushButton) -> None:
        self.edited.emit(segment.text())
