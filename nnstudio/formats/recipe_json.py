"""RecipeJson: a recipe in nnstudio's own words, and back, also from how older versions wrote it."""

from __future__ import annotations

from typing import Any

from nnstudio.data.recipe import Recipe
from nnstudio.formats.values import Json, owner_from_json, settings_to_json

# The first version named a source by a word, with its path beside it.
_OLD_SOURCES = {"mnist_sample": "MnistSample", "idx": "IdxSource", "npz": "ArrayFile"}


def recipe_to_json(recipe: Recipe) -> Json:
    """Return source, split and preparation."""
    return settings_to_json(recipe)


def recipe_from_json(config: Any) -> Recipe:
    """Return the recipe that `recipe_to_json` described; FileError as in `owner_from_json`."""
    if isinstance(config, dict) and config.get("source") in list(_OLD_SOURCES):
        name = _OLD_SOURCES[config["source"]]
        path = {"path": config["path"]} if name != "MnistSample" and "path" in config else {}
        config = {**config, "source": {"class_name": name, "config": path}}
    return owner_from_json(Recipe, config)
