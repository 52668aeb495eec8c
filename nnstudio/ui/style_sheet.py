"""Style sheet: the few rules that Fusion's palette cannot say, with the theme's roles filled in."""

from __future__ import annotations

import re
from typing import Any

_RULES = """
QToolTip { background: @surface; color: @text; border: 1px solid @line_strong; padding: 4px 6px; }
QMenuBar { background: @window; color: @text; padding: 2px 8px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @base; color: @text; border: 1px solid @line_strong; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft; color: @text; }
QMenu::item:disabled { color: @text_3; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QSplitter::handle { background: @line; }
QHeaderView::section { background: @base; color: @text_2; border: none; border-bottom: 1px solid @line; padding: 4px; }
QStatusBar { background: @window; color: @text_2; border-top: 1px solid @line; }
QStatusBar::item { border: none; }

QLabel[role="text_2"] { color: @text_2; }
QLabel[role="text_3"] { color: @text_3; }
QLabel[role="accent"] { color: @accent; }
QLabel[role="error"] { color: @error; }
QLabel[role="warning"] { color: @warning; }
QLabel[size="caption"] { font-size: 8.5pt; }
QLabel[size="small"] { font-size: 9pt; }
QLabel[size="strong"] { font-weight: 600; }
QLabel[size="title"] { font-size: 13.5pt; font-weight: 600; }
QLabel[size="figure"] { font-size: 12pt; font-weight: 600; }
QLabel[size="guess"] { font-size: 30pt; font-weight: 600; }
QFrame[ground="surface"], QWidget[ground="surface"] { background: @surface; }
QFrame[ground="window"], QWidget[ground="window"] { background: @window; }
QFrame[ground="card"] { background: @base; border: 1px solid @line; border-radius: 8px; }
QFrame[ground="warning"] { background: @warning_soft; border: none; border-radius: 8px; }
QFrame[ground="error"] { background: @error_soft; border: 1px solid @error_line; border-radius: 8px; }
QFrame[ground="rule"] { background: @line; border: none; }
QScrollArea { background: transparent; border: none; }

QPushButton, QToolButton {
  background: @base; color: @text; border: 1px solid @line_strong; border-radius: 6px;
  padding: 0 12px; min-height: 28px;
}
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @sunken; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton:disabled { background: @sunken; color: @text_3; border-color: @line; }
QPushButton[kind="primary"], QToolButton[kind="primary"] {
  background: @accent; color: @on_accent; border-color: @accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover { background: @accent_strong; }
QPushButton[kind="primary"]:pressed, QToolButton[kind="primary"]:pressed { background: @accent_strong; }
QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled {
  background: @sunken; color: @text_3; border-color: @line;
}
QPushButton[kind="ghost"], QToolButton[kind="ghost"] { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[kind="ghost"]:hover, QToolButton[kind="ghost"]:hover { background: @hover; }
QPushButton[kind="ghost"]:focus, QToolButton[kind="ghost"]:focus { border-color: @accent; }
QPushButton[kind="ghost"]:checked, QToolButton[kind="ghost"]:checked { background: @accent_soft; border-color: @accent; }
QPushButton[kind="small"], QToolButton[kind="small"] { min-height: 22px; border-radius: 5px; padding: 0 8px; }
QPushButton[kind="media"] { min-height: 34px; padding: 0 14px; }
QPushButton[kind="primary"][size="media"], QToolButton[kind="primary"][size="media"] {
  min-height: 34px; padding: 0 16px; font-size: 11pt;
}
QPushButton[kind="segment"] { min-height: 24px; border-radius: 0; padding: 0 10px; margin-left: -1px; color: @text_2; }
QPushButton[kind="segment"]:checked { background: @accent_soft; color: @accent_strong; font-weight: 600; }
QPushButton[kind="segment"][place="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; margin-left: 0; }
QPushButton[kind="segment"][place="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line_strong; border-radius: 4px; margin: 1px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @text_3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def style_sheet(roles: dict[str, Any]) -> str:
    """Return the rules with each ``@role`` replaced by its colour."""
    return re.sub(r"@(\w+)", lambda match: str(roles[match.group(1)]), _RULES)
