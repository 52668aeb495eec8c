"""KerasZip: a trained model in the .keras file of Keras 3, with what the optimizer remembers.

The zip holds metadata.json, config.json and model.weights.h5; there layers are found by their class and a
number, and arrays by their position.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import h5py
import numpy as np

from nnstudio.engine.layer import Array, Layer
from nnstudio.engine.layout import Layout, lay_out
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.optimizers import Nadam, Optimizer
from nnstudio.engine.schedules import Constant
from nnstudio.experiments.run import now
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_archive import ABOUT, CONFIG, WEIGHTS
from nnstudio.formats.keras_design import describe
from nnstudio.formats.keras_modules import with_modules
from nnstudio.formats.keras_slots import Order, runs_of
from nnstudio.formats.keras_stack import snake, stack_of
from nnstudio.formats.keras_weights import DTYPE
from nnstudio.formats.study_group import write_study
from nnstudio.formats.values import Json

_WRITTEN = "3.0.0"  # the oldest whose words these are
# A zip without times of its own, so that the same model is the same file.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def archive_bytes(model: TrainedModel) -> bytes:
    """Return the whole file."""
    described = describe(model.snapshot.design, model.snapshot.input_shape)
    layers = described.opened.layers
    layout = lay_out(layers, model.snapshot.input_shape)
    config = _config(described.stack, described.learning, layout)
    optimizer = described.opened.optimizer
    state = model.optimizer_state if type(optimizer) is type(model.design.optimizer) else None
    remembered = [] if state is None else list(_remembered(optimizer, state, layout))
    about = {"keras_version": _WRITTEN, "date_saved": now()}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in ((ABOUT, about), (CONFIG, config)):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), json.dumps(text, allow_nan=False))
        content = _weights(model, layers, layout, remembered, described.unsaid)
        archive.writestr(zipfile.ZipInfo(WEIGHTS, _ZIP_DATE), content)
    return whole.getvalue()


def _config(stack: Json, learning: Json, layout: Layout) -> Json:
    """Return what Keras 3 says of the whole model, made of what both Kerases say in .h5 files."""
    inner = stack["config"]
    first, *entries = inner["layers"]
    shape = first["config"].pop("batch_input_shape")
    first["config"]["batch_shape"] = shape
    shapes = [{"input_shape": [None, *length]} for length in layout.shapes]
    layers = [
        {**_newer(with_modules(entry, "layers")), "build_config": build}
        for entry, build in zip(entries, shapes, strict=False)
    ]
    compiled = {
        "optimizer": with_modules(learning["optimizer_config"], "optimizers"),
        "loss": with_modules(learning["loss"], "losses"),
        "metrics": with_modules(learning["metrics"], "metrics"),
        "loss_weights": None,
        "weighted_metrics": None,
    }
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {
            "name": inner["name"],
            "layers": [with_modules(first, "layers"), *layers],
            "build_input_shape": shape,
        },
        "registered_name": None,
        "build_config": shapes[0],
        "compile_config": compiled,
    }


def _newer(entry: Json) -> Json:
    """Return a layer's config with the words that only Keras 3 has."""
    if entry["class_name"] == "LeakyReLU":
        entry["config"]["negative_slope"] = entry["config"].pop("alpha")
    return entry


def _weights(
    model: TrainedModel, layers: tuple[Layer, ...], layout: Layout, remembered: list[Array], unsaid: Json
) -> bytes:
    with h5py.File("model.weights.h5", "w", driver="core", backing_store=False) as file:
        views = layout.views(model.snapshot.parameters)
        stack = stack_of(layers, model.snapshot.input_shape)
        for layer, arrays, path in zip(layers, views, stack.paths, strict=True):
            cell = "cell" if "recurrent_kernel" in arrays else ""
            own, whole = ({}, arrays) if cell else (arrays, {})
            _write_numbered(file, path, layer.name, list(own.values()))
            if cell:
                _write_numbered(file, f"{path}/{cell}", f"{layer.name}_{cell}", list(whole.values()))
        _write_numbered(file, "", "sequential", [])
        if remembered:
            _write_numbered(file, "optimizer", snake(type(model.design.optimizer).__name__), remembered)
        write_study(file, model, unsaid)
        file.flush()
        return bytes(file.id.get_file_image())


def _write_numbered(file: h5py.File, path: str, name: str, arrays: list[Array]) -> None:
    group = file.create_group(f"{path}/vars")
    group.attrs["name"] = name
    for index, array in enumerate(arrays):
        kind = DTYPE if array.dtype.kind == "f" else array.dtype
        group.create_dataset(str(index), data=array, dtype=kind)


def _remembered(optimizer: Optimizer, state: OptimizerState, layout: Layout) -> Iterator[Array]:
    """Yield what Keras 3 keeps of an optimizer, in its order."""
    yield np.array(state.iteration, np.int64)
    if isinstance(optimizer.schedule, Constant):
        yield np.array(optimizer.learning_rate, np.float32)
    places = [
        place for places in layout.places for place in places.values() if place.start < layout.trainable_size
    ]
    for run in runs_of(optimizer, Order.BY_WEIGHT) if state.vectors else []:
        for place in places:
            yield from (place.view(state.vectors[slot]) for slot in run)
    if isinstance(optimizer, Nadam):
        yield np.array(optimizer.momenta(state.iteration), np.float32)
