"""Handlers: what each action does: one table for each menu, by the names in `nnstudio.ui.actions`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from nnstudio.ui.messages import about_words, tell

if TYPE_CHECKING:
    from nnstudio.ui.workbench import Workbench

Handlers = dict[str, Callable[[], object]]

_STAGES = ("data", "model", "training", "prediction")
_THEMES = ("system", "light", "dark")


def handlers(workbench: Workbench) -> Handlers:
    """Return the handlers of all actions by name."""
    return {name: handler for menu in _MENUS for name, handler in menu(workbench).items()}


def _file(workbench: Workbench) -> Handlers:
    projects, files = workbench.projects, workbench.files
    return {
        "new": projects.new_project,
        "template": workbench.show_templates,
        "open": files.open_file,
        "recent": files.open_file,
        "look_inside": files.look_inside,
        "open_folder": files.open_folder,
        "open_image": workbench.open_image,
        "save": projects.save,
        "save_as": projects.save_as,
        "notes": workbench.show_notes,
        "export": files.export,
        "export_predictions": workbench.export_predictions,
        "quit": workbench.window.close,
    }


def _edit(workbench: Workbench) -> Handlers:
    undo_stack = workbench.session.document.undo_stack
    return {"undo": undo_stack.undo, "redo": undo_stack.redo}


def _model(workbench: Workbench) -> Handlers:
    model, verbs = workbench.model_tab, workbench.model_tab.verbs
    return {
        "cut": verbs.cut,
        "copy": verbs.copy,
        "paste": verbs.paste,
        "duplicate": verbs.duplicate,
        "delete": verbs.delete,
        "select_all": verbs.select_all,
        "rename": verbs.rename,
        "freeze": verbs.freeze,
        "move_up": partial(verbs.shift, -1),
        "move_down": partial(verbs.shift, 1),
        "find_layer": workbench.find_layer,
        "add_output": verbs.add_output,
        "export_picture": workbench.dialogs.show_picture,
        "compare_design": workbench.dialogs.compare,
        "next_problem": workbench.show_next_problem,
        "fix": model.apply_first_fix,
    }


def _training(workbench: Workbench) -> Handlers:
    session = workbench.session
    return {
        "train": session.train_or_pause,
        "step": session.step_once,
        "stop": session.stop,
        "reset": workbench.files.reset,
        "new_seed": session.new_seed,
        "more": workbench.train_more,
        "range_test": workbench.find_rate,
        "sweep": workbench.sweep,
    }


def _prediction(workbench: Workbench) -> Handlers:
    return {"explain": workbench.explain}


def _view(workbench: Workbench) -> Handlers:
    show, choose = workbench.window.stages.setCurrentIndex, workbench.themes.choose
    stages = {f"show_{name}": partial(show, index) for index, name in enumerate(_STAGES)}
    return {**stages, **{f"theme_{name}": partial(choose, name) for name in _THEMES}}


def _help(workbench: Workbench) -> Handlers:
    return {
        "label_bug": workbench.show_label_bug,
        "about": partial(tell, workbench.window, "About nnstudio", about_words()),
        "diagnostics": workbench.copy_diagnostics,
    }


_MENUS = (_file, _edit, _model, _training, _prediction, _view, _help)
