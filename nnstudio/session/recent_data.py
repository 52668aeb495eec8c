"""RecentData: the files with data that were opened lately, as they are remembered between starts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nnstudio.data.recipe import Recipe
from nnstudio.errors import UserError
from nnstudio.formats.recipe_json import recipe_from_json, recipe_to_json
from nnstudio.session.preferences import Preferences

MOST_RECENT_DATA = 12


@dataclass(frozen=True)
class RecentData:
    """One file or folder: what it is called, what is in it, and how it is read."""

    name: str
    detail: str
    recipe: Recipe


def recent_data(preferences: Preferences) -> tuple[RecentData, ...]:
    """Return what was opened lately, the newest first; what cannot be understood any more is left out."""
    return tuple(_read(preferences.recent_data))


def remember_data(preferences: Preferences, opened: RecentData) -> None:
    """Put a file first, in the place of what was known of it."""
    others = [one for one in recent_data(preferences) if not _same(one, opened)]
    _write(preferences, [opened, *others][:MOST_RECENT_DATA])


def forget_data(preferences: Preferences, recipe: Recipe) -> None:
    """Forget the file that ``recipe`` reads."""
    place = recipe.source.place
    _write(preferences, [one for one in recent_data(preferences) if one.recipe.source.place != place])


def _same(one: RecentData, other: RecentData) -> bool:
    return one.recipe.source.place == other.recipe.source.place


def _write(preferences: Preferences, recents: Iterable[RecentData]) -> None:
    preferences.recent_data = tuple(
        json.dumps({"name": one.name, "detail": one.detail, "recipe": recipe_to_json(one.recipe)})
        for one in recents
    )


def _read(texts: Iterable[str]) -> Iterator[RecentData]:
    for text in texts:
        try:
            found = json.loads(text)
            recipe = recipe_from_json(found["recipe"])
            yield RecentData(str(found["name"]), str(found["detail"]), recipe)
        except (ValueError, KeyError, TypeError, UserError):
            continue  # a newer or an older program wrote it; the file itself is not lost
