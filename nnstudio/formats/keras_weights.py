"""KerasWeights: the arrays of a network in the places where Keras keeps them in an .h5 file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import h5py
import numpy as np

from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.layout import Layout, Place, lay_out
from nnstudio.errors import FileError, ShapeError
from nnstudio.formats.safe_hdf5 import dataset_in, group_in, names_attribute, read_array
from nnstudio.formats.values import shortened
from nnstudio.task import Shape

GROUP = "model_weights"
DTYPE = np.dtype("<f4")
MOST_NUMBERS = 2**28  # of weights or in one sample; more would be more than a gigabyte


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


def read_parameters(parent: h5py.Group, layers: tuple[Layer, ...], input_shape: Shape) -> Array:
    """Return the parameters (size,) of a stack; layers and arrays go by position, as Keras loads them.

    Raises:
        FileError: the arrays are not those that the layers need.
    """
    layout = _checked_layout(layers, input_shape)
    datasets = list(_all_datasets(parent, layers, layout))
    # Only now, when the file is known to hold as many numbers as its layers ask for.
    parameters = np.zeros(layout.size, np.float32)
    for place, dataset in datasets:
        place.view(parameters)[...] = read_array(dataset, np.float32)
    return parameters


def _checked_layout(layers: tuple[Layer, ...], input_shape: Shape) -> Layout:
    try:
        layout = lay_out(layers, input_shape)
    except ShapeError as error:
        raise FileError(f"Its layers do not fit together: {error}") from error
    largest = max(math.prod(shape) for shape in layout.shapes)
    numbers = max(layout.size, largest)
    if numbers > MOST_NUMBERS:
        raise FileError(f"It describes {numbers:,} numbers; nnstudio opens up to {MOST_NUMBERS:,}.")
    return layout


def _all_datasets(
    parent: h5py.Group, layers: tuple[Layer, ...], layout: Layout
) -> Iterator[tuple[Place, h5py.Dataset]]:
    """Pair each place in the parameters with its array, after comparing counts and shapes."""
    named = [(name, names_in(parent, name)) for name in names_attribute(parent, "layer_names")]
    stored = [(name, weights) for name, weights in named if weights]
    wanted = [(layer, places) for layer, places in zip(layers, layout.places, strict=True) if places]
    if len(stored) != len(wanted):
        raise FileError(f"It describes {len(wanted)} layers with weights, but holds those of {len(stored)}.")
    for (layer, places), (name, weights) in zip(wanted, stored, strict=True):
        if len(weights) != len(places):
            found = f"Its layer {layer.name} needs {len(places)} arrays, but has {len(weights)}."
            raise FileError(shortened(found))
        for place, weight in zip(places.values(), weights, strict=True):
            dataset = dataset_in(group_in(parent, name), weight)
            if dataset.shape != place.shape:
                raise FileError(
                    shortened(f"Its array {weight} has the shape {dataset.shape}; {place.shape} is expected.")
                )
            yield place, dataset


def names_in(parent: h5py.Group, name: str) -> list[str]:
    """Return the names of a layer's arrays; a layer without any may lack the list."""
    group = group_in(parent, name)
    chunked = ("weight_names", "weight_names0")
    return names_attribute(group, "weight_names") if any(key in group.attrs for key in chunked) else []


def finite_notes(layers: tuple[Layer, ...], weights: Sequence[Weights]) -> Iterator[str]:
    """Tell which layers hold numbers that are not finite."""
    for layer, arrays in zip(layers, weights, strict=True):
        count = sum(int(np.count_nonzero(~np.isfinite(array))) for array in arrays.values())
        if count:
            yield f'Layer "{layer.name}" holds {count:,} weights that are not finite numbers: train it anew.'
