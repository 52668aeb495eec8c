"""RunDifference: what two studies set differently, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nnstudio.engine.layer import Layer
from nnstudio.engine.value_words import choice_words, title_words, value_words
from nnstudio.experiments.study import Study
from nnstudio.settings import settings_of

ABSENT = "–"


@dataclass(frozen=True)
class Difference:
    """One setting in words, ``left`` and ``right``; ``part`` is "Model", "Optimizer", "Plan" or "Data"."""

    part: str
    title: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.left != self.right


def compare(left: Study, right: Study) -> tuple[Difference, ...]:
    """Return every setting of two studies; layers are those of the same name, in the order of the left."""
    designs, recipes = (left.design, right.design), (left.recipe, right.recipe)
    return (
        *_layers(left, right),
        *_owners("Model", "Loss", *(design.loss for design in designs)),
        Difference("Model", "Metrics", *(_metrics(study) for study in (left, right))),
        *_owners("Optimizer", "Optimizer", *(design.optimizer for design in designs)),
        *_settings("Plan", "", left.plan, right.plan),
        *_owners("Data", "Source", *(recipe.source for recipe in recipes)),
        *_settings("Data", "", *(recipe.split for recipe in recipes)),
        *_settings("Data", "", *(recipe.preparation for recipe in recipes)),
    )


def _metrics(study: Study) -> str:
    return ", ".join(choice_words(type(metric)) for metric in study.design.metrics) or ABSENT


def _layers(left: Study, right: Study) -> Iterator[Difference]:
    ours, theirs = ({layer.name: layer for layer in study.design.layers} for study in (left, right))
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        one, other = ours.get(name), theirs.get(name)
        yield from _owners("Model", name, one, other)
    orders = [[name for name in names if name in ours and name in theirs] for names in (ours, theirs)]
    if orders[0] != orders[1]:
        yield Difference("Model", "Order of layers", *(", ".join(order) for order in orders))


def _owners(part: str, title: str, left: Any, right: Any) -> Iterator[Difference]:
    """Yield of which kind two owners are, and their settings where they are of the same."""
    yield Difference(part, title, _kind(left), _kind(right))
    if type(left) is type(right):
        yield from _settings(part, title, left, right)
    elif isinstance(left, Layer) or isinstance(right, Layer):
        yield from _only(part, title, left, right)


def _only(part: str, title: str, left: Any, right: Any) -> Iterator[Difference]:
    """Yield the main settings of a layer that the other has not, or has as another kind."""
    for owner, other in ((left, ABSENT), (right, ABSENT)):
        for declared in settings_of(owner) if owner is not None else ():
            if declared.main:
                value = value_words(declared, getattr(owner, declared.name))
                sides = (value, other) if owner is left else (other, value)
                yield Difference(part, f"{title}, {title_words(declared).lower()}", *sides)


def _settings(part: str, title: str, left: Any, right: Any) -> Iterator[Difference]:
    for declared in settings_of(left):
        if declared.name == "name":
            continue
        words = title_words(declared)
        values = (value_words(declared, getattr(owner, declared.name)) for owner in (left, right))
        yield Difference(part, f"{title}, {words.lower()}" if title else _capital(words), *values)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _kind(owner: Any) -> str:
    return ABSENT if owner is None else choice_words(type(owner))
