"""RunMenus: the menus of the table of runs; an action's property says what it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from nnstudio.experiments.run_facts import COLUMNS
from nnstudio.ui.training.run_colors import COLOR_NAMES, run_color, swatch
from nnstudio.ui.training.runs_view import RunsView

Verb = Callable[[], None]
_RESTORING = (
    ("Design", "restore_design"),
    ("Weights", "restore_weights"),
    ("Design, plan and weights", "restore"),
)


def column_menu(parent: QWidget, view: RunsView, toggle: Verb) -> QMenu:
    """Return the columns with a tick at those that are shown; property "column"."""
    menu = QMenu(parent)
    for one in COLUMNS[1:]:
        action = _add(menu, one.title, toggle, "column", one.name)
        action.setCheckable(True)
        action.setChecked(one.name not in view.hidden)
    return menu


def restore_menu(parent: QWidget, restore: Verb) -> QMenu:
    """Return what can be restored of a run; property "verb"."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for title, verb in _RESTORING:
        _add(menu, title, restore, "verb", verb)
    return menu


def run_menu(parent: QWidget, verbs: Mapping[str, Verb], recolor: Verb) -> QMenu:
    """Return the verbs, and before the last a menu of colours; property "color"."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    *first, last = verbs
    for title in first:
        _add(menu, title, verbs[title])
    colors = menu.addMenu("Colour")
    for number, name in enumerate(COLOR_NAMES):
        _add(colors, name, recolor, "color", number).setIcon(swatch(run_color(number)))
    menu.addSeparator()
    _add(menu, last, verbs[last])
    return menu


def _add(menu: QMenu, title: str, verb: Verb, name: str = "", value: object = None) -> QAction:
    action = menu.addAction(title)
    if name:
        action.setProperty(name, value)
    action.triggered.connect(verb)
    return action
