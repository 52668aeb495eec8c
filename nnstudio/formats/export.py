"""Export: a network leaves as a file for Keras or as a program, checked before anything is replaced."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data.dataset import Dataset
from nnstudio.data.scaler import PLAIN
from nnstudio.errors import FileError
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.atomic import replace_file
from nnstudio.formats.export_check import Difference, samples_to_check
from nnstudio.formats.export_choices import ARCHIVE as ARCHIVE
from nnstudio.formats.export_choices import H5 as H5
from nnstudio.formats.export_choices import KINDS as KINDS
from nnstudio.formats.export_choices import NUMPY as NUMPY
from nnstudio.formats.export_choices import ONNX as ONNX
from nnstudio.formats.export_choices import PROGRAM_2 as PROGRAM_2
from nnstudio.formats.export_choices import PROGRAM_3 as PROGRAM_3
from nnstudio.formats.export_choices import ExportChoices as ExportChoices
from nnstudio.formats.export_choices import choices_for as choices_for
from nnstudio.formats.export_choices import notes_on as notes_on
from nnstudio.formats.export_choices import target_of as target_of
from nnstudio.formats.keras_calls import KERAS_2, KERAS_3
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.keras_h5 import write_model
from nnstudio.formats.keras_script import data_for_scripts, keras_script
from nnstudio.formats.keras_snippet import keras_snippet, onnx_snippet
from nnstudio.formats.numpy_script import numpy_script, weights_by_name
from nnstudio.formats.onnx_file import (
    NOT_COMPARED,
    onnx_bytes,
    onnx_predictor,
    scaler_inside,
)
from nnstudio.formats.preparation_file import preparation_text

_VERSIONS = {PROGRAM_3: KERAS_3, PROGRAM_2: KERAS_2}


@dataclass(frozen=True)
class Exported:
    """What was written: ``path`` and the ``files`` beside it.

    Read back, it predicted ``count`` samples with at most ``difference``, None where nobody here could tell.
    """

    path: Path
    files: tuple[Path, ...]
    snippet: str
    notes: tuple[str, ...]
    count: int = 0
    difference: float | None = None


def export(path: Path, model: TrainedModel, dataset: Dataset | None, choices: ExportChoices) -> Exported:
    """Write ``model`` as ``choices`` say, and read it back; its data are those of ``dataset``.

    Without a ``dataset`` it is compared on made-up samples; a program for Keras needs one.

    Raises:
        FileError: it could not be written, or predicts something else; what was there is as it was.
    """
    path = target_of(path, choices)
    if choices.kind in _VERSIONS:
        if dataset is None:
            raise FileError("A program for Keras is written for its data; there are none.")
        return _keras_program(path, model, dataset, choices)
    inside = scaler_inside(model, choices.scaling) if choices.kind == ONNX else PLAIN
    x = samples_to_check(model.snapshot, dataset, raw=inside is not PLAIN)
    difference = Difference(model.snapshot, x, inside)
    beside, notes = [], notes_on(model, choices)
    if choices.kind == NUMPY:
        beside.append(_write_numpy(path, model, difference))
    elif choices.kind == ONNX:
        notes += _write_onnx(path, model, difference)
    else:
        write_model(path, model, old_slots=choices.old_slots)
        difference.of(read_model(path).snapshot.predictor())
    if choices.preparation:
        beside.append(path.with_suffix(".json"))
        replace_file(beside[-1], preparation_text(model).encode())
    compared = (len(x), difference.largest) if difference.largest is not None else (0, None)
    return Exported(path, tuple(beside), _snippet(path, model, choices), notes, *compared)


def _snippet(path: Path, model: TrainedModel, choices: ExportChoices) -> str:
    """Return how to use what was written."""
    if choices.kind == NUMPY:
        return _usage(path)
    return (
        onnx_snippet(model, path.name, choices.scaling)
        if choices.kind == ONNX
        else keras_snippet(model, path.name)
    )


def _write_numpy(path: Path, model: TrainedModel, difference: Difference) -> Path:
    """Write the program and the file of its weights, which is returned."""
    weights = path.with_suffix(".npz")
    arrays = weights_by_name(model.snapshot)
    program = numpy_script(model, path.stem, weights.name, path.name)
    names: dict[str, Any] = {"__name__": path.stem, "__file__": str(path)}
    exec(compile(program, path.name, "exec"), names)  # what was just made, to see that it predicts the same
    difference.of(lambda x: names["predict"](x, arrays))
    replace_file(weights, _npz(arrays))
    replace_file(path, program.encode())
    return weights


def _write_onnx(path: Path, model: TrainedModel, difference: Difference) -> tuple[str, ...]:
    """Write the file, and return what is to be said where it could not be compared."""
    content = onnx_bytes(model, difference.inside)
    predict = onnx_predictor(content)
    if predict is not None:
        difference.of(predict)
    replace_file(path, content)
    return () if predict is not None else (NOT_COMPARED,)


def _keras_program(path: Path, model: TrainedModel, dataset: Dataset, choices: ExportChoices) -> Exported:
    data = path.with_name(f"{path.stem}_data.npz")
    program = keras_script(model.study, dataset, _VERSIONS[choices.kind], path.stem, data.name)
    compile(program, path.name, "exec")
    if choices.data:
        replace_file(data, _npz(data_for_scripts(dataset)))
    replace_file(path, program.encode())
    return Exported(path, (data,) if choices.data else (), _usage(path), notes_on(model, choices))


def _usage(path: Path) -> str:
    return f"python {path.name}\n"


def _npz(arrays: dict[str, Any]) -> bytes:
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    return content.getvalue()
