"""Contents of the files that real Keras wrote, whatever holds them: .h5, .keras, or weights alone.

Reads what the tests need and trusts the files: reading files for people is the work of `nnstudio.formats`.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py

from nnstudio.engine.layer import Array

Json = dict[str, Any]
_STATES = ("optimizer_weights", "nnstudio_optimizer_weights")


@dataclass(frozen=True)
class Contents:
    """What a file says: the stack, how it learns, the arrays in Keras' order, the optimizer's by name."""

    stack: Json
    learning: Json
    weights: list[Array]
    state: list[tuple[str, Array]]


def contents(path: Path, entry: Json) -> Contents:
    """Read ``path``, of which the index says ``entry``."""
    if path.suffix == ".keras":
        return _of_zip(path, entry)
    with h5py.File(path) as file:
        if "model_config" not in file.attrs:
            return _of_weights(file, entry)
        state = next((file[name] for name in _STATES if name in file), None)
        return Contents(
            as_sequential(json.loads(file.attrs["model_config"])),
            json.loads(file.attrs.get("training_config", "{}")),
            _old_weights(file["model_weights"]),
            [] if state is None else [(name, state[name][()]) for name in _names(state, "weight_names")],
        )


def _of_zip(path: Path, entry: Json) -> Contents:
    with zipfile.ZipFile(path) as archive:
        config = json.loads(archive.read("config.json"))
        compiled = config["compile_config"]
        optimizer = compiled["optimizer"]
        stack = as_sequential(config)
        with h5py.File(io.BytesIO(archive.read("model.weights.h5"))) as file:
            state = _numbered(file["optimizer/vars"])
            return Contents(
                stack,
                {
                    **compiled,
                    "optimizer_config": {"class_name": optimizer}
                    if isinstance(optimizer, str)
                    else optimizer,
                },
                list(_new_weights(file, stack)),
                list(zip(entry["optimizer"]["variables"], state, strict=True)),
            )


def _of_weights(file: h5py.File, entry: Json) -> Contents:
    stack = as_sequential(json.loads(entry["architecture_json"]))
    old = "layer_names" in file.attrs
    return Contents(stack, {}, _old_weights(file) if old else list(_new_weights(file, stack)), [])


def as_sequential(config: Json) -> Json:
    """Return a chain of layers, or stacks within a stack, as one stack."""
    inner = config["config"]
    layers = list(_flat(inner if isinstance(inner, list) else inner["layers"]))
    return {"class_name": "Sequential", "config": {"layers": layers}}


def _flat(layers: list[Json]) -> Iterator[Json]:
    for layer in layers:
        if layer["class_name"] == "Sequential":
            yield from (part for part in layer["config"]["layers"] if part["class_name"] != "InputLayer")
        else:
            yield layer


def _old_weights(group: h5py.Group) -> list[Array]:
    layers = [group[name] for name in _names(group, "layer_names")]
    return [layer[name][()] for layer in layers for name in _names(layer, "weight_names")]


def _names(group: h5py.Group, name: str) -> list[str]:
    """Return a list of names, which may be cut up and may be of bytes."""
    parts = [name] if name in group.attrs else [f"{name}{number}" for number in range(len(group.attrs))]
    found = [entry for part in parts if part in group.attrs for entry in group.attrs[part]]
    return [entry.decode() if isinstance(entry, bytes) else entry for entry in found]


def _new_weights(file: h5py.File, stack: Json) -> Iterator[Array]:
    """Return the arrays of a Keras 3 file, in which layers go by their class and a number."""
    seen: dict[str, int] = {}
    for layer in stack["config"]["layers"]:
        kind = {"Dense": "dense", "BatchNormalization": "batch_normalization"}.get(layer["class_name"])
        if kind:
            number = seen[kind] = seen.get(kind, -1) + 1
            yield from _numbered(file[f"layers/{kind}_{number}/vars" if number else f"layers/{kind}/vars"])


def _numbered(group: h5py.Group) -> list[Array]:
    return [group[str(number)][()] for number in range(len(group))]
