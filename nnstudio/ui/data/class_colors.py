"""Class colours: one for each class wherever classes are told apart by colour."""

from __future__ import annotations

from PySide6.QtGui import QColor

from nnstudio.ui import theme

# In the order of the runs of the look: apart in all three colour-vision deficiencies as far as six can be.
_LIGHT = ("#2563C9", "#D0700A", "#8A4FB5", "#1489A6", "#6E7B1C", "#B8447A")
_DARK = ("#74A7F8", "#F0A048", "#C79BE8", "#5CC4DD", "#BECB6A", "#EE8DB8")
MOST_COLORS = len(_LIGHT)


def class_color(index: int) -> QColor:
    """Return the colour of a class; from the seventh on they repeat."""
    colors = _DARK if theme.current().dark else _LIGHT
    return QColor(colors[index % MOST_COLORS])
