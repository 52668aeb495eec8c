"""Looking: what is in the file of a model, for whoever wants to know before it is opened."""

from __future__ import annotations

from pathlib import Path

from nnstudio.experiments.model_look import ModelLook, look_at, look_at_arrays
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.study_group import FOREIGN
from nnstudio.formats.weights_alone import arrays_alone

_ALONE = (
    "The file holds weights without their network. They can be opened where the same layers are open already."
)


def look_inside(path: Path) -> ModelLook:
    """Return what is in ``path``; weights that lie there without their network are listed.

    Raises:
        FileError: it is no file of a model, or nnstudio does not know what is in it.
    """
    arrays = arrays_alone(path)
    return look_of(read_model(path)) if arrays is None else look_at_arrays(arrays, _ALONE)


def look_of(model: TrainedModel) -> ModelLook:
    """Return what was in the file that a model was read from."""
    return look_at(model, own=FOREIGN not in model.notes)
