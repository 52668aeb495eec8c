"""KerasFiles: the door by which every model comes in: .h5 of Keras 2 and 3, .keras, and weights alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnstudio.data.files import opened
from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array
from nnstudio.engine.layout import Layout
from nnstudio.engine.network import Snapshot
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.errors import FileError
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.hdf5 import Damaged, Group
from nnstudio.formats.keras_archive import MAGIC, reading_archive
from nnstudio.formats.keras_compile import Compiled, read_training_config
from nnstudio.formats.keras_config import read_stack
from nnstudio.formats.keras_contents import (
    ABSENT,
    Content,
    content_in,
    content_of,
    holds_weights_alone,
    is_numbered,
    parameters_in,
    weights_in,
)
from nnstudio.formats.keras_dialect import OWN_GROUP, Dialect
from nnstudio.formats.keras_parameters import layout_of
from nnstudio.formats.keras_stack import stack_of
from nnstudio.formats.keras_state import state_in
from nnstudio.formats.keras_weights import finite_notes
from nnstudio.formats.safe_hdf5 import reading
from nnstudio.formats.short_numbers import with_short_numbers
from nnstudio.formats.study_group import StudyPart, read_study
from nnstudio.formats.unsaid import with_unsaid
from nnstudio.task import Shape

LoadedModel = (
    TrainedModel  # what a file gives: design, weights, optimizer state, notes, and what nnstudio adds
)

_ALONE = "It holds weights without their network. Open or build the same layers first, then open it again."
_APPLIED = "The file holds weights alone: they are now those of the design that was open."


def read_model(path: Path, around: Study | None = None, shape: Shape | None = None) -> LoadedModel:
    """Return the model in ``path``, which nnstudio or Keras wrote; its content tells of what kind it is.

    A file of weights alone is applied to the design of ``around``, for samples of ``shape``. These also
    tell lengths that a file leaves open.

    Raises:
        FileError: it is no such file, it is damaged, or it has layers that nnstudio does not know.
    """
    with opened(path, "a Keras model (.h5 or .keras)") as file:
        is_zip = file.read(len(MAGIC)) == MAGIC
    if is_zip:
        with reading_archive(path) as archive:
            return _assembled(content_in(archive), shape)
    with reading(path) as root:
        if holds_weights_alone(root):
            return _around(root, around, shape)
        return _assembled(content_of(root), shape)


def weights_for(design: Design, shape: Shape, file: Path) -> Array:
    """Return the weights in ``file``, as the parameters (size,) of ``design`` for samples of ``shape``.

    Raises:
        FileError: they are not those of such layers.
    """
    with opened(file, "a Keras model (.h5 or .keras)") as content:
        is_zip = content.read(len(MAGIC)) == MAGIC
    stack = stack_of(design.layers, shape)
    if is_zip:
        with reading_archive(file) as archive:
            return parameters_in(weights_in(archive), stack, layout_of(stack), [])
    with reading(file) as root:
        return parameters_in(root, stack, layout_of(stack), [])


def _assembled(content: Content, shape: Shape | None) -> LoadedModel:
    notes: list[str] = []
    stack = read_stack(content.stack, notes, content.dialect, shape)
    layout = layout_of(stack)
    parameters = parameters_in(content.root, stack, layout, notes)
    compiled = _learning(content, notes, layout.shapes[-1][-1])
    design = Design(stack.layers, input_shape=None if stack.free else stack.shape, **compiled)
    part = read_study(content.root, notes)
    study = part.study(_with_rest(design, part, stack.shape, notes))
    notes += finite_notes(study.design.layers, layout.views(parameters))
    state = _state(content, study.design, layout, notes) if "optimizer" in compiled else None
    history = part.history or History.of(study.design)
    snapshot = Snapshot(study.design, stack.shape, parameters, part.epoch)
    told = tuple(dict.fromkeys(notes))
    saved = part.run_state
    if state is None and saved is not None:
        state = OptimizerState.of(saved)
    return LoadedModel(study, snapshot, history, part.class_names, told, state, saved, part.fitted)


def _around(root: Group, study: Study | None, shape: Shape | None) -> LoadedModel:
    """Return the model of an open study with the weights that a file holds alone."""
    if study is None or shape is None:
        raise FileError(_ALONE)
    notes = [_APPLIED]
    stack = stack_of(study.design.layers, shape)
    try:
        layout = layout_of(stack)
        parameters = parameters_in(root, stack, layout, notes)
    except Damaged:
        raise
    except FileError as error:
        raise FileError(
            f"It holds weights alone, and not those of the design that is open. {error}"
        ) from error
    notes += finite_notes(stack.layers, layout.views(parameters))
    content = Content(root, None, ABSENT, Dialect.KERAS_3, is_numbered(root))
    state = _state(content, study.design, layout, notes)
    snapshot = Snapshot(study.design, shape, parameters)
    return LoadedModel(study, snapshot, History.of(study.design), (), tuple(notes), state)


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


def _learning(content: Content, notes: list[str], outputs: int) -> Compiled:
    """Return the loss, optimizer and metrics that the file names and nnstudio knows."""
    if content.learning is ABSENT:
        notes.append("The file does not say how to train: loss and optimizer are nnstudio's own.")
        return {}
    if isinstance(content.learning, FileError):
        notes.append(
            f"How to train cannot be read, so loss and optimizer are nnstudio's own. {content.learning}"
        )
        return {}
    return read_training_config(content.learning, notes, content.dialect, outputs)


def _state(content: Content, design: Design, layout: Layout, notes: list[str]) -> OptimizerState | None:
    """Return what the optimizer remembered; where that cannot be used, a note tells it."""
    try:
        state = state_in(content.root, design.optimizer, layout, numbered=content.numbered)
    except FileError as error:
        notes.append(f"What the optimizer remembered cannot be used, so it begins anew. {error}")
        return None
    if state is None and OWN_GROUP not in content.root:
        notes.append("The file does not hold what the optimizer remembered, so it begins anew.")
    return state
