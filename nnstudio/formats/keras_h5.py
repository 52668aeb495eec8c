"""KerasH5: a trained model in the .h5 file that Keras 2 and Keras 3 both open, and back.

The optimizer's state is left out: with it in the place where Keras keeps it, Keras 3 cannot train on.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array
from nnstudio.engine.layout import lay_out
from nnstudio.engine.network import Snapshot
from nnstudio.errors import FileError
from nnstudio.experiments.history import History
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.atomic import replace_file
from nnstudio.formats.keras_compile import Compiled, read_training_config
from nnstudio.formats.keras_config import read_model_config
from nnstudio.formats.keras_design import describe
from nnstudio.formats.keras_dialect import WRITTEN, Dialect, dialect_of
from nnstudio.formats.keras_weights import GROUP, finite_notes, read_parameters, write_weights
from nnstudio.formats.safe_hdf5 import group_in, reading, text_attribute
from nnstudio.formats.short_numbers import with_short_numbers
from nnstudio.formats.study_group import StudyPart, read_study, write_study
from nnstudio.formats.unsaid import with_unsaid
from nnstudio.formats.values import Json, parse_json
from nnstudio.task import Shape

ENDINGS = (".h5", ".hdf5")  # Keras 3 opens a file by these, in lower case only


def is_model(path: Path) -> bool:
    """Return whether a path is that of a model rather than of data."""
    return path.suffix.lower() in ENDINGS


def target_of(path: Path) -> Path:
    """Return ``path`` with an ending by which Keras opens it."""
    return path if path.suffix in ENDINGS else path.with_name(path.name + ENDINGS[0])


def write_model(path: Path, model: TrainedModel) -> None:
    """Write ``model`` to ``path``, read it back and compare before a file that is there is replaced.

    Raises:
        FileError: it could not be written; a file that was there is as it was.
    """
    replace_file(path, model_bytes(model), partial(_refuse_difference, model))


def model_bytes(model: TrainedModel) -> bytes:
    """Return the whole file; HDF5 itself never writes to a disk, where it could not cope with a full one."""
    snapshot = model.snapshot
    described = describe(snapshot.design, snapshot.input_shape)
    layers = described.opened.layers
    with h5py.File("model.h5", "w", driver="core", backing_store=False) as file:
        file.attrs.update(WRITTEN)
        file.attrs["model_config"] = _json(described.stack)
        file.attrs["training_config"] = _json(described.learning)
        weights = file.create_group(GROUP)
        weights.attrs.update(WRITTEN)
        write_weights(weights, layers, lay_out(layers, snapshot.input_shape).views(snapshot.parameters))
        write_study(file, model, described.unsaid)
        file.flush()
        return bytes(file.id.get_file_image())


def _json(value: Json) -> str:
    return json.dumps(value, allow_nan=False)


def _refuse_difference(model: TrainedModel, written: Path) -> None:
    found, wanted = read_model(written).snapshot, model.snapshot
    if found.design != wanted.design or _bits(found.parameters) != _bits(wanted.parameters):
        raise FileError("What was written is not what was read back, so nothing was changed. Save it again.")


def _bits(parameters: Array) -> bytes:
    return parameters.astype(np.float32).tobytes()


def read_model(path: Path) -> TrainedModel:
    """Return the model in ``path``, which nnstudio or Keras wrote.

    Raises:
        FileError: it is no such file, it is damaged, or it has layers that nnstudio does not know.
    """
    with reading(path) as file:
        return _read(file)


def _read(file: h5py.File) -> TrainedModel:
    notes: list[str] = []
    dialect = dialect_of(file)
    layers, shape = read_model_config(_description(file, "model_config"), notes, dialect)
    parameters = read_parameters(group_in(file, GROUP), layers, shape)
    parameters.flags.writeable = False
    layout = lay_out(layers, shape)
    compiled = _training(file, notes, dialect, layout.shapes[-1][-1])
    design = Design(layers, input_shape=shape, **compiled)
    part = read_study(file, notes)
    study = part.study(_with_rest(design, part, shape, notes))
    notes += finite_notes(study.design.layers, layout.views(parameters))
    history = part.history or History(("loss", *(metric.keras_name for metric in study.design.metrics)))
    snapshot = Snapshot(study.design, shape, parameters, part.epoch)
    return TrainedModel(study, snapshot, history, part.class_names, tuple(dict.fromkeys(notes)), part.fitted)


def _with_rest(design: Design, part: StudyPart, shape: Shape, notes: list[str]) -> Design:
    """Return the design with what nnstudio alone can say of it; one of Keras with its numbers as typed."""
    if part.history is None:
        layers = tuple(with_short_numbers(layer) for layer in design.layers)
        loss, optimizer = with_short_numbers(design.loss), with_short_numbers(design.optimizer)
        return replace(design, layers=layers, loss=loss, optimizer=optimizer)
    try:
        return with_unsaid(design, part.unsaid, shape)
    except FileError as error:
        notes.append(f"What nnstudio noted beside the network cannot be read, so it is left out. {error}")
        return design


def _description(file: h5py.File, name: str) -> Any:
    text = text_attribute(file, name)
    if text is None:
        raise FileError(f"It has no {name}: it is no Keras model, or holds weights without their network.")
    return parse_json(text, name)


def _training(file: h5py.File, notes: list[str], dialect: Dialect, outputs: int) -> Compiled:
    """Return the loss, optimizer and metrics that the file names and nnstudio knows."""
    if "training_config" not in file.attrs:
        notes.append("The file does not say how to train: loss and optimizer are nnstudio's own.")
        return {}
    try:
        config = _description(file, "training_config")
    except FileError as error:
        notes.append(f"How to train cannot be read, so loss and optimizer are nnstudio's own. {error}")
        return {}
    return read_training_config(config, notes, dialect, outputs)
