"""Step words: what the undo history calls a change of a setting, and which changes become one step."""

from __future__ import annotations

import dataclasses
from typing import Any

from nnstudio.engine.value_words import short_words, title_words
from nnstudio.settings import Setting, settings_of


@dataclasses.dataclass(frozen=True)
class Step:
    """The name of a step, and the key that successive changes share which become one."""

    text: str
    merge: str


def step_of(before: Any, after: Any, setting: str, of: str = "") -> Step:
    """Return the step from one owner to another of its class that differ in ``setting``.

    Where a setting of the value changed and not its kind, the step is that of the inner one: "set L2 of
    kernel regularizer to 0.02". ``of`` names the owner where that is needed.
    """
    declared = declaration(after, setting)
    titles, path = [title_words(declared)], [setting]
    old, new = getattr(before, setting), getattr(after, setting)
    while inner := changed_setting(old, new):
        declared = declaration(new, inner)
        titles.insert(0, title_words(declared))
        path.append(inner)
        old, new = getattr(old, inner), getattr(new, inner)
    title = " of ".join([*titles, of] if of else titles)
    return Step(_text(declared, title, new), ".".join(path))


def changed_setting(old: Any, new: Any) -> str:
    """Return the one setting in which two values of the same class differ; "" where it is not one."""
    if type(old) is not type(new) or not dataclasses.is_dataclass(new):
        return ""
    names = [one.name for one in settings_of(new) if getattr(old, one.name) != getattr(new, one.name)]
    return names[0] if len(names) == 1 else ""


def declaration(owner: Any, setting: str) -> Setting:
    """Return the declaration of one setting of ``owner``."""
    return next(declared for declared in settings_of(owner) if declared.name == setting)


def _text(declared: Setting, title: str, value: Any) -> str:
    if declared.is_switch:
        return f"switch {title} {'off' if value is None else 'on'}"
    return f"set {title} to {short_words(declared, value)}"
