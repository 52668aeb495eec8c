"""KerasDesign: a whole design in Keras' words, and what these do not say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nnstudio.engine.design import Design
from nnstudio.engine.layout import lay_out
from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.schedules import Constant
from nnstudio.engine.value_words import choice_words, title_words, value_words
from nnstudio.formats.keras_compile import read_training_config, training_config
from nnstudio.formats.keras_config import model_config, read_model_config, with_file_names
from nnstudio.formats.unsaid import unsaid_in
from nnstudio.formats.values import Json
from nnstudio.settings import settings_of
from nnstudio.task import Shape

_TOLD_ELSEWHERE = ("name", "learning_rate", "schedule")


@dataclass(frozen=True)
class Description:
    """A design as a file has it.

    ``stack`` and ``learning`` are for Keras; ``opened`` is the design that these two say, under names that
    Keras takes; ``unsaid`` is what nnstudio keeps beside them.
    """

    stack: Json
    learning: Json
    opened: Design
    unsaid: Json


def describe(design: Design, input_shape: Shape) -> Description:
    """Return ``design`` for samples of ``input_shape``, in Keras' words."""
    named = replace(design, layers=with_file_names(design.layers))
    outputs = lay_out(named.layers, input_shape).shapes[-1][-1]
    stack = model_config(named.layers, input_shape)
    learning = training_config(named.loss, named.optimizer, named.metrics, outputs)
    layers, _ = read_model_config(stack, [])
    opened = Design(layers, **read_training_config(learning, [], outputs=outputs))
    return Description(stack, learning, opened, unsaid_in(named, opened))


def notes_for_keras(design: Design, input_shape: Shape) -> tuple[str, ...]:
    """Return a sentence for everything of ``design`` that Keras does not get when it opens the file."""
    opened = describe(design, input_shape).opened
    layers = zip(design.layers, opened.layers, strict=True)
    notes = [note for mine, read in layers for note in _differences(f'Layer "{mine.name}"', mine, read)]
    notes += _optimizer_notes(design.optimizer, opened.optimizer)
    return tuple(notes)


def _optimizer_notes(mine: Optimizer, read: Optimizer) -> Iterator[str]:
    if type(mine) is not type(read):
        yield f"Keras has no {choice_words(type(mine))} and opens the file with {choice_words(type(read))}."
    else:
        yield from _differences("The optimizer", mine, read)
    if isinstance(read.schedule, Constant) and not isinstance(mine.schedule, Constant):
        words = choice_words(type(mine.schedule))
        yield f"Keras has no {words} that follows the training; its learning rate stays the same."
    if getattr(mine, "weight_decay", None):
        yield "Keras 2 does not open a file with weight decay; Keras 3 does."


def _differences(where: str, mine: Any, read: Any) -> Iterator[str]:
    for declared in settings_of(mine):
        ours, theirs = getattr(mine, declared.name), getattr(read, declared.name)
        if ours != theirs and declared.name not in _TOLD_ELSEWHERE:
            found = value_words(declared, theirs)
            yield f"{where}: {title_words(declared)} {value_words(declared, ours)} is {found} for Keras."
