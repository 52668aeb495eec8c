"""KerasParameters: the arrays of a file brought to their places in the vector of a network's weights."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.layout import Layout, Place, lay_out
from nnstudio.errors import FileError, ShapeError
from nnstudio.formats.hdf5 import Dataset, Group
from nnstudio.formats.keras_stack import Stack
from nnstudio.formats.safe_hdf5 import dataset_in, group_in, names_attribute, refuse_bombs
from nnstudio.formats.values import shortened

MOST_NUMBERS = 2**28  # of weights or in one sample; more would be more than a gigabyte
Pairs = list[tuple[Place, Dataset]]
_LISTS = ("weight_names", "weight_names0")
NUMBERED_ROOTS = ("layers", "_layer_checkpoint_dependencies")  # the second is that of the first Keras 3


def layout_of(stack: Stack) -> Layout:
    """Return where the weights of a stack go; FileError where its layers do not fit or are too large."""
    try:
        layout = lay_out(stack.layers, stack.shape)
    except ShapeError as error:
        raise FileError(f"Its layers do not fit together: {error}") from error
    largest = max(math.prod(shape) for shape in layout.shapes)
    numbers = max(layout.size, largest)
    if numbers > MOST_NUMBERS:
        raise FileError(f"It describes {numbers:,} numbers; nnstudio opens up to {MOST_NUMBERS:,}.")
    return layout


def grouped_pairs(parent: Group, stack: Stack, layout: Layout) -> Pairs:
    """Pair each place with its array in an .h5 file: layers and arrays go by position, as Keras loads them.

    Raises:
        FileError: the arrays are not those that the layers need.
    """
    named = [(name, _names_in(parent, name)) for name in names_attribute(parent, "layer_names")]
    stored = [(name, weights) for name, weights in named if weights]
    wanted = [(name, places) for name, places in _grouped(stack, layout) if places]
    if len(stored) != len(wanted):
        raise FileError(f"It describes {len(wanted)} layers with weights, but holds those of {len(stored)}.")
    pairs = []
    for (layer, places), (name, weights) in zip(wanted, stored, strict=True):
        if len(weights) != len(places):
            found = f"Its layer {layer} needs {len(places)} arrays, but has {len(weights)}."
            raise FileError(shortened(found))
        group = group_in(parent, name)
        pairs += [_pair(place, group, weight) for place, weight in zip(places, weights, strict=True)]
    return pairs


def _grouped(stack: Stack, layout: Layout) -> Iterator[tuple[str, list[Place]]]:
    """Yield for each group of an .h5 file its name and its places: those that are learnt, then the others."""
    names: dict[int, str] = {}
    found: dict[int, list[Place]] = {}
    for layer, group, places in zip(stack.layers, stack.groups, layout.places, strict=True):
        names.setdefault(group, layer.name)
        found.setdefault(group, []).extend(places.values())
    for group, places_in in found.items():
        if stack.groups.count(group) > 1:
            places_in = [
                *(place for place in places_in if place.start < layout.trainable_size),
                *(place for place in places_in if place.start >= layout.trainable_size),
            ]
        yield names[group], places_in


def numbered_pairs(root: Group, stack: Stack, layout: Layout) -> Pairs:
    """Pair each place with its array in a file of Keras 3, where they lie under class names and numbers.

    Raises:
        FileError: the arrays are not those that the layers need.
    """
    start = next((name for name in NUMBERED_ROOTS if name in root), NUMBERED_ROOTS[0])
    pairs = []
    for path, places in zip(stack.paths, layout.places, strict=True):
        if not places:
            continue
        cell = "/cell" if "recurrent_kernel" in places else ""
        group = group_in(root, path.replace(NUMBERED_ROOTS[0], start) + cell + "/vars")
        if str(len(places)) in group:
            raise FileError(
                shortened(f"Its part {path} has more arrays than the {len(places)} that it needs.")
            )
        pairs += [_pair(place, group, str(index)) for index, place in enumerate(places.values())]
    return pairs


def _pair(place: Place, group: Group, name: str) -> tuple[Place, Dataset]:
    dataset = dataset_in(group, name)
    if dataset.shape != place.shape:
        found = f"Its array {group.name.strip('/')}/{name} has the shape {dataset.shape}"
        raise FileError(f"{shortened(found)}; {place.shape} is expected.")
    return place, dataset


def _names_in(parent: Group, name: str) -> list[str]:
    """Return the names of a layer's arrays; a layer without any may lack the list."""
    group = group_in(parent, name)
    return names_attribute(group, _LISTS[0]) if any(key in group.attributes for key in _LISTS) else []


def read_parameters(pairs: Pairs, layout: Layout, notes: list[str]) -> Array:
    """Return the parameters (size,), read-only, from arrays whose shapes are compared already."""
    datasets = [dataset for _, dataset in pairs]
    refuse_bombs(datasets)
    # Only now, when the file is known to hold as many numbers as its layers ask for.
    parameters = np.zeros(layout.size, np.float32)
    for place, dataset in pairs:
        dataset.read_into(place.view(parameters))
    kinds = sorted({str(d.kind.dtype.newbyteorder("=")) for d in datasets if d.kind.dtype is not None})
    if kinds not in ([], ["float32"]):
        notes.append(f"Its weights are kept as {', '.join(kinds)}; here they are float32.")
    parameters.flags.writeable = False
    return parameters
