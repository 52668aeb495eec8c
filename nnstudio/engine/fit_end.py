"""Fit of the end: whether the outputs come to the loss as it wants them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.design import Design
from nnstudio.engine.fitting import End, end_fix, end_of, loss_fix, range_of
from nnstudio.engine.losses import (
    Aim,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Crossentropy,
    Loss,
    Poisson,
)
from nnstudio.engine.problems import Fix, Problem, Severity
from nnstudio.task import DataFacts

_POSITIVE = ("softplus", "exponential", "relu")  # functions that suit counts, the best first


def end_problems(design: Design, outputs: int, facts: DataFacts) -> Iterator[Problem]:
    """Return what is wrong between the loss and the last activation."""
    end = end_of(design)
    if outputs > 1 or "softmax" not in (design.loss.end, end.function):  # of one output that is told already
        yield from _against_probabilities(design, end)
        yield from _against_range(design, end, facts)


def _against_probabilities(design: Design, end: End) -> Iterator[Problem]:
    """Compare the last activation with the one that the loss wants; "" wants and has none in particular."""
    loss, wanted = design.loss, design.loss.end
    if not wanted or end.function == wanted:
        return
    where = end.holder or design.layers[-1].name
    if wanted == "linear":
        if end.function:
            yield Problem(where, Severity.WARNING, *_logits_words(loss, end), _logits_fixes(design))
    elif isinstance(loss, BinaryCrossentropy) and end.function == "softmax":
        yield Problem(
            where,
            Severity.WARNING,
            "BinaryCrossentropy looks at each output by itself, but softmax ties them together.",
            "With softmax, CategoricalCrossentropy looks at all of them.",
            (loss_fix(CategoricalCrossentropy()), end_fix(design, wanted)),
        )
    elif not _gives_probabilities(end, wanted):
        yield Problem(
            where,
            Severity.WARNING,
            f"{type(loss).__name__} wants probabilities, but {_end_words(design, end)}.",
            f"With {wanted} the outputs are probabilities.",
            (end_fix(design, wanted), *_switch_on(loss, end)),
        )


def _gives_probabilities(end: End, wanted: str) -> bool:
    return wanted == "sigmoid" and end.function != "" and range_of(end.function) == (0.0, 1.0)


def _end_words(design: Design, end: End) -> str:
    return (
        f"the last activation is {end.function}"
        if end.function
        else f"{type(design.layers[-1]).__name__} can give any numbers"
    )


def _logits_words(loss: Loss, end: End) -> tuple[str, str]:
    name = type(loss).__name__
    if isinstance(loss, Crossentropy) and end.function == loss.activation:
        return (
            f"{name} from logits does the {end.function} itself, but the last activation did it already.",
            "Done twice, it makes learning slow.",
        )
    return (
        f"{name} from logits wants any numbers, but the last activation is {end.function}.",
        "Linear outputs can take every value.",
    )


def _logits_fixes(design: Design) -> tuple[Fix, ...]:
    return (end_fix(design, "linear"), *_switched(design.loss, False))


def _switch_on(loss: Loss, end: End) -> tuple[Fix, ...]:
    return _switched(loss, True) if end.function in ("linear", "") else ()


def _switched(loss: Loss, from_logits: bool) -> tuple[Fix, ...]:
    if not isinstance(loss, Crossentropy):
        return ()
    other = replace(loss, from_logits=from_logits)
    words = "on" if from_logits else "off"
    return (Fix(f"Switch from_logits {words}", lambda design: replace(design, loss=other)),)


def _against_range(design: Design, end: End, facts: DataFacts) -> Iterator[Problem]:
    """Compare the numbers that the last activation can give with those that the loss or the data need."""
    if not end.function:
        return
    loss, (low, high) = design.loss, range_of(end.function)
    name = type(loss).__name__
    if loss.aim is Aim.SIGNS and low >= 0.0:
        yield Problem(
            end.holder,
            Severity.WARNING,
            f"{name} tells two classes by the sign, but {end.function} gives no number below 0.",
            "With tanh the outputs lie between -1 and 1.",
            (end_fix(design, "tanh"),),
        )
    elif isinstance(loss, Poisson) and low < 0.0:
        wanted = next(function for function in _POSITIVE if function in ACTIVATIONS)
        yield Problem(
            end.holder,
            Severity.ERROR,
            f"Poisson takes the logarithm of the outputs, but {end.function} can give numbers below 0.",
            f"With {wanted} no output is below 0.",
            (end_fix(design, wanted),),
        )
    elif not facts.is_classes and loss.aim is Aim.VALUES and max(-low, high) <= 1.0:
        yield Problem(
            end.holder,
            Severity.WARNING,
            f"With {end.function} the outputs stay between {low:g} and {high:g}.",
            "Linear outputs can take any value.",
            (end_fix(design, "linear"),),
        )
