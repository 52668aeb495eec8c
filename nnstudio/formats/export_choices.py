"""ExportChoices: as what a network is exported, and what will be otherwise there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_design import notes_for_keras
from nnstudio.formats.keras_old_slots import has_old_form
from nnstudio.formats.onnx_file import MISSING, can_write_onnx
from nnstudio.settings import setting

H5, ARCHIVE = "Keras 2 and 3 (.h5)", "Keras 3 (.keras)"
PROGRAM_3, PROGRAM_2 = "program for Keras 3 (.py)", "program for Keras 2 (.py)"
NUMPY, ONNX = "program with NumPy alone (.py)", "ONNX (.onnx)"
KINDS = {H5: ".h5", ARCHIVE: ".keras", PROGRAM_3: ".py", PROGRAM_2: ".py", NUMPY: ".py", ONNX: ".onnx"}


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
    scaling: bool = setting(
        True,
        "The first steps of the network scale raw samples as nnstudio does, so that they go in as they came.",
        label="Scaling inside",
    )
    data: bool = setting(
        True, "A program for Keras needs its data: they are written beside it.", label="Data beside it"
    )


def choices_for(path: Path) -> ExportChoices:
    """Return what the ending of ``path`` asks for."""
    kinds = {".keras": ARCHIVE, ".py": NUMPY, ".onnx": ONNX}
    return ExportChoices(kinds.get(path.suffix, H5))


def notes_on(model: TrainedModel, choices: ExportChoices) -> tuple[str, ...]:
    """Return what Keras will do otherwise than nnstudio, before anything is written."""
    if choices.kind == ONNX:
        return () if can_write_onnx() else (MISSING,)
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
