"""KerasOldSlots: what an optimizer remembers, written as Keras 2 did before 2.11, which every Keras 2 reads.

Keras 3 reads it as well where it is told how, but refuses to train a model that it opened with it.
"""

from __future__ import annotations

from collections.abc import Iterator

import h5py
import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array
from nnstudio.engine.layout import Layout
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.optimizers import SGD, Adadelta, Adagrad, Adam, Adamax, AdamW, Nadam, Optimizer, RMSprop
from nnstudio.formats.keras_weights import array_names, write_arrays

GROUP = "optimizer_weights"
_ADAM = {"momentum": "m", "velocity": "v", "velocity_hat": "vhat"}
_SLOTS: dict[type[Optimizer], dict[str, str]] = {
    Adam: _ADAM,
    Nadam: _ADAM,
    Adamax: {"momentum": "m", "norm": "v"},
    Adadelta: {"accumulated_grad": "accum_grad", "accumulated_delta_var": "accum_var"},
    Adagrad: {"accumulator": "accumulator"},
    SGD: {"momentum": "momentum"},
    RMSprop: {"velocity": "rms", "momentum": "momentum", "average_gradient": "mg"},
}


def has_old_form(optimizer: Optimizer) -> bool:
    """Return whether Keras 2 had this optimizer before 2.11."""
    return type(optimizer) in _SLOTS and not isinstance(optimizer, AdamW)


def write_old_slots(parent: h5py.Group, design: Design, layout: Layout, state: OptimizerState) -> None:
    """Write the count of batches and then each slot of all trainable weights, one slot after the other."""
    write_arrays(parent.create_group(GROUP), dict(_named(design, layout, state)))


def _named(design: Design, layout: Layout, state: OptimizerState) -> Iterator[tuple[str, Array]]:
    optimizer = design.optimizer
    name = type(optimizer).__name__
    yield f"{name}/iter:0", np.array(state.iteration, np.int64)
    if isinstance(optimizer, Nadam):
        yield f"{name}/momentum_cache:0", np.array(optimizer.momenta(state.iteration), np.float32)
    for slot, written in _SLOTS[type(optimizer)].items():
        if slot not in state.vectors:
            continue
        for layer, places in zip(design.layers, layout.places, strict=True):
            for weight, place in zip(array_names(layer, list(places)), places.values(), strict=True):
                if place.start < layout.trainable_size:
                    yield f"{name}/{weight}/{written}:0", place.view(state.vectors[slot])
