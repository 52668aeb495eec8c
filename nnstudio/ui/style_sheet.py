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
QHeaderView { background: @base; }
QHeaderView::section {
  background: @base; color: @text_2; border: none; border-bottom: 1px solid @line; padding: 4px;
}
QTableCornerButton::section { background: @base; border: none; border-bottom: 1px solid @line; }
QTableView { gridline-color: @line; }
QStatusBar { background: @window; color: @text_2; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle {
  background: @line_strong; border-radius: 4px; margin: 1px; min-height: 28px; min-width: 28px;
}
QScrollBar::handle:hover { background: @text_3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QLabel[role="text_2"] { color: @text_2; }
QLabel[role="text_3"] { color: @text_3; }
QLabel[role="accent"] { color: @accent; }
QLabel[role="error"] { color: @error; }
QLabel[role="warning"] { color: @warning; }
QLabel[textSize="caption"] { font-size: 8.5pt; }
QLabel[textSize="small"] { font-size: 9pt; }
QLabel[textSize="strong"] { font-weight: 600; }
QLabel[textSize="title"] { font-size: 13.5pt; font-weight: 600; }
QLabel[textSize="figure"] { font-size: 12pt; font-weight: 600; }
QLabel[textSize="guess"] { font-size: 30pt; font-weight: 600; }
QFrame[ground="surface"], QWidget[ground="surface"] { background: @surface; }
QFrame[ground="window"], QWidget[ground="window"] { background: @window; }
QFrame[ground="card"] { background: @base; border: 1px solid @line; border-radius: 8px; }
QFrame[ground="warning"] { background: @warning_soft; border: none; border-radius: 8px; }
QFrame[ground="error"] { background: @error_soft; border: 1px solid @error_line; border-radius: 8px; }
QFrame[ground="nest"] { background: transparent; border: none; border-left: 2px solid @line; }
QFrame[ground="rule"] { background: @line; border: none; }

QAbstractScrollArea::corner { background: transparent; border: none; }

QPushButton, QToolButton {
  background: @base; color: @text; border: 1px solid @line_strong; border-radius: 6px;
  padding: 0 12px; min-height: 28px;
}
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @sunken; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton:disabled { background: @sunken; color: @text_3; border-color: @line; }
QFileDialog QToolButton { padding: 0; min-width: 26px; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }

*[kind="primary"] { background: @accent; color: @on_accent; border-color: @accent; font-weight: 600; }
*[kind="primary"]:hover, *[kind="primary"]:pressed { background: @accent_strong; }
*[kind="primary"]:focus { border: 2px solid @text; }
*[kind="primary"]:disabled { background: @sunken; color: @text_3; border-color: @line; }
*[kind="ghost"] { background: transparent; border-color: transparent; padding: 0 8px; }
*[kind="ghost"]:hover { background: @hover; }
*[kind="ghost"]:focus { border-color: @accent; }
*[kind="ghost"]:checked { background: @accent_soft; border-color: @accent; }
*[kind="ghost"]:disabled { background: transparent; border-color: transparent; }
*[kind="small"] { min-height: 22px; border-radius: 5px; padding: 0 8px; }
*[kind="media"], *[extent="media"] { min-height: 34px; padding: 0 14px; }
*[extent="media"] { font-size: 11pt; }
*[kind="segment"] {
  min-height: 24px; border-radius: 0; padding: 0 10px; margin-left: -1px; color: @text_2;
}
*[kind="segment"]:checked { background: @accent_soft; color: @accent_strong; font-weight: 600; }
*[kind="segment"][place="first"] {
  border-top-left-radius: 6px; border-bottom-left-radius: 6px; margin-left: 0;
}
*[kind="segment"][place="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
*[kind="chip"] {
  background: @accent_soft; color: @accent_strong; border-color: transparent; font-weight: 600;
  min-height: 20px; border-radius: 11px; padding: 0 10px;
}
*[kind="chip"]:hover, *[kind="chip"]:focus { border-color: @accent; }
*[kind="filter"] { min-height: 24px; border-radius: 5px; padding: 0 2px; }
*[kind="filter"]:checked {
  background: @accent_soft; color: @accent_strong; border-color: @accent; font-weight: 600;
}
*[kind="tool"] { min-height: 0; border-radius: 5px; padding: 0; }
*[kind="disclosure"] {
  min-height: 24px; border-radius: 5px; padding: 0 8px 0 0; text-align: left; color: @text_2;
  background: transparent; border-color: transparent;
}
*[kind="disclosure"]:hover { background: @hover; }
*[kind="disclosure"]:focus { border-color: @accent; }
*[kind="reset"] {
  min-height: 0; border-radius: 5px; padding: 0; background: transparent; border-color: transparent;
}
*[kind="reset"]:hover { background: @hover; }
*[kind="reset"]:focus { border-color: @accent; }
*[kind="sign"] {
  min-height: 18px; border-radius: 5px; padding: 0 6px; font-size: 8.5pt; color: @text_2;
  background: transparent; border-color: transparent;
}
*[kind="sign"]:hover { background: @hover; color: @text; }
*[kind="sign"]:focus { border-color: @accent; }
*[kind="tool"]:checked { background: @accent_soft; border-color: @accent; }
"""


def style_sheet(roles: dict[str, Any]) -> str:
    """Return the rules with each ``@role`` replaced by its colour."""
    return re.sub(r"@(\w+)", lambda match: str(roles[match.group(1)]), _RULES)
