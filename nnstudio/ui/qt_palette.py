"""Qt palette: a theme's roles as those of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from nnstudio.ui.theme import Theme

_ROLES = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.AlternateBase, "surface"),
    (QPalette.ColorRole.ToolTipBase, "surface"),
    (QPalette.ColorRole.Base, "base"),
    (QPalette.ColorRole.Button, "base"),
    (QPalette.ColorRole.Light, "base"),
    (QPalette.ColorRole.Midlight, "sunken"),
    (QPalette.ColorRole.Mid, "line"),
    (QPalette.ColorRole.Dark, "line_strong"),
    (QPalette.ColorRole.Shadow, "line_strong"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "text_3"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent_strong"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.BrightText, "on_accent"),
)
_TEXTS = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)

# Fusion draws the outline of these as Window.darker(140): a lighter Window makes it line_strong.
OUTLINED = ("QComboBox", "QAbstractSpinBox", "QSpinBox", "QDoubleSpinBox", "QLineEdit", "QCheckBox")
_OUTLINE_FACTOR = 1.4


def palette_of(theme: Theme) -> QPalette:
    """Return ``theme`` as Qt's palette."""
    palette = QPalette()
    for role, name in _ROLES:
        palette.setColor(role, theme.color(name))
    for role in _TEXTS:
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text_3"))
    return palette


def outlined_palette(palette: QPalette, theme: Theme) -> QPalette:
    outline = theme.color("line_strong")
    parts = (min(255, round(part * _OUTLINE_FACTOR)) for part in outline.getRgb()[:3])  # type: ignore[index]
    special = QPalette(palette)
    special.setColor(QPalette.ColorRole.Window, QColor(*parts))
    return special
