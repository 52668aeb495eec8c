"""Places: widgets of which one is shown, and widgets side by side whose widths a person sets."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget


def pages(*widgets: QWidget) -> QStackedWidget:
    """Return widgets of which one is shown."""
    stack = QStackedWidget()
    for widget in widgets:
        stack.addWidget(widget)
    return stack


def splitter(first: QWidget, second: QWidget, wide: int) -> QSplitter:
    """Return a splitter with a line of one pixel; a change of width goes to the part ``wide``."""
    parted = QSplitter()
    parted.addWidget(first)
    parted.addWidget(second)
    parted.setChildrenCollapsible(False)
    parted.setHandleWidth(1)
    parted.setStretchFactor(wide, 1)
    return parted
