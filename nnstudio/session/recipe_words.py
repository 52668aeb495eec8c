"""RecipeWords: what an edit of the recipe is called in the undo history, and which become one step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.table import Table
from nnstudio.session.step_words import changed_setting, step_of

_OF_THE_TASK = ("task", "class_names")
_PARTS = ("preparation", "split", "source")


@dataclass(frozen=True)
class RecipeStep:
    """The name of a step, "" where other data are opened, and the key that steps share which become one."""

    text: str = ""
    merge: str = ""


def recipe_step(before: Recipe, after: Recipe) -> RecipeStep:
    """Name the setting that changed: "set scaling to none"; of several, what they are settings of."""
    if type(after.source) is not type(before.source) or after.source.place != before.source.place:
        return RecipeStep()
    if after.source != before.source and after.source.anew() == before.source.anew():
        return RecipeStep()  # the same once more, with what has come since
    changed = [part for part in _PARTS if getattr(after, part) != getattr(before, part)]
    if not changed:
        return RecipeStep()
    old, new = getattr(before, changed[0]), getattr(after, changed[0])
    name = changed_setting(old, new)
    if changed == ["source"] and isinstance(new, Table) and name not in _OF_THE_TASK:
        return RecipeStep(f"change the columns of {_name(after)}")
    if len(changed) > 1 or not name:
        return RecipeStep(f"change how {_name(after)} is read")
    if name == "validation_path":
        return RecipeStep(f"validate with {Path(new.validation_path).name or 'no file'}")
    step = step_of(old, new, name)
    return RecipeStep(step.text, f"recipe.{changed[0]}.{step.merge}")


def _name(recipe: Recipe) -> str:
    return Path(recipe.source.place).name or recipe.source.title
