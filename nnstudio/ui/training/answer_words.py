"""AnswerWords: what a plot of answers is called, and what the network says at one place, in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.ground import Ground
from nnstudio.experiments.input_map import InputMap
from nnstudio.experiments.weight_search import WeightSearch
from nnstudio.session.input_mapper import Look
from nnstudio.task import Task

Array = npt.NDArray[Any]


def number_words(value: float) -> str:
    """Return a number in few digits: "−0.42", "1,240"."""
    plain = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return plain.replace("-", "\u2212")


def answer_words(answer: Array, ground: Ground) -> str:
    """Return one answer (n,): "outside 87 %" or "y 0.31"."""
    if not np.isfinite(answer).all():
        return "not a number"
    if not ground.facts.is_classes:
        return f"{ground.value_name} {number_words(float(answer[0]))}"
    best = int(answer.argmax())
    return f"{ground.facts.class_names[best]} {100 * float(answer[best]):.0f} %"


def look_note(look: Look) -> str:
    """Return what a person should know of the answers."""
    if look.answer is None:
        return "waits for a network that fits the data"
    fresh = isinstance(look.answer, InputMap) and not look.answer.snapshot.epoch
    return "not trained yet" if fresh else ""


def look_title(look: Look) -> str:
    """Return what a plot shows."""
    facts = look.ground.facts
    if isinstance(look.answer, WeightSearch):
        return "Error over the weight"
    if len(look.ground.ranges) == 2:
        return "Regions" if facts.is_classes else f"Fitted {look.ground.value_name}"
    if facts.task is Task.TWO_CLASSES:
        return "Probability"
    return "Probabilities" if facts.is_classes else f"Fitted {look.ground.value_name}"
