"""Named: what the classes, the values and the pictures of an explanation are called."""

from __future__ import annotations

from nnstudio.experiments.confusion import percent
from nnstudio.experiments.explaining.explanation import Explanation

_NEARLY_ALL = 0.9995


def names_of(found: Explanation) -> tuple[str, ...]:
    """Return what can be asked about: the classes, or the values that are predicted."""
    facts, dataset = found.question.dataset.facts, found.question.dataset
    if facts.is_classes:
        return facts.class_names
    if len(dataset.target_names) == facts.outputs:
        return dataset.target_names
    return ("the value",) if facts.outputs == 1 else tuple(f"value {i + 1}" for i in range(facts.outputs))


def is_ink(found: Explanation) -> bool:
    """Return whether it is of a picture of ink, as digits are, and not of a photograph."""
    return found.is_picture and found.question.dataset.training.inked


def sure_words(share: float) -> str:
    """Return a probability as text; no network is ever certain."""
    return "over 99.9 %" if share >= _NEARLY_ALL else percent(share, 1)
