"""Fit of the output: whether the end of a stack gives one row of numbers, as many as the data ask for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import count_words, output_words, shape_words, wanted_words
from nnstudio.engine.fitting import Output, appending, end_of, fitting_output, with_function
from nnstudio.engine.layers import Dense, Dropout, Flatten
from nnstudio.engine.problems import Fix, Problem, Severity
from nnstudio.task import DataFacts, Shape, Task


def no_row_problem(design: Design, shapes: list[Shape]) -> Problem:
    """Return what to say where a sample ends in more than one axis."""
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


def output_problems(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    """Return what is wrong with the number of outputs and with what stands at the end."""
    yield from _size(design, outputs, facts)
    yield from _lonely_softmax(design, outputs)
    yield from _doubled_softmax(design)
    yield from _last_dropout(design)


def _size(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
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
        yield Fix(f"Add Dense with {count_words(units, 'unit')} and {activation}", appending(layer))
        return
    if last.activation != activation:
        both = partial(Design.with_layer, units=units, activation=activation)
        yield Fix(f"Set units to {units} and use {activation}", lambda design: both(design, last.name))
    yield Fix(f"Only set units to {units}", lambda design: design.with_layer(last.name, units=units))


def _lonely_softmax(design: Design, outputs: int) -> Iterator[Problem]:
    end = end_of(design)
    if outputs == 1 and end.function == "softmax":
        yield Problem(
            end.holder,
            Severity.ERROR,
            "Softmax over a single output is always 1.",
            "One output for two classes goes through a sigmoid.",
            (Fix("Use sigmoid", lambda design: with_function(design, end.holder, "sigmoid")),),
        )


def _doubled_softmax(design: Design) -> Iterator[Problem]:
    last = design.layers[-1]
    if last.family != "activation" or last.last_function != "softmax":
        return
    before = end_of(design.without((last.name,)))
    if before.function == "softmax":
        yield Problem(
            last.name,
            Severity.WARNING,
            f'The outputs went through softmax already, in "{before.holder}".',
            "A second softmax makes all classes nearly equally likely, and learning slow.",
            (Fix("Remove the second softmax", partial(Design.without, names=(last.name,))),),
        )


def _last_dropout(design: Design) -> Iterator[Problem]:
    last = design.layers[-1]
    if isinstance(last, Dropout):
        yield Problem(
            last.name,
            Severity.WARNING,
            "Dropout after the output hides answers from the loss.",
            "It belongs between hidden layers.",
            (Fix("Remove it", partial(Design.without, names=(last.name,))),),
        )
