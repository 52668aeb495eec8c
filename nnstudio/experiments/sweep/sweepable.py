"""Sweepable: the settings of a study that a sweep can vary, found from their declarations as forms do."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nnstudio.engine.layer import Layer
from nnstudio.engine.losses import LOSSES, CategoricalCrossentropy
from nnstudio.engine.optimizers import OPTIMIZERS, Adam
from nnstudio.engine.value_words import choice_words, title_words, value_words
from nnstudio.errors import UserError
from nnstudio.experiments.study import Study
from nnstudio.settings import Setting, settings_of

_NEVER = {"name", "threads"}  # a name says nothing, and each trial has one thread
_NUMBERS = (int, float)

OPTIMIZER = Setting(
    "Which way the weights are changed, with its usual settings.",
    Adam(),
    name="optimizer",
    kind=object,
    choices=OPTIMIZERS,
)
LOSS = Setting(
    "What the training makes small, with its usual settings.",
    CategoricalCrossentropy(),
    name="loss",
    kind=object,
    choices=LOSSES,
)


@dataclass(frozen=True)
class Sweepable:
    """A setting of a study: where it is, what people call it, its declaration and its value now.

    ``path`` is such as "layers.2.units", "optimizer.learning_rate" or "plan.batch_size". ``owner`` names
    whose setting it is ("Dense 512", with the layer's name where several are alike), ``name`` what it is.
    """

    path: str
    owner: str
    name: str
    declared: Setting
    value: Any

    @property
    def title(self) -> str:
        """What people read in a list: "Dense 512: units"."""
        return f"{self.owner}: {self.name}"

    @property
    def words(self) -> str:
        """The value that it has now, in words."""
        return words_of(self.declared, self.value)


def words_of(declared: Setting, value: Any) -> str:
    """Return a value in words; one of a class of its own by the class and what it sets unlike its default."""
    if not dataclasses.is_dataclass(value):
        return value_words(declared, value)
    inner = [
        f"{title_words(one)} {words_of(one, getattr(value, one.name))}"
        for one in settings_of(value)
        if one.differs(getattr(value, one.name))
    ]
    kind = choice_words(type(value))
    return f"{kind} ({', '.join(inner)})" if inner else kind


def settings_to_sweep(study: Study) -> tuple[Sweepable, ...]:
    """Return every number, size, choice and yes or no of the layers, the optimizer, the loss and the plan."""
    design = study.design
    owners = _layer_words(design.layers)
    found: list[Sweepable] = []
    for index, layer in enumerate(design.layers):
        found += _settings(f"layers.{index}", owners[index], layer)
    for declared, value in ((OPTIMIZER, design.optimizer), (LOSS, design.loss)):
        found.append(Sweepable(declared.name, "Model", declared.name, declared, value))
        found += _settings(declared.name, declared.title, value)
    return (*found, *_settings("plan", "Plan", study.plan))


def find_setting(study: Study, path: str) -> Sweepable:
    """Return the setting at ``path``, in which a layer may be called by its name as well.

    Raises:
        UserError: there is none.
    """
    found = settings_to_sweep(study)
    by_name = {f"layers.{layer.name}.": f"layers.{index}." for index, layer in enumerate(study.design.layers)}
    for name, place in by_name.items():
        if path.startswith(name):
            path = place + path.removeprefix(name)
            break
    for one in found:
        if one.path == path:
            return one
    raise UserError(f"There is no setting {path} in this study. {_nearest(path, found)}")


def _nearest(path: str, found: tuple[Sweepable, ...]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(path, [one.path for one in found], n=3)
    return f"Did you mean {' or '.join(close)}?" if close else "It has such as plan.batch_size."


def with_setting(study: Study, path: str, value: Any) -> Study:
    """Return ``study`` with another value at ``path``.

    Raises:
        UserError: it has no such setting, or the setting takes no such value.
    """
    part, *rest = path.split(".")
    design = study.design
    if part == "plan":
        return replace(study, plan=_with(study.plan, rest, value))
    if part == "layers" and len(rest) > 1 and rest[0].isdecimal() and int(rest[0]) < len(design.layers):
        index = int(rest[0])
        layers = list(design.layers)
        layers[index] = _with(layers[index], rest[1:], value)
        return replace(study, design=replace(design, layers=tuple(layers)))
    if part in ("optimizer", "loss"):
        changed = _with(getattr(design, part), rest, value) if rest else value
        return replace(study, design=replace(design, **{part: changed}))
    raise UserError(f"There is no setting {path} in this study.")


def _with(owner: Any, names: list[str], value: Any) -> Any:
    """Return ``owner`` with another value of the setting that ``names`` lead to."""
    name, *rest = names
    declared = next((one for one in _declared(owner) if one.name == name), None)
    if declared is None:
        raise UserError(f"{choice_words(type(owner))} has no setting {name.replace('_', ' ')}.")
    if rest:
        return replace(owner, **{name: _with(getattr(owner, name), rest, value)})
    sentence = declared.problem(value)
    if sentence:
        raise UserError(sentence)
    return replace(owner, **{name: value})


def _declared(owner: Any) -> tuple[Setting, ...]:
    return settings_of(owner) if dataclasses.is_dataclass(owner) else ()


def _settings(path: str, title: str, owner: Any, before: str = "") -> Iterator[Sweepable]:
    for declared in settings_of(owner):
        if declared.name in _NEVER:
            continue
        place, value = f"{path}.{declared.name}", getattr(owner, declared.name)
        words = f"{before}{title_words(declared)}"
        if _can_vary(declared):
            yield Sweepable(place, title, words, declared, value)
        if dataclasses.is_dataclass(value):
            yield from _settings(place, title, value, f"{words}, ")


def _can_vary(declared: Setting) -> bool:
    if declared.choices:
        return len(declared.choices) + declared.optional > 1
    size = declared.is_size and declared.item in _NUMBERS
    return size or declared.kind is bool or declared.kind in _NUMBERS


def _layer_words(layers: tuple[Layer, ...]) -> list[str]:
    """Return "Dense 512" for each layer, with its name where several are the same."""
    words = [_main_words(layer) for layer in layers]
    counts = Counter(words)
    pairs = zip(words, layers, strict=True)
    return [f"{one} ({layer.name})" if counts[one] > 1 else one for one, layer in pairs]


def _main_words(layer: Layer) -> str:
    numbers = [one for one in settings_of(layer) if one.main and one.kind in _NUMBERS and not one.choices]
    return " ".join(
        (type(layer).__name__, *(value_words(one, getattr(layer, one.name)) for one in numbers[:1]))
    )
