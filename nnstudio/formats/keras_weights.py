"""KerasWeights: the arrays of a network in the places where Keras keeps them in an .h5 file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import h5py
import numpy as np

from nnstudio.engine.layer import Array, Layer, Weights

GROUP = "model_weights"
DTYPE = np.dtype("<f4")


def write_weights(parent: h5py.Group, layers: Sequence[Layer], weights: Sequence[Weights]) -> None:
    """Write the arrays of all layers, each in a group under its layer's name."""
    _write_names(parent, "layer_names", [layer.name for layer in layers])
    for layer, arrays in zip(layers, weights, strict=True):
        group = parent.create_group(layer.name)
        # Keras keeps what is carried from step to step, and its weights, in a cell.
        cell = f"{layer.keras_name()}_cell/" if "recurrent_kernel" in arrays else ""
        names = {f"{layer.name}/{cell}{name}:0": array for name, array in arrays.items()}
        _write_names(group, "weight_names", list(names))
        for name, array in names.items():
            group.create_dataset(name, data=array, dtype=DTYPE)
    _write_names(parent.create_group("top_level_model_weights"), "weight_names", [])


def _write_names(owner: h5py.Group, name: str, names: list[str]) -> None:
    """Write names as Keras does; no names are an empty array of numbers."""
    owner.attrs[name] = np.array(names, dtype=h5py.string_dtype("ascii")) if names else np.zeros(0)


def finite_notes(layers: tuple[Layer, ...], weights: Sequence[Weights]) -> Iterator[str]:
    """Tell which layers hold numbers that are not finite."""
    for layer, arrays in zip(layers, weights, strict=True):
        count = sum(map(_not_finite, arrays.values()))
        if count:
            yield f'Layer "{layer.name}" holds {count:,} weights that are not finite numbers: train it anew.'


@np.errstate(over="ignore", invalid="ignore")
def _not_finite(array: Array) -> int:
    """Return how many numbers are not finite; where the sum is, which is soon computed, all are."""
    return 0 if np.isfinite(np.add.reduce(array, axis=None)) else int(np.count_nonzero(~np.isfinite(array)))
