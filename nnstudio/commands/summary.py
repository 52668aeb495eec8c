"""Summary: a design and a study as lines of text, as Keras' summary shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nnstudio.engine.design import Design
from nnstudio.engine.layout import Layout, lay_out
from nnstudio.errors import ShapeError
from nnstudio.experiments.study import Study
from nnstudio.settings import settings_of
from nnstudio.task import Shape

_GAP = "  "


def design_lines(design: Design, shape: Shape) -> Iterator[str]:
    """Yield the layers with what they give and hold, and how many parameters there are in all."""
    yield f"Input: {_batch_shape(shape)}"
    try:
        layout = lay_out(design.layers, shape)
    except ShapeError as error:
        yield from (_title(layer) for layer in design.layers)
        yield f"These layers do not fit together: {error}"
        return
    yield from aligned(_rows(design, layout), numbers={2})
    yield f"Total params: {layout.size:,}"
    yield f"Trainable params: {layout.trainable_size:,}"
    yield f"Non-trainable params: {layout.size - layout.trainable_size:,}"


def study_lines(study: Study, class_names: tuple[str, ...]) -> Iterator[str]:
    """Yield how the network learns, and from what."""
    design, plan, recipe = study.design, study.plan, study.recipe
    yield f"Loss: {design.loss.keras_name}"
    yield f"Optimizer: {type(design.optimizer).__name__}({_all_settings(design.optimizer)})"
    yield f"Metrics: {', '.join(metric.keras_name for metric in design.metrics) or 'none'}"
    yield f"Plan: {_all_settings(plan)}"
    source = f"{recipe.source.title} {recipe.source.place}".rstrip()
    yield f"Data: {source}, scaling {recipe.preparation.scaling}"
    if class_names:
        yield f"Classes: {', '.join(class_names)}"


def aligned(rows: Sequence[Sequence[str]], numbers: set[int]) -> Iterator[str]:
    """Yield rows of cells as lines; columns in ``numbers`` stand right, the last one takes what it needs."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[-1] = 0
    for row in rows:
        cells = (
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield _GAP.join(cells).rstrip()


def _rows(design: Design, layout: Layout) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("Layer (type)", "Output shape", "Params", "Settings")]
    for layer, shape, specs in zip(design.layers, layout.shapes[1:], layout.specs, strict=True):
        params = f"{sum(spec.size for spec in specs):,}"
        rows.append((_title(layer), _batch_shape(shape), params, ", ".join(_changed(layer))))
    return rows


def _title(layer: Any) -> str:
    return f"{layer.name} ({type(layer).__name__})"


def _batch_shape(shape: Shape) -> str:
    """Return a shape as Keras writes it, with the free axis of the batch."""
    return f"({', '.join(('None', *map(str, shape)))})"


def _changed(layer: Any) -> list[str]:
    """Return the settings that tell a layer from others of its kind."""
    values = ((declared, getattr(layer, declared.name)) for declared in settings_of(layer))
    told = ((d.name, value) for d, value in values if d.name != "name" and (d.main or value != d.default))
    return [f"{name}={value}" for name, value in told]


def _all_settings(owner: Any) -> str:
    return ", ".join(f"{setting.name}={getattr(owner, setting.name)}" for setting in settings_of(owner))
