"""Export: a network leaves as a file for Keras or as a program, checked before anything is replaced."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Dataset
from nnstudio.engine.layers import Embedding
from nnstudio.engine.network import Snapshot
from nnstudio.errors import FileError
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.atomic import replace_file
from nnstudio.formats.keras_calls import KERAS_2, KERAS_3
from nnstudio.formats.keras_design import notes_for_keras
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.keras_h5 import write_model
from nnstudio.formats.keras_old_slots import has_old_form
from nnstudio.formats.keras_script import data_for_scripts, keras_script
from nnstudio.formats.keras_snippet import keras_snippet
from nnstudio.formats.numpy_script import numpy_script, weights_by_name
from nnstudio.formats.preparation_file import preparation_text
from nnstudio.settings import setting

H5, ARCHIVE = "Keras 2 and 3 (.h5)", "Keras 3 (.keras)"
PROGRAM_3, PROGRAM_2 = "program for Keras 3 (.py)", "program for Keras 2 (.py)"
NUMPY = "program with NumPy alone (.py)"
KINDS = {H5: ".h5", ARCHIVE: ".keras", PROGRAM_3: ".py", PROGRAM_2: ".py", NUMPY: ".py"}
CHECKED = 100
_LARGEST_DIFFERENCE = 1e-4  # of NumPy's sums in another order; a file has the very same weights
_VERSIONS = {PROGRAM_3: KERAS_3, PROGRAM_2: KERAS_2}


@dataclass(frozen=True)
class ExportChoices:
    """What a person sets about an export."""

    kind: str = setting(H5, "What the network is written as.", choices=tuple(KINDS))
    old_slots: bool = setting(
        False,
        "Keras 2 then trains on where nnstudio stopped; Keras 3 opens the file, but cannot train it on. "
        "Without it both train on at once, with an optimizer that begins anew.",
        label="Optimizer state for Keras 2",
    )
    preparation: bool = setting(
        True,
        "A JSON file beside it says how raw samples become inputs, and what outputs mean.",
        label="Preparation beside it",
    )
    data: bool = setting(
        True, "A program for Keras needs its data: they are written beside it.", label="Data beside it"
    )


@dataclass(frozen=True)
class Exported:
    """What was written: ``path`` and the ``files`` beside it.

    Read back, it predicted ``count`` samples with at most ``difference``, None where only Keras could tell.
    """

    path: Path
    files: tuple[Path, ...]
    snippet: str
    notes: tuple[str, ...]
    count: int = 0
    difference: float | None = None


def choices_for(path: Path) -> ExportChoices:
    """Return what the ending of ``path`` asks for."""
    kinds = {".keras": ARCHIVE, ".py": NUMPY}
    return ExportChoices(kinds.get(path.suffix, H5))


def notes_on(model: TrainedModel, choices: ExportChoices) -> tuple[str, ...]:
    """Return what Keras will do otherwise than nnstudio, before anything is written."""
    if choices.kind == NUMPY:
        return ()
    notes = notes_for_keras(model.design, model.snapshot.input_shape)
    return notes + _slot_notes(model, choices) if choices.kind == H5 else notes


def _slot_notes(model: TrainedModel, choices: ExportChoices) -> tuple[str, ...]:
    """Return what becomes of the optimizer's state in an .h5 file."""
    if choices.old_slots and has_old_form(model.design.optimizer):
        return ("Keras 3 opens this file and predicts, but cannot train it on.",)
    if choices.old_slots:
        return ("Keras 2 has no older form of this optimizer: its state is left out.",)
    state = model.optimizer_state
    if state is not None and state.vectors and model.run_state is None:
        return ("What the optimizer remembered is not written; a .keras file would hold it.",)
    return ()


def target_of(path: Path, choices: ExportChoices) -> Path:
    """Return ``path`` with the ending that belongs to what is written."""
    ending = KINDS[choices.kind]
    fits = path.suffix == ending or (ending == ".h5" and path.suffix == ".hdf5")
    return path if fits else path.with_name(path.name + ending)


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
    x = samples_to_check(model.snapshot, dataset)
    difference = _Difference(model.snapshot, x)
    beside = []
    if choices.kind == NUMPY:
        beside.append(_write_numpy(path, model, difference))
    else:
        write_model(path, model, old_slots=choices.old_slots)
        difference.of(read_model(path).snapshot.predictor())
    if choices.preparation:
        beside.append(path.with_suffix(".json"))
        replace_file(beside[-1], preparation_text(model).encode())
    snippet = _usage(path) if choices.kind == NUMPY else keras_snippet(model, path.name)
    notes = notes_on(model, choices)
    return Exported(path, tuple(beside), snippet, notes, len(x), difference.largest)


def samples_to_check(snapshot: Snapshot, dataset: Dataset | None) -> Array:
    """Return up to `CHECKED` prepared samples: of the test part, else of the training part, else made up."""
    for samples in (dataset.test, dataset.training) if dataset is not None else ():
        if len(samples) and samples.shape == snapshot.input_shape:
            rows = np.arange(min(CHECKED, len(samples)))
            return samples.x_rows(rows, np.empty((len(rows), *samples.shape), np.float32)).copy()
    first, rng = snapshot.design.layers[0], np.random.default_rng(0)
    size = (CHECKED, *snapshot.input_shape)
    if isinstance(first, Embedding):
        return rng.integers(0, first.input_dim, size).astype(np.float32)
    return rng.normal(size=size).astype(np.float32)


class _Difference:
    """Compares what was written with the network, and keeps how far they were apart."""

    def __init__(self, snapshot: Snapshot, x: Array) -> None:
        self._x, self._wanted = x, snapshot.predictor()(x).copy()
        self.largest = 0.0

    def of(self, predict: Callable[[Array], Array]) -> None:
        """Raise FileError where ``predict`` says something else."""
        with np.errstate(invalid="ignore"):
            apart = np.abs(predict(self._x) - self._wanted)
        self.largest = float(np.nan_to_num(apart).max(initial=0.0))
        if self.largest > _LARGEST_DIFFERENCE * max(1.0, float(np.nanmax(np.abs(self._wanted)))):
            raise FileError(
                f"What was written predicts otherwise, by up to {self.largest:.2g}, so nothing was changed. "
                "Save it again, and report it if it happens again."
            )


def _write_numpy(path: Path, model: TrainedModel, difference: _Difference) -> Path:
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
