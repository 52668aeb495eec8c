"""RecipeWords: what an edit of the recipe is called in the undo history."""

from __future__ import annotations

from typing import Any

from nnstudio.data.recipe import Recipe
from nnstudio.settings import settings_of


def recipe_step(before: Recipe, after: Recipe) -> str:
    """Name the one setting that changed: "set scaling to none"; "" where other data are opened."""
    if type(after.source) is not type(before.source) or after.source.place != before.source.place:
        return ""
    for name in ("preparation", "split", "source"):
        step = _step(getattr(before, name), getattr(after, name))
        if step:
            return step
    return ""


def _step(before: Any, after: Any) -> str:
    for declared in settings_of(after):
        value = getattr(after, declared.name)
        if value != getattr(before, declared.name):
            plain = isinstance(value, str | int | float) and not isinstance(value, bool)
            title = declared.title.lower()
            return f"set {title} to {value}" if plain and len(str(value)) < 40 else f"change {title}"
    return ""
