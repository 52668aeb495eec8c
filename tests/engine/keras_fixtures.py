"""Fixtures that real Keras wrote, as designs and states of this engine; see tests/keras_files/index.json.

Reads what the tests need and trusts the files: reading files for people is the work of `nnstudio.formats`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array, Layer
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES, Loss
from nnstudio.engine.metrics import Accuracy, MeanAbsoluteError, Metric
from nnstudio.engine.optimizers import OPTIMIZERS, Optimizer
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.run_state import RunState
from nnstudio.task import Shape
from tests.engine.helpers import ArraySamples

FOLDER = Path(__file__).parents[1] / "keras_files"
INDEX: dict[str, dict[str, Any]] = {
    entry["id"]: entry
    for entry in json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))["fixtures"]
}
METRICS: dict[str, Metric] = {
    "accuracy": Accuracy(),
    "mae": MeanAbsoluteError(),
    "mean_absolute_error": MeanAbsoluteError(),
}
_LOSS_ALIASES = {"mse": "mean_squared_error"}
_SLOTS = {"m": "momentum", "v": "velocity", "rms": "velocity", "momentum": "momentum", "velocity": "velocity"}


@dataclass(frozen=True)
class Fixture:
    """One file of Keras with the arrays that belong to it."""

    entry: dict[str, Any]
    arrays: dict[str, Array]
    design: Design
    input_shape: Shape
    weights: Array
    slots: dict[str, Array]
    iteration: int

    def state(self, x: str, y: str, **plan: Any) -> RunState:
        """Return a run that stands where the file stands, over the arrays named ``x`` and ``y``."""
        samples = ArraySamples(self.arrays[x], self.arrays[y])
        state = RunState.start(self.design, TrainingPlan(shuffle=False, **plan), self.input_shape, samples)
        state.network.parameters[:] = self.weights
        state.slots.iteration = self.iteration
        for name, vector in state.slots.vectors.items():
            vector[:] = self.slots.get(name, 0.0)
        return state

    def kept_weights(self, prefix: str) -> Array:
        """Return the weights of the arrays whose names begin with ``prefix`` as one vector, in file order."""
        return np.concatenate([a.ravel() for name, a in self.arrays.items() if name.startswith(prefix)])


def load(name: str) -> Fixture:
    """Read the fixture called ``name``."""
    entry = INDEX[name]
    with np.load(FOLDER / entry["npz"]) as npz, h5py.File(FOLDER / entry["file"]) as file:
        model = json.loads(file.attrs["model_config"])["config"]["layers"]
        slots, iteration = _optimizer_state(file)
        first = model[0]["config"]
        return Fixture(
            entry=entry,
            arrays=dict(npz),
            design=_design(model, entry, json.loads(file.attrs["training_config"])),
            input_shape=tuple((first.get("batch_shape") or first["batch_input_shape"])[1:]),
            weights=np.concatenate(_weights(file["model_weights"])),
            slots=slots,
            iteration=iteration,
        )


def _design(model: list[dict[str, Any]], entry: dict[str, Any], compiled: dict[str, Any]) -> Design:
    names = [name for name in entry["resume"]["history"] if name in METRICS]
    return Design(
        layers=tuple(_layer(layer, entry) for layer in model if layer["class_name"] != "InputLayer"),
        loss=_loss(compiled["loss"]),
        optimizer=_optimizer(compiled["optimizer_config"]),
        metrics=tuple(METRICS[name] for name in names),
    )


def _layer(layer: dict[str, Any], entry: dict[str, Any]) -> Layer:
    (kind,) = (kind for kind in LAYERS if kind.__name__ == layer["class_name"])
    config = {
        name: value for name, value in layer["config"].items() if not isinstance(value, dict | list)
    } | {"rate": entry["resume"]["overrides"].get("dropout_rate", layer["config"].get("rate"))}
    return kind(**_known(kind, config))


def _loss(name: str) -> Loss:
    (kind,) = (kind for kind in LOSSES if kind.keras_name == _LOSS_ALIASES.get(name, name))
    return kind()


def _optimizer(config: dict[str, Any]) -> Optimizer:
    (kind,) = (kind for kind in OPTIMIZERS if kind.__name__ == config["class_name"].removeprefix("Custom>"))
    return kind(**_known(kind, config["config"]))


def _known(kind: type, config: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in config.items() if name in names}


def _weights(group: h5py.Group) -> list[Array]:
    layers = [group[name] for name in group.attrs["layer_names"]]
    return [layer[name][()].ravel() for layer in layers for name in layer.attrs["weight_names"]]


def _optimizer_state(file: h5py.File) -> tuple[dict[str, Array], int]:
    """Return each slot's arrays as one vector in the order of the weights, and the iteration."""
    group, parts, iteration = file["optimizer_weights"], {}, 0
    for name in group.attrs["weight_names"]:
        slot = _slot(name)
        if slot:
            parts.setdefault(slot, []).append(group[name][()].ravel())
        elif "iter" in name:
            iteration = int(group[name][()])
    return {slot: np.concatenate(arrays) for slot, arrays in parts.items()}, iteration


def _slot(name: str) -> str | None:
    words = name.removesuffix(":0").split("/")
    return _SLOTS.get(words[-1].split("_")[-1]) or _SLOTS.get(words[1] if len(words) > 2 else "")
