"""Theme: the colours of the look, as roles, in light and dark, and how Qt gets them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from nnstudio.ui.qt_palette import OUTLINED, outlined_palette, palette_of
from nnstudio.ui.style_sheet import style_sheet

Ramp = tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """What each role looks like; widgets ask for roles, never for values."""

    name: str
    window: str
    surface: str
    base: str
    sunken: str
    hover: str
    line: str
    line_strong: str
    text: str
    text_2: str
    text_3: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    ink: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    error_line: str
    training: str
    training_raw: str
    validation: str
    grid: str
    families: dict[str, tuple[str, str]]
    matrix_right: Ramp
    matrix_wrong: Ramp
    diverging: Ramp
    sequential: Ramp

    @property
    def dark(self) -> bool:
        """Whether text is lighter than the ground."""
        return QColor(self.window).lightness() < 128

    def color(self, role: str) -> QColor:
        """Return the colour of a role as Qt's."""
        return QColor(getattr(self, role))


LIGHT = Theme(
    name="light",
    window="#EFEFEB",
    surface="#F8F8F5",
    base="#FFFFFF",
    sunken="#E6E6E1",
    hover="#F1F1ED",
    line="#DDDDD6",
    line_strong="#C4C4BB",
    text="#1C2024",
    text_2="#555C64",
    text_3="#646B73",
    accent="#0F766E",
    accent_strong="#0B5F59",
    accent_soft="#DCEEEB",
    on_accent="#FFFFFF",
    ink="#1C2024",
    warning="#A05508",
    warning_soft="#FBEFD9",
    error="#BF2F1F",
    error_soft="#FDF3F0",
    error_line="#E3A79E",
    training="#2563C9",
    training_raw="#A9C3EE",
    validation="#D0700A",
    grid="#ECECE7",
    families={
        "core": ("#2F5FA8", "#E3EBF7"),
        "regularise": ("#8A5A00", "#F8ECD2"),
        "shape": ("#555C64", "#E9E9E4"),
        "convolution": ("#7A3FA0", "#F0E5F7"),
        "sequence": ("#A8326B", "#F9E3EE"),
        "activation": ("#0F6A73", "#DDF0F1"),
    },
    matrix_right=("#E3F1EE", "#8CC9C0", "#1C857A"),
    matrix_wrong=("#FFFFFF", "#FBD9B4", "#EC9A4E", "#BF5A10"),
    diverging=("#17509C", "#7FA9DB", "#F5F5F1", "#EFAE72", "#B0500A"),
    sequential=("#F5F5F1", "#A9D6CF", "#2A9486", "#0C4A45"),
)

DARK = Theme(
    name="dark",
    window="#141618",
    surface="#1B1E20",
    base="#23272A",
    sunken="#101213",
    hover="#2A2F32",
    line="#31363A",
    line_strong="#4A5157",
    text="#E7E9EA",
    text_2="#A9B0B6",
    text_3="#8A9299",
    accent="#2DB5A5",
    accent_strong="#4CC9BA",
    accent_soft="#17403B",
    on_accent="#04201D",
    ink="#F2F3F3",
    warning="#E3A33F",
    warning_soft="#3A2D14",
    error="#F27562",
    error_soft="#2D2020",
    error_line="#8A4337",
    training="#74A7F8",
    training_raw="#35507C",
    validation="#F0A048",
    grid="#2A2F33",
    families={
        "core": ("#8DB5F2", "#22324A"),
        "regularise": ("#E5B65C", "#3B3018"),
        "shape": ("#A9B0B6", "#30363A"),
        "convolution": ("#C99BEA", "#38274A"),
        "sequence": ("#F094BF", "#452236"),
        "activation": ("#67CBD3", "#17393C"),
    },
    matrix_right=("#1D3734", "#1E6159", "#2DA798"),
    matrix_wrong=("#23272A", "#583A1D", "#B06A25", "#F8AE62"),
    diverging=("#8CBBFA", "#3C68A6", "#23272A", "#A0602A", "#F8AE62"),
    sequential=("#23272A", "#1B5E57", "#33B3A4", "#CFF5EF"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

BASE_POINTS = 10.0

_current = LIGHT


def current() -> Theme:
    """Return the theme in force."""
    return _current


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole application the look of ``theme``."""
    global _current
    _current = theme
    app.setStyle("Fusion")
    font = app.font()
    font.setPointSizeF(BASE_POINTS)
    app.setFont(font)
    palette = palette_of(theme)
    app.setPalette(palette)
    for widget_class in OUTLINED:
        app.setPalette(outlined_palette(palette, theme), widget_class)  # type: ignore[arg-type]  # bytes are refused
    app.setStyleSheet("")  # a sheet that is already there keeps the old palette
    app.setStyleSheet(style_sheet({field.name: getattr(theme, field.name) for field in fields(theme)}))
