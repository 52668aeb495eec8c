"""Inspect: the verb that shows what is in a model or a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from nnstudio.commands.inspect_project import project_lines
from nnstudio.commands.summary import design_lines, study_lines
from nnstudio.engine.fit_words import epochs_words
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.project import is_project, read_project


def run(arguments: argparse.Namespace) -> int:
    """Print layers and parameters as Keras' summary does, then how the network learns and learnt."""
    if is_project(arguments.model):
        lines = project_lines(read_project(arguments.model))
    else:
        lines = _model_lines(read_model(arguments.model))
    for line in lines:
        print(line)
    return 0


def _model_lines(model: TrainedModel) -> Iterator[str]:
    yield from design_lines(model.study.design, model.snapshot.input_shape)
    yield ""
    yield from study_lines(model.study, model.class_names)
    if model.optimizer_state is not None:
        yield f"Optimizer state: {_remembered(model.optimizer_state)}"
    yield f"Trained for: {epochs_words(model.snapshot.epoch)}"
    if model.history.best_epoch() is not None:
        yield f"Lowest validation loss: in epoch {model.history.best_epoch()}"
    for note in model.notes:
        yield f"Note: {note}"


def _remembered(state: OptimizerState) -> str:
    """Return after how many batches it was, and what there is of it."""
    return ", ".join((f"after {state.iteration:,} batches", *state.vectors))
