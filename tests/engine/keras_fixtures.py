"""Fixtures that real Keras wrote, as designs and states of this engine; see tests/keras_files/index.json.

The stack and how it learns are read by `nnstudio.formats`, the arrays by `tests.engine.keras_contents`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array
from nnstudio.engine.layers import LAYERS, Dropout
from nnstudio.engine.network import Network
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.run_state import RunState
from nnstudio.formats.keras_compile import read_training_config
from nnstudio.formats.keras_config import read_model_config
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.task import Shape
from tests.engine.helpers import ArraySamples
from tests.engine.keras_contents import Contents, Json, contents

FOLDER = Path(__file__).parents[1] / "keras_files"

# What no test reads, and why.
EXCLUDED = {
    "functional_skip__k3t": "its graph adds two branches, so it is no stack",
    "functional_skip__tfk": "its graph adds two branches, so it is no stack",
}
# What cannot be trained on as Keras did, and why.
NOT_RESUMED = {
    "variant_keras2_0_list_config": "it holds no state of the optimizer, but its numbers went on from one",
}
# Figures that Keras itself reported wrong, and why.
WRONG_FIGURES = {
    ("compiled_untrained__tfk", "accuracy"): "Keras 2 had chosen the one for rows before it saw class numbers"
}

_ALL = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))["fixtures"]
_KNOWN = {kind.__name__ for kind in LAYERS} | {"InputLayer", "Sequential"}
INDEX: dict[str, Json] = {
    entry["id"]: entry for entry in _ALL if entry["id"] not in EXCLUDED and set(entry["layers"]) <= _KNOWN
}
EVALUATED = [name for name, entry in INDEX.items() if "evaluate" in entry]
RESUMED = [name for name, entry in INDEX.items() if "resume" in entry and name not in NOT_RESUMED]

_SLOTS = {
    **{name: "momentum" for name in ("m", "momentum")},
    **{name: "velocity" for name in ("v", "rms", "velocity")},
    **{name: "velocity_hat" for name in ("vhat", "velocity_hat")},
    **{name: "average_gradient" for name in ("mg", "average_gradient")},
    **{name: "accumulated_grad" for name in ("accum_grad", "accumulated_grad")},
    **{name: "accumulated_delta_var" for name in ("accum_var", "accumulated_delta_var")},
    **{name: "norm" for name in ("u", "norm")},
    "accumulator": "accumulator",
}


@dataclass(frozen=True)
class Fixture:
    """One file of Keras with the arrays that belong to it."""

    entry: Json
    arrays: dict[str, Array]
    design: Design
    input_shape: Shape
    content: Contents

    def state(self, x: str, y: str, **plan: int) -> RunState:
        """Return a run that stands where the file stands, over the arrays named ``x`` and ``y``."""
        samples = ArraySamples(self.arrays[x], self.arrays[y])
        state = RunState.start(self.design, TrainingPlan(shuffle=False, **plan), self.input_shape, samples)
        for place, array in zip(weights_of(state.network), self.content.weights, strict=True):
            place[...] = array
        slots, state.slots.iteration = optimizer_state(self.content)
        for name, vector in state.slots.vectors.items():
            if name in slots:
                vector[:] = np.concatenate([array.ravel() for array in slots[name]])
        return state

    def kept_weights(self, prefix: str) -> list[Array]:
        """Return the weights of the arrays whose names begin with ``prefix``, in Keras' order."""
        return [array for name, array in self.arrays.items() if name.startswith(prefix)]

    def known_figures(self, values: dict[str, float]) -> dict[str, float]:
        """Return Keras' figures by the names of this engine, without those that it does not have."""
        right = {
            name: value for name, value in values.items() if (self.entry["id"], name) not in WRONG_FIGURES
        }
        renamed = {self._our_name(name): value for name, value in right.items()}
        return {name: value for name, value in renamed.items() if name}

    def _our_name(self, name: str) -> str:
        entries = self.content.learning.get("metrics") or []
        flat = [part for entry in entries for part in (entry if isinstance(entry, list) else [entry])]
        named = {entry["config"]["name"]: entry for entry in flat if isinstance(entry, dict)}
        found = read_training_config({"metrics": [named.get(name, name)]}, [])["metrics"]
        return "loss" if name == "loss" else next((metric.keras_name for metric in found), "")


def weights_of(network: Network) -> list[Array]:
    """Return the arrays of a network in Keras' order: layer by layer, as each declares them."""
    return [array for weights in network.weights for array in weights.values()]


def load(name: str) -> Fixture:
    """Read the fixture called ``name``."""
    entry = INDEX[name]
    content = contents(FOLDER / entry["file"], entry)
    dialect = Dialect.KERAS_2 if entry["writer"]["engine"] == "tf_keras" else Dialect.KERAS_3
    layers, shape = read_model_config(content.stack, [], dialect)
    rate = entry.get("resume", {}).get("overrides", {}).get("dropout_rate")
    if rate is not None:
        layers = tuple(replace(layer, rate=rate) if isinstance(layer, Dropout) else layer for layer in layers)
    design = Design(layers, **read_training_config(content.learning, [], dialect))
    with np.load(FOLDER / entry["npz"]) as npz:
        arrays = {name: _single(npz[name]) if name.startswith("x_") else npz[name] for name in npz}
    return Fixture(entry, arrays, design, shape, content)


def _single(x: Array) -> Array:
    """Return inputs as this engine takes them, also those of a network of doubles."""
    return x.astype(np.float32)


def optimizer_state(content: Contents) -> tuple[dict[str, list[Array]], int]:
    """Return the arrays of each slot by Keras 3's name of it, in the order of the weights; the iteration."""
    slots: dict[str, list[Array]] = {}
    iteration = 0
    for name, array in content.state:
        slot = next(_slots_in(name), None)
        if slot and array.ndim:
            slots.setdefault(slot, []).append(array)
        elif "iter" in name:
            iteration = int(array)
    return slots, iteration


def _slots_in(name: str) -> Iterator[str]:
    """Return the slot that a name tells: behind that of the weight, or right behind the optimizer's."""
    words = name.removesuffix(":0").split("/")
    yield from (_SLOTS[word] for word in (words[-1], *words[1:2]) if word in _SLOTS)
    yield from (slot for word, slot in reversed(_SLOTS.items()) if words[-1].endswith("_" + word))
