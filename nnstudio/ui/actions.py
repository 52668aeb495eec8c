"""Actions: everything that can be done, as one table: menus, shortcuts and icons follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from nnstudio.ui.icons import icon


@dataclass(frozen=True)
class ActionSpec:
    """One entry of a menu; ``group`` makes it one of several choices. An empty name is a separator."""

    menu: str
    name: str = ""
    text: str = ""
    shortcut: str = ""
    icon: str = ""
    group: str = ""


ACTIONS = (
    ActionSpec("&File", "new", "&New", "Ctrl+N"),
    ActionSpec("&File", "template", "New from te&mplate …", "Ctrl+T", "model"),
    ActionSpec("&File", "open", "&Open …", "Ctrl+O", "folder"),
    ActionSpec("&File", "recent", "Open &recent"),
    ActionSpec("&File", "look_inside", "&Look inside a model …"),
    ActionSpec("&File", "open_folder", "Open &folder with data …", "Ctrl+Shift+O"),
    ActionSpec("&File", "open_image", "Open an &image …", "Ctrl+I", "image"),
    ActionSpec("&File"),
    ActionSpec("&File", "save", "&Save", "Ctrl+S"),
    ActionSpec("&File", "save_as", "Save &as …", "Ctrl+Shift+S"),
    ActionSpec("&File", "notes", "Project no&tes", "Ctrl+Shift+N", "pencil"),
    ActionSpec("&File"),
    ActionSpec("&File", "export", "&Export …", "Ctrl+E", "export"),
    ActionSpec("&File", "export_predictions", "Export pre&dictions …", "Ctrl+Shift+E", "export"),
    ActionSpec("&File"),
    ActionSpec("&File", "quit", "&Quit", "Ctrl+Q"),
    ActionSpec("&Edit", "undo", "&Undo", "Ctrl+Z", "undo"),
    ActionSpec("&Edit", "redo", "&Redo", "Ctrl+Shift+Z", "redo"),
    ActionSpec("&Model", "cut", "Cu&t layers", "Ctrl+X", "cut"),
    ActionSpec("&Model", "copy", "&Copy layers", "Ctrl+C", "copy"),
    ActionSpec("&Model", "paste", "&Paste layers", "Ctrl+V", "paste"),
    ActionSpec("&Model", "duplicate", "&Duplicate layers", "Ctrl+D"),
    ActionSpec("&Model", "delete", "De&lete layers", "Del", "trash"),
    ActionSpec("&Model", "select_all", "Select &all layers", "Ctrl+A"),
    ActionSpec("&Model"),
    ActionSpec("&Model", "rename", "&Rename layer", "F2", "pencil"),
    ActionSpec("&Model", "freeze", "Free&ze layers", "Ctrl+Shift+F", "frozen"),
    ActionSpec("&Model", "move_up", "Move &up", "Alt+Up", "up"),
    ActionSpec("&Model", "move_down", "Move &down", "Alt+Down", "down"),
    ActionSpec("&Model"),
    ActionSpec("&Model", "find_layer", "&Find a layer to add", "Ctrl+L", "search"),
    ActionSpec("&Model", "add_output", "Add the fitting &output layer", "", "plus"),
    ActionSpec("&Model"),
    ActionSpec("&Model", "export_picture", "&Picture and summary …", "", "image"),
    ActionSpec("&Model", "compare_design", "&Compare with …", "", "table"),
    ActionSpec("&Model"),
    ActionSpec("&Model", "next_problem", "&Next problem", "F8"),
    ActionSpec("&Model", "fix", "Apply the first &fix", "Ctrl+."),
    ActionSpec("&Training", "train", "&Train", "F5", "play"),
    ActionSpec("&Training", "step", "&Step: one batch", "F6", "step"),
    ActionSpec("&Training", "stop", "St&op", "Shift+F5", "stop"),
    ActionSpec("&Training", "reset", "&Reset to fresh weights", "", "reset"),
    ActionSpec("&Training", "new_seed", "&New seed", "Ctrl+F6", "dice"),
    ActionSpec("&Training", "more", "&More epochs", "F7", "plus"),
    ActionSpec("&Training"),
    ActionSpec("&Training", "range_test", "Find a &learning rate …", "Ctrl+F7", "search"),
    ActionSpec("&Training", "sweep", "S&weep: try many settings …", "Ctrl+F5", "points"),
    ActionSpec("&Prediction", "explain", "&Explain …", "Ctrl+Shift+X", "bulb"),
    ActionSpec("&View", "show_data", "&Data", "Ctrl+1"),
    ActionSpec("&View", "show_model", "&Model", "Ctrl+2"),
    ActionSpec("&View", "show_training", "&Training", "Ctrl+3"),
    ActionSpec("&View", "show_prediction", "&Prediction", "Ctrl+4"),
    ActionSpec("&View"),
    ActionSpec("&View", "theme_system", "Theme of the &system", group="theme"),
    ActionSpec("&View", "theme_light", "&Light theme", group="theme"),
    ActionSpec("&View", "theme_dark", "Dar&k theme", group="theme"),
    ActionSpec("&Help", "label_bug", "The &label bug …"),
    ActionSpec("&Help"),
    ActionSpec("&Help", "about", "&About nnstudio"),
    ActionSpec("&Help", "diagnostics", "&Copy diagnostics", "", "copy"),
)


def fill_menus(window: QMainWindow, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Make all menus of ``window``; each action calls the handler of its name. Return them by name."""
    window.menuBar().clear()
    menus: dict[str, QMenu] = {}
    groups: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for spec in ACTIONS:
        menu = menus.get(spec.menu)
        if menu is None:
            menu = menus[spec.menu] = window.menuBar().addMenu(spec.menu)
        if not spec.name:
            menu.addSeparator()
            continue
        action = actions[spec.name] = _action(window, spec)
        action.triggered.connect(handlers[spec.name])
        if spec.group:
            action.setCheckable(True)
            groups.setdefault(spec.group, QActionGroup(window)).addAction(action)
        menu.addAction(action)
    return actions


def _action(window: QMainWindow, spec: ActionSpec) -> QAction:
    action = QAction(spec.text, window)
    action.setObjectName(spec.name)
    if spec.shortcut:
        action.setShortcut(QKeySequence(spec.shortcut))
    if spec.icon:
        action.setIcon(icon(spec.icon))
    action.setToolTip(spec.text.replace("&", "").replace(" …", ""))
    return action
