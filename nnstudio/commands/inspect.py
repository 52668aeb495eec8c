"""Inspect: the verb that shows what is in a model file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from nnstudio.engine.design import Design
from nnstudio.engine.layout import Layout, lay_out
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_files import read_model
from nnstudio.settings import settings_of
from nnstudio.task import Shape

_GAP = "  "


def run(arguments: argparse.Namespace) -> int:
    """Print layers and parameters as Keras' summary does, then how the model learns and learnt."""
    model = read_model(arguments.model)
    for line in (*_summary(model), "", *_training_lines(model), *_notes(model)):
        print(line)
    return 0


def _summary(model: TrainedModel) -> Iterator[str]:
    design = model.study.design
    layout = lay_out(design.layers, model.snapshot.input_shape)
    yield f"Input: {_batch_shape(model.snapshot.input_shape)}"
    yield from _table(design, layout)
    yield f"Total params: {layout.size:,}"
    yield f"Trainable params: {layout.trainable_size:,}"
    yield f"Non-trainable params: {layout.size - layout.trainable_size:,}"


def _table(design: Design, layout: Layout) -> Iterator[str]:
    rows = [("Layer (type)", "Output shape", "Params", "Settings")]
    for layer, shape, specs in zip(design.layers, layout.shapes[1:], layout.specs, strict=True):
        params = f"{sum(spec.size for spec in specs):,}"
        title = f"{layer.name} ({type(layer).__name__})"
        rows.append((title, _batch_shape(shape), params, ", ".join(_changed(layer))))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for name, form, count, settings in rows:
        line = (name.ljust(widths[0]), form.ljust(widths[1]), count.rjust(widths[2]), settings)
        yield _GAP.join(line).rstrip()


def _batch_shape(shape: Shape) -> str:
    """Return a shape as Keras writes it, with the free axis of the batch."""
    return f"({', '.join(('None', *map(str, shape)))})"


def _changed(layer: Any) -> list[str]:
    """Return the settings that tell a layer from others of its kind."""
    values = ((declared, getattr(layer, declared.name)) for declared in settings_of(layer))
    told = ((d.name, value) for d, value in values if d.name != "name" and (d.main or value != d.default))
    return [f"{name}={value}" for name, value in told]


def _training_lines(model: TrainedModel) -> Iterator[str]:
    design, plan, recipe = model.study.design, model.study.plan, model.study.recipe
    yield f"Loss: {design.loss.keras_name}"
    yield f"Optimizer: {type(design.optimizer).__name__}({_all_settings(design.optimizer)})"
    if model.optimizer_state is not None:
        yield f"Optimizer state: {_remembered(model.optimizer_state)}"
    yield f"Metrics: {', '.join(metric.keras_name for metric in design.metrics) or 'none'}"
    yield f"Plan: {_all_settings(plan)}"
    source = f"{recipe.source.title} {recipe.source.place}".rstrip()
    yield f"Data: {source}, scaling {recipe.preparation.scaling}"
    if model.class_names:
        yield f"Classes: {', '.join(model.class_names)}"
    yield f"Trained for: {model.snapshot.epoch:g} epochs"
    if model.history.best_epoch() is not None:
        yield f"Lowest validation loss: in epoch {model.history.best_epoch()}"


def _remembered(state: OptimizerState) -> str:
    """Return after how many batches it was, and what there is of it."""
    return ", ".join((f"after {state.iteration:,} batches", *state.vectors))


def _all_settings(owner: Any) -> str:
    return ", ".join(f"{setting.name}={getattr(owner, setting.name)}" for setting in settings_of(owner))


def _notes(model: TrainedModel) -> Iterator[str]:
    for note in model.notes:
        yield f"Note: {note}"
