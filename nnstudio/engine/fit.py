"""Fit: whether a design's output and loss are right for the data, and what would make them so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import count_words, output_words, shape_words, wanted_words
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import Activation, Dense, Dropout, Flatten
from nnstudio.engine.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from nnstudio.engine.problems import Fix, Problem, Severity
from nnstudio.task import DataFacts, Shape, Task

_CLASS_LOSSES = (CategoricalCrossentropy, SparseCategoricalCrossentropy)


@dataclass(frozen=True)
class Output:
    """What the end of a stack should be for a task: units, activation and the loss that goes with them."""

    units: int
    activation: str
    loss: Loss


def fitting_output(facts: DataFacts) -> Output:
    """Return the output that the courses teach for the kind of task."""
    if facts.task is Task.REGRESSION:
        return Output(facts.outputs, "linear", MeanSquaredError())
    if facts.task is Task.TWO_CLASSES:
        return Output(1, "sigmoid", BinaryCrossentropy())
    return Output(facts.classes, "softmax", CategoricalCrossentropy())


def fit_problems(design: Design, shapes: list[Shape], facts: DataFacts) -> list[Problem]:
    """Return what is wrong between a design whose shapes are all known and the data.

    ``shapes`` holds the sample's shape and then each layer's output shape.
    """
    if len(shapes[-1]) != 1:
        return [_not_a_row(design, shapes)]
    outputs = shapes[-1][0]
    return [problem for rule in _RULES for problem in rule(design, outputs, facts)]


def last_activation(design: Design) -> str:
    """Return the activation that the outputs went through last."""
    holder = _holder_of_activation(design)
    return str(getattr(design.layer(holder), "activation", "linear")) if holder else "linear"


def _not_a_row(design: Design, shapes: list[Shape]) -> Problem:
    layers = design.layers
    squashed = (i for i, layer in enumerate(layers) if isinstance(layer, Dense) and len(shapes[i]) > 1)
    index = next(squashed, len(layers))
    return Problem(
        layers[min(index, len(layers) - 1)].name,
        Severity.ERROR,
        f"A sample arrives here as {shape_words(shapes[index])}, but the output must be one row of numbers.",
        "Flatten lays all numbers of a sample in one row.",
        (Fix("Insert Flatten", lambda design: design.with_inserted(index, Flatten())),),
    )


def _output_size(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    wanted = fitting_output(facts)
    if outputs == wanted.units or (facts.task is Task.TWO_CLASSES and outputs == 2):
        return
    yield Problem(
        design.layers[-1].name,
        Severity.ERROR,
        f"{facts.name} has {wanted_words(facts)}, but this layer gives {count_words(outputs, 'number')}.",
        f"{count_words(wanted.units, 'output')} with {wanted.activation} {output_words(facts)}",
        tuple(_size_fixes(design, wanted)),
    )


def _size_fixes(design: Design, wanted: Output) -> Iterator[Fix]:
    last, units, activation = design.layers[-1], wanted.units, wanted.activation
    if not isinstance(last, Dense):
        layer = Dense(units, activation=activation)
        yield Fix(f"Add Dense with {count_words(units, 'unit')} and {activation}", _append(layer))
        return
    if last.activation != activation:
        both = _change(last.name, units=units, activation=activation)
        yield Fix(f"Set units to {units} and use {activation}", both)
    yield Fix(f"Only set units to {units}", _change(last.name, units=units))


def _lonely_softmax(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    if outputs == 1 and last_activation(design) == "softmax":
        holder = _holder_of_activation(design)
        yield Problem(
            holder,
            Severity.ERROR,
            "Softmax over a single output is always 1.",
            "One output for two classes goes through a sigmoid.",
            (Fix("Use sigmoid", _change(holder, activation="sigmoid")),),
        )


def _doubled_softmax(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    ends = [layer for layer in design.layers if getattr(layer, "activation", "") == "softmax"]
    last = design.layers[-1]
    if len(ends) > 1 and isinstance(last, Activation) and last.activation == "softmax":
        yield Problem(
            last.name,
            Severity.WARNING,
            f'The outputs went through softmax already, in "{ends[-2].name}".',
            "A second softmax makes all classes nearly equally likely, and learning slow.",
            (Fix("Remove the second softmax", partial(Design.without, names=(last.name,))),),
        )


def _loss_against_task(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    wanted = fitting_output(facts).loss
    fix = Fix(f"Use {type(wanted).__name__}", lambda design: replace(design, loss=wanted))
    name = type(design.loss).__name__
    if type(design.loss) is type(wanted):
        return
    if not facts.is_classes and not isinstance(design.loss, MeanSquaredError):
        text = f"{name} is for classes, but {facts.name} has values to predict."
        yield Problem("loss", Severity.ERROR, text, "Values are learnt by their squared error.", (fix,))
    elif facts.is_classes and outputs == 1 and isinstance(design.loss, _CLASS_LOSSES):
        text = f"{name} needs one output per class, but there is one output."
        yield Problem("loss", Severity.ERROR, text, "One output answers yes or no.", (fix,))
    elif facts.task is Task.MANY_CLASSES and not isinstance(design.loss, _CLASS_LOSSES):
        text = f"{name} works for {facts.classes} classes, but learns them slowly."
        reason = "CategoricalCrossentropy looks at the probability of the right class."
        yield Problem("loss", Severity.WARNING, text, reason, (fix,))


def _loss_against_end(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    wanted, found = design.loss.fuses, last_activation(design)
    if not wanted or found == wanted or (outputs == 1 and "softmax" in (wanted, found)):
        return
    holder = _holder_of_activation(design)
    yield Problem(
        holder or design.layers[-1].name,
        Severity.WARNING,
        f"{type(design.loss).__name__} wants probabilities, but the last activation is {found}.",
        f"With {wanted} the outputs are probabilities.",
        (Fix(f"Use {wanted}", _change(holder, activation=wanted)),) if holder else (),
    )


def _last_dropout(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    last = design.layers[-1]
    if isinstance(last, Dropout):
        yield Problem(
            last.name,
            Severity.WARNING,
            "Dropout after the output hides answers from the loss.",
            "It belongs between hidden layers.",
            (Fix("Remove it", partial(Design.without, names=(last.name,))),),
        )


Rule = Callable[[Design, int, DataFacts], Iterator[Problem]]
_RULES: tuple[Rule, ...] = (
    _output_size,
    _lonely_softmax,
    _doubled_softmax,
    _loss_against_task,
    _loss_against_end,
    _last_dropout,
)


def _holder_of_activation(design: Design) -> str:
    holders = [layer.name for layer in design.layers if hasattr(layer, "activation")]
    return holders[-1] if holders else ""


def _change(name: str, **settings: object) -> Callable[[Design], Design]:
    return lambda design: design.with_layer(name, **settings)


def _append(layer: Layer) -> Callable[[Design], Design]:
    return lambda design: design.with_inserted(len(design.layers), layer)
