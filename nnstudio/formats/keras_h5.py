"""KerasH5: a trained model in the .h5 file that Keras 2 and Keras 3 both open, and back.

What the optimizer remembers is left out unless asked for: with it in the place where Keras keeps it, Keras 3
cannot train on. nnstudio's own part has the whole run state.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import h5py
import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.layout import lay_out
from nnstudio.errors import FileError
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.atomic import replace_file
from nnstudio.formats.keras_design import describe
from nnstudio.formats.keras_dialect import WRITTEN
from nnstudio.formats.keras_files import read_model as read_model
from nnstudio.formats.keras_old_slots import has_old_form, write_old_slots
from nnstudio.formats.keras_weights import GROUP, write_weights
from nnstudio.formats.keras_zip import archive_bytes
from nnstudio.formats.study_group import write_study
from nnstudio.formats.values import Json

ENDINGS = (".h5", ".hdf5")  # Keras 3 opens a file by these, in lower case only
ARCHIVE_ENDING = ".keras"
_READ = (*ENDINGS, ARCHIVE_ENDING)


def is_model(path: Path) -> bool:
    """Return whether a path is that of a model rather than of data."""
    return path.suffix.lower() in _READ


def target_of(path: Path) -> Path:
    """Return ``path`` with an ending by which Keras opens it."""
    return path if path.suffix in _READ else path.with_name(path.name + ENDINGS[0])


def write_model(path: Path, model: TrainedModel, *, old_slots: bool = False) -> None:
    """Write ``model`` to ``path``, read it back and compare before a file that is there is replaced.

    With ``old_slots`` an .h5 file holds what the optimizer remembers where Keras 2 looks for it, so that it
    trains on as nnstudio would; Keras 3 then opens the file, but cannot train it.

    Raises:
        FileError: it could not be written; a file that was there is as it was.
    """
    is_archive = path.suffix == ARCHIVE_ENDING
    content = archive_bytes(model) if is_archive else model_bytes(model, old_slots=old_slots)
    replace_file(path, content, partial(_refuse_difference, model))


def model_bytes(model: TrainedModel, *, old_slots: bool = False) -> bytes:
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
        layout = lay_out(layers, snapshot.input_shape)
        write_weights(weights, layers, layout.views(snapshot.parameters))
        if old_slots and model.optimizer_state is not None and has_old_form(model.design.optimizer):
            named = replace(model.design, layers=layers)
            write_old_slots(file, named, layout, model.optimizer_state)
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
