"""Purpose: what a network does with the open data, in a sentence."""

from __future__ import annotations

from nnstudio.engine.checks import Report
from nnstudio.engine.fit_words import count_words, shape_words
from nnstudio.task import DataFacts, Shape, Task

_COLOURS = {1: "grey ", 3: "colour ", 4: "colour "}


def purpose_words(report: Report, facts: DataFacts) -> str:
    """Return a sentence such as "Turns 28 × 28 grey images into one of 10 classes."."""
    what = f"{_inputs(facts.sample_shape)} into {_outputs(facts)}"
    return f"Turns {what}." if report.ready else f"Is to turn {what}, once its problems are mended."


def _inputs(shape: Shape) -> str:
    if len(shape) == 1:
        return count_words(shape[0], "number")
    channels = shape[2] if len(shape) == 3 else 1
    if len(shape) > 3:
        return f"samples of {shape_words(shape)}"
    return f"{shape_words(shape[:2])} {_COLOURS.get(channels, f'{channels}-channel ')}images"


def _outputs(facts: DataFacts) -> str:
    if facts.task is Task.REGRESSION:
        return count_words(facts.outputs, "value")
    if facts.task is Task.TWO_CLASSES:
        return f"one of two classes, {facts.class_names[0]} or {facts.class_names[1]}"
    return f"one of {facts.classes} classes"
