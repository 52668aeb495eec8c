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
        names = (f"{name}:0" for name in array_names(layer, list(arrays)))
        write_arrays(parent.create_group(layer.name), dict(zip(names, arrays.values(), strict=True)))
    _write_names(parent.create_group("top_level_model_weights"), "weight_names", [])


def array_names(layer: Layer, arrays: Sequence[str]) -> list[str]:
    """Return the paths under which Keras 2 knows the arrays of a layer."""
    # Keras keeps what is carried from step to step, and its weights, in a cell.
    cell = f"{layer.keras_name()}_cell/" if "recurrent_kernel" in arrays else ""
    return [f"{layer.name}/{cell}{name}" for name in arrays]


def write_arrays(group: h5py.Group, arrays: dict[str, Array]) -> None:
    """Write arrays under their names, and the names in their order; whole numbers stay what they are."""
    _write_names(group, "weight_names", list(arrays))
    for name, array in arrays.items():
        group.create_dataset(name, data=array, dtype=DTYPE if array.dtype.kind == "f" else None)


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
