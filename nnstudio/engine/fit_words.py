"""Fit words: shapes, counts and tasks as a person reads them in a sentence."""

from __future__ import annotations

from nnstudio.task import DataFacts, Shape, Task


def shape_words(shape: Shape) -> str:
    """Return a shape as people write it: "28 × 28"."""
    return " × ".join(str(length) for length in shape) or "1"


def wanted_words(facts: DataFacts) -> str:
    """Return what there is to predict: "10 classes"."""
    return (
        f"{facts.classes} classes"
        if facts.is_classes
        else f"{count_words(facts.outputs, 'value')} to predict"
    )


def output_words(facts: DataFacts) -> str:
    """Return what the fitting outputs do: "give one probability per class."."""
    if facts.task is Task.MANY_CLASSES:
        return "give one probability per class."
    return "gives the probability of the second class." if facts.is_classes else "can take any value."


def count_words(number: int, noun: str) -> str:
    """Return a number with its noun: "1 output", "10 outputs"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def epochs_words(position: float) -> str:
    """Return how far a training came: "1 epoch", "2.5 epochs"."""
    return f"{position:g} epoch" if position == 1 else f"{position:g} epochs"
