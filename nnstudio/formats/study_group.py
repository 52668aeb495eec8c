"""StudyGroup: nnstudio's own part of an .h5 file: the plan, the recipe and the record of the training.

Keras passes over it. What Keras' own parts say (layers, loss, optimizer, weights) is not repeated here; what
they cannot say of these is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import h5py
import numpy as np

from nnstudio import __version__
from nnstudio.data.fitted import Fitted
from nnstudio.data.recipe import Recipe
from nnstudio.engine.design import Design
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.saved_state import SavedState
from nnstudio.errors import FileError
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.column_json import fitted_from_json, fitted_to_json
from nnstudio.formats.hdf5 import Group
from nnstudio.formats.keras_dialect import OWN_GROUP as GROUP
from nnstudio.formats.recipe_json import recipe_from_json, recipe_to_json
from nnstudio.formats.safe_hdf5 import dataset_in, group_in, read_array, text_attribute
from nnstudio.formats.state_group import read_state, write_state
from nnstudio.formats.values import Json, owner_from_json, parse_json, settings_to_json

FORMAT = 1
FOREIGN = "nnstudio did not write this file, so data and training plan are those of a new project."


@dataclass(frozen=True)
class StudyPart:
    """What nnstudio keeps beside Keras' parts.

    ``names`` are the layers' own names where Keras takes other ones; ``fixed_shape`` says whether the
    design fixes the shape of a sample. ``unsaid`` is what `with_unsaid` takes.
    """

    plan: TrainingPlan = field(default_factory=TrainingPlan)
    recipe: Recipe = field(default_factory=Recipe)
    names: tuple[str, ...] = ()
    fixed_shape: bool = True
    class_names: tuple[str, ...] = ()
    epoch: float = 0.0
    history: History | None = None
    unsaid: Json = field(default_factory=dict)
    run_state: SavedState | None = None
    fitted: Fitted | None = None

    def study(self, design: Design) -> Study:
        """Return the study of the design that Keras' parts describe."""
        layers = design.layers
        if len(self.names) == len(set(self.names)) == len(layers):
            layers = tuple(replace(layer, name=name) for layer, name in zip(layers, self.names, strict=True))
        shape = design.input_shape if self.fixed_shape else None
        return Study(replace(design, layers=layers, input_shape=shape), self.plan, self.recipe)


def write_study(parent: h5py.Group, model: TrainedModel, unsaid: Json) -> None:
    """Write what nnstudio keeps of ``model``, and what Keras' parts leave ``unsaid``, into its own group."""
    group = parent.create_group(GROUP)
    group.attrs["version"] = __version__
    group.attrs["study"] = json.dumps(_to_json(model) | {"unsaid": unsaid}, allow_nan=False)
    for name, table in (("steps", model.history.steps), ("epochs", model.history.epochs)):
        group.create_dataset(name, data=table.rows(), dtype="<f8")
    if model.run_state is not None:
        write_state(group, model.run_state)


def _to_json(model: TrainedModel) -> Json:
    return {
        "format": FORMAT,
        "plan": settings_to_json(model.study.plan),
        "recipe": recipe_to_json(model.study.recipe),
        "names": list(model.snapshot.design.names),
        "fixed_shape": model.snapshot.design.input_shape is not None,
        "class_names": list(model.class_names),
        "epoch": float(model.snapshot.epoch),
        "history": list(model.history.names),
        "fitted": None if model.fitted is None else fitted_to_json(model.fitted),
    }


def read_study(parent: Group, notes: list[str]) -> StudyPart:
    """Return what `write_study` wrote; ``notes`` gets a sentence where it is missing or damaged."""
    if GROUP not in parent:
        notes.append(FOREIGN)
        return StudyPart()
    try:
        group = group_in(parent, GROUP)
        part = _from_json(group, parse_json(text_attribute(group, "study") or "", "study"))
        return replace(part, run_state=read_state(group, notes))
    except FileError as error:
        notes.append(f"What nnstudio noted beside the network cannot be read, so it is left out. {error}")
        return StudyPart()


def _from_json(group: Group, config: Any) -> StudyPart:
    if not isinstance(config, dict) or config.get("format") != FORMAT:
        raise FileError("Another version of nnstudio wrote it.")
    return StudyPart(
        plan=owner_from_json(TrainingPlan, config.get("plan")),
        recipe=recipe_from_json(config.get("recipe")),
        names=_names(config, "names"),
        fixed_shape=config.get("fixed_shape") is True,
        class_names=_names(config, "class_names"),
        epoch=_epoch(config.get("epoch")),
        history=_history(group, _names(config, "history")),
        unsaid=_unsaid(config.get("unsaid", {})),
        fitted=None if config.get("fitted") is None else fitted_from_json(config["fitted"]),
    )


def _unsaid(value: Any) -> Json:
    if not isinstance(value, dict):
        raise FileError("What it says of the design is no object.")
    return value


def _names(config: Json, key: str) -> tuple[str, ...]:
    names = config.get(key)
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise FileError(f"Its {key} are no names.")
    return tuple(names)


def _epoch(value: Any) -> float:
    if not isinstance(value, int | float) or not 0 <= value < np.inf:
        raise FileError("Its number of epochs is no number.")
    return float(value)


def _history(group: Group, names: tuple[str, ...]) -> History:
    empty = History(names)
    rows = []
    for name, table in (("steps", empty.steps), ("epochs", empty.epochs)):
        dataset = dataset_in(group, name)
        if len(dataset.shape) != 2 or dataset.shape[1] != len(table.columns):
            raise FileError("Its record of the training has other columns than expected.")
        rows.append(read_array(dataset, np.float64))
    return History(names, *rows)
