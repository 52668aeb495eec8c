"""PreparationFile: how raw samples become inputs and what outputs mean, as JSON beside an exported model.

Whoever predicts elsewhere does what stands there and gets what the preview in nnstudio showed.
"""

from __future__ import annotations

import json
from typing import Any

from nnstudio import __version__
from nnstudio.data.fitted import Fitted
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.column_json import columns_to_json, scaler_to_json
from nnstudio.formats.recipe_json import recipe_to_json
from nnstudio.formats.values import Json

_ROWS = (
    "For each column in order: a number stays one input; a category becomes one input for each of its "
    "categories, 1 for its own and 0 for the others. What is missing is what stands under fill; where "
    "zero_is_missing is true, 0 is missing as well."
)
_SCALE = "Then each input is (input - offset) / spread; null means that this step is left out."
_CLASSES = (
    "The output with the largest probability is the class; the classes are in the order of class_names."
)
_TWO = "The output is the probability of the second class of class_names; from 0.5 on it is this class."
_VALUES = "The outputs are the values to predict, in the order of target_names."


def preparation_text(model: TrainedModel) -> str:
    """Return the whole file, with a few lines of how to use it."""
    fitted = model.fitted or Fitted()
    content: Json = {
        "written_by": f"nnstudio {__version__}",
        "how_to_use": [line for line in (_ROWS if fitted.columns else "", _SCALE, _meaning(model)) if line],
        "input_shape": list(model.snapshot.input_shape),
        "columns": columns_to_json(fitted.columns),
        **scaler_to_json(fitted.scaler),
        "class_names": list(model.class_names),
        "target_names": list(fitted.target_names),
        "recipe": _without_place(recipe_to_json(model.study.recipe)),
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _meaning(model: TrainedModel) -> str:
    if not model.class_names:
        return _VALUES
    outputs = model.snapshot.predictor().output_shape
    return _TWO if outputs == (1,) else _CLASSES


def _without_place(recipe: Json) -> Json:
    """Return a recipe without the folder that its file lies in, which is nobody's business elsewhere."""
    source: Any = recipe.get("source")
    config = source.get("config") if isinstance(source, dict) else None
    if isinstance(config, dict) and isinstance(config.get("path"), str):
        config["path"] = config["path"].replace("\\", "/").rsplit("/", 1)[-1]
    return recipe
