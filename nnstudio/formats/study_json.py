"""StudyJson: a study in nnstudio's own words: every setting under its own name, and back with every check."""

from __future__ import annotations

from typing import Any

from nnstudio.engine.design import Design, with_free_names
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.plan import TrainingPlan
from nnstudio.errors import FileError
from nnstudio.experiments.study import Study
from nnstudio.formats.recipe_json import recipe_from_json, recipe_to_json
from nnstudio.formats.values import Json, named_from_json, named_to_json, owner_from_json, settings_to_json
from nnstudio.task import Shape

MOST_LAYERS = 10_000
_MOST_AXES = 8
_LONGEST_AXIS = 2**31 - 1


def study_to_json(study: Study) -> Json:
    """Return design, plan and recipe."""
    return {
        "design": design_to_json(study.design),
        "plan": settings_to_json(study.plan),
        "recipe": recipe_to_json(study.recipe),
    }


def study_from_json(config: Any) -> Study:
    """Return the study that `study_to_json` described; a setting that is missing has its default.

    Raises:
        FileError: a part is missing, or a value is not what its declaration allows.
    """
    parts = _object(config, "study")
    return Study(
        design=design_from_json(parts.get("design")),
        plan=owner_from_json(TrainingPlan, parts.get("plan")),
        recipe=recipe_from_json(parts.get("recipe")),
    )


def design_to_json(design: Design) -> Json:
    """Return layers, loss, optimizer, metrics and, where it is fixed, the shape of a sample."""
    return {
        "layers": [named_to_json(layer) for layer in design.layers],
        "loss": named_to_json(design.loss),
        "optimizer": named_to_json(design.optimizer),
        "metrics": [named_to_json(metric) for metric in design.metrics],
        "input_shape": None if design.input_shape is None else list(design.input_shape),
    }


def design_from_json(config: Any) -> Design:
    """Return the design that `design_to_json` described; FileError as in `study_from_json`."""
    parts = _object(config, "design")
    layers = tuple(named_from_json(list(LAYERS), layer) for layer in _list(parts, "layers"))
    shape = parts.get("input_shape")
    return Design(
        layers=with_free_names(layers, ()),
        loss=named_from_json(list(LOSSES), parts.get("loss")),
        optimizer=named_from_json(list(OPTIMIZERS), parts.get("optimizer")),
        metrics=tuple(named_from_json(list(METRICS), metric) for metric in _list(parts, "metrics")),
        input_shape=None if shape is None else shape_from_json(shape),
    )


def shape_from_json(value: Any) -> Shape:
    """Return the shape of a sample; FileError where it is no list of lengths."""
    if not isinstance(value, list) or len(value) > _MOST_AXES:
        raise FileError("The shape of a sample is no list of lengths.")
    if not all(type(length) is int and 0 < length <= _LONGEST_AXIS for length in value):
        raise FileError("The shape of a sample is no list of lengths.")
    return tuple(value)


def _object(value: Any, what: str) -> Json:
    if not isinstance(value, dict):
        raise FileError(f"It describes no {what}.")
    return value


def _list(parts: Json, name: str) -> list[Any]:
    found = parts.get(name)
    if not isinstance(found, list) or len(found) > MOST_LAYERS:
        raise FileError(f"It has no list of {name}.")
    return found
