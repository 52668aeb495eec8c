"""ModelLook: what is in a model, in words: for whoever looks inside a file before opening it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column
from nnstudio.data.fitted import Fitted
from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import epochs_words
from nnstudio.engine.layout import Layout, lay_out
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.errors import ShapeError
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.settings import settings_of
from nnstudio.task import Shape

LAYER_HEAD = ("Layer (type)", "Output shape", "Params", "Settings")
ARRAY_HEAD = ("Array", "Shape", "Numbers")
_MOST_NAMED = 12  # columns, categories and numbers; the rest is counted

Fact = tuple[str, str]


@dataclass(frozen=True)
class ModelLook:
    """A table of layers (or, where a file has no network, of arrays), facts by name, and notes.

    ``own`` is whether nnstudio wrote it.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    facts: tuple[Fact, ...]
    notes: tuple[str, ...] = ()
    own: bool = False


def look_at(model: TrainedModel, *, own: bool) -> ModelLook:
    """Return everything that is known of ``model``; plan and data are told only of nnstudio's ``own``."""
    layers, facts = layer_table(model.design, model.snapshot.input_shape)
    facts += tuple(study_facts(model.study, model.class_names) if own else _design_facts(model.design))
    facts += tuple(_trained_facts(model, own))
    if model.fitted is not None:
        facts += tuple(_fitted_facts(model.fitted))
    return ModelLook(LAYER_HEAD, layers, facts, model.notes, own)


def look_at_arrays(arrays: tuple[tuple[str, Shape, int], ...], note: str) -> ModelLook:
    """Return what is known of weights that lie in a file without their network."""
    rows = tuple((name, _tuple_words(shape), f"{size:,}") for name, shape, size in arrays)
    total = f"{sum(size for _, _, size in arrays):,} in {len(arrays)} arrays"
    return ModelLook(ARRAY_HEAD, rows, (("Numbers", total),), (note,))


def layer_table(design: Design, shape: Shape) -> tuple[tuple[tuple[str, ...], ...], tuple[Fact, ...]]:
    """Return a row for each layer, and what goes in and how many parameters there are in all."""
    takes = ("Input", batch_shape(shape))
    try:
        layout = lay_out(design.layers, shape)
    except ShapeError as error:
        rows = tuple((_title(layer), "", "", "") for layer in design.layers)
        return rows, (takes, ("These layers do not fit together", str(error)))
    return tuple(_rows(design, layout)), (takes, *_totals(layout))


def study_facts(study: Study, class_names: tuple[str, ...]) -> Iterator[Fact]:
    """Yield how the network learns, and from what."""
    recipe = study.recipe
    yield from _design_facts(study.design)
    yield "Plan", _all_settings(study.plan)
    source = f"{recipe.source.title} {recipe.source.place}".rstrip()
    yield "Data", f"{source}, scaling {recipe.preparation.scaling}"
    if class_names:
        yield "Classes", ", ".join(class_names)


def batch_shape(shape: Shape) -> str:
    """Return a shape as Keras writes it, with the free axis of the batch."""
    return f"({', '.join(('None', *map(str, shape)))})"


def _design_facts(design: Design) -> Iterator[Fact]:
    yield "Loss", design.loss.keras_name
    yield "Optimizer", f"{type(design.optimizer).__name__}({_all_settings(design.optimizer)})"
    yield "Metrics", ", ".join(metric.keras_name for metric in design.metrics) or "none"


def _rows(design: Design, layout: Layout) -> Iterator[tuple[str, ...]]:
    for layer, shape, specs in zip(design.layers, layout.shapes[1:], layout.specs, strict=True):
        params = f"{sum(spec.size for spec in specs):,}"
        yield _title(layer), batch_shape(shape), params, ", ".join(_changed(layer))


def _totals(layout: Layout) -> Iterator[Fact]:
    yield "Total params", f"{layout.size:,}"
    yield "Trainable params", f"{layout.trainable_size:,}"
    yield "Non-trainable params", f"{layout.size - layout.trainable_size:,}"


def _title(layer: Any) -> str:
    return f"{layer.name} ({type(layer).__name__})"


def _changed(layer: Any) -> list[str]:
    """Return the settings that tell a layer from others of its kind."""
    values = ((declared, getattr(layer, declared.name)) for declared in settings_of(layer))
    told = ((d.name, value) for d, value in values if d.name != "name" and (d.main or value != d.default))
    return [f"{name}={value}" for name, value in told]


def _all_settings(owner: Any) -> str:
    return ", ".join(f"{setting.name}={getattr(owner, setting.name)}" for setting in settings_of(owner))


def _trained_facts(model: TrainedModel, own: bool) -> Iterator[Fact]:
    if model.optimizer_state is not None:
        yield "Optimizer state", _remembered(model.optimizer_state)
    if own:
        yield "Trained for", epochs_words(model.snapshot.epoch)
    if model.history.best_epoch() is not None:
        yield "Lowest validation loss", f"in epoch {model.history.best_epoch()}"
    if model.run_state is not None:
        yield "State of the training", "whole: it goes on as if it had never stopped"


def _remembered(state: OptimizerState) -> str:
    """Return after how many batches it was, and what there is of it."""
    return ", ".join((f"after {state.iteration:,} batches", *state.vectors))


def _fitted_facts(fitted: Fitted) -> Iterator[Fact]:
    """Yield how raw samples become inputs."""
    if fitted.columns:
        yield "Columns", _listed([_column_words(column) for column in fitted.columns], "; ")
    offset, spread = fitted.scaler.offset, fitted.scaler.spread
    if offset is not None:
        yield "First subtracted from inputs", _numbers(offset)
    if spread is not None:
        yield "Inputs divided by", _numbers(spread)
    if fitted.target_names:
        yield "Predicts", ", ".join(fitted.target_names)


def _column_words(column: Column) -> str:
    words = f"{column.name} ({_listed(list(column.categories))})" if column.is_category else column.name
    fill = f"{column.fill:g}" if isinstance(column.fill, float) else column.fill
    filled = "" if fill is None else f", missing ones are {fill}"
    return f"{words}{filled}{', 0 is missing' if column.zero_is_missing else ''}"


def _numbers(values: Array) -> str:
    return _listed([f"{value:g}" for value in values.ravel()])


def _listed(words: list[str], separator: str = ", ") -> str:
    more = [f"{len(words) - _MOST_NAMED} more"] if len(words) > _MOST_NAMED else []
    return separator.join(words[:_MOST_NAMED] + more)


def _tuple_words(shape: Shape) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
