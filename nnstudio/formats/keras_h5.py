"""KerasH5: a trained model in the .h5 file that Keras 2 and Keras 3 both open, and back.

The optimizer's state is left out: with it in the place where Keras keeps it, Keras 3 cannot train on.
"""

from __future__ import annotations

import json
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


def write_model(path: Path, model: TrainedModel) -> None:
    """Write ``model`` to ``path``, read it back and compare before a file that is there is replaced.

    Raises:
        FileError: it could not be written; a file that was there is as it was.
    """
    content = archive_bytes(model) if path.suffix == ARCHIVE_ENDING else model_bytes(model)
    replace_file(path, content, partial(_refuse_difference, model))


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
