"""Advice: what is allowed and yet seldom wise, each with an edit that would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from nnstudio.engine.checks import Report
from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import count_words
from nnstudio.engine.fitting import with_function
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import Dense, Dropout
from nnstudio.engine.optimizers import SGD, Guess
from nnstudio.engine.problems import Fix
from nnstudio.task import DataFacts

_FEW_SAMPLES = 20  # a lesson on single weights, rather than data
_WEIGHTS_PER_SAMPLE = 500
_LONG_CHAIN = 3
_LARGE_RATE = {True: 1.0, False: 0.1}  # of SGD, and of the optimizers that scale their steps
_USUAL_RATE = {True: 0.01, False: 0.001}
_SLOW = ("sigmoid", "hard_sigmoid")


@dataclass(frozen=True)
class Advice:
    """A sentence, why, and what can be done about it; it forbids nothing and is told quietly."""

    sentence: str
    reason: str
    fixes: tuple[Fix, ...] = ()


def advice(design: Design, report: Report, facts: DataFacts) -> tuple[Advice, ...]:
    """Return what to think about in a design that can be trained on these data, the gravest first."""
    if not report.ready or facts.training_count < _FEW_SAMPLES:
        return ()
    return tuple(one for rule in _RULES for one in rule(design, report, facts))


def _rate(design: Design, report: Report, facts: DataFacts) -> Iterator[Advice]:
    optimizer = design.optimizer
    rate = getattr(optimizer, "learning_rate", None)
    plain = isinstance(optimizer, SGD)
    if isinstance(optimizer, Guess) or not isinstance(rate, float) or rate < _LARGE_RATE[plain]:
        return
    usual = _USUAL_RATE[plain]
    changed = replace(optimizer, learning_rate=usual)
    fix = Fix(f"Set the learning rate to {usual:g}", lambda design: replace(design, optimizer=changed))
    yield Advice(
        f"A learning rate of {rate:g} is large for {type(optimizer).__name__}.",
        "Steps that overshoot make the loss jump instead of fall.",
        (fix,),
    )


def _no_hidden(design: Design, report: Report, facts: DataFacts) -> Iterator[Advice]:
    if len(_weighted(design, report)) != 1 or not isinstance(design.layers[-1], Dense):
        return
    place = len(design.layers) - 1
    width = 128 if len(facts.sample_shape) > 1 or facts.sample_shape[0] > 64 else 16
    fix = Fix(
        f"Insert Dense with {width} units and relu",
        lambda design: design.with_inserted(place, Dense(width, activation="relu", name="hidden")),
    )
    learnt = "only what a straight line parts" if facts.is_classes else "only straight lines"
    yield Advice("There is no hidden layer.", f"Without one a network learns {learnt}.", (fix,))


def _straight(design: Design, report: Report, facts: DataFacts) -> Iterator[Advice]:
    names = [layer.name for layer in _without_function(design)]
    if names:
        yield Advice(
            f'Nothing bends between "{names[0]}" and the next layer with weights.',
            "Layers without a function between them are one straight line, however many they are.",
            (_use_relu(names),),
        )


def _sigmoid_chain(design: Design, report: Report, facts: DataFacts) -> Iterator[Advice]:
    hidden = [layer for layer in _weighted(design, report)[:-1] if isinstance(layer, Dense)]
    names = [layer.name for layer in hidden if layer.activation in _SLOW]
    if len(names) >= _LONG_CHAIN:
        yield Advice(
            f"{len(names)} hidden layers go through sigmoid.",
            "Each passes on a quarter of the gradient at most, so the first ones hardly learn.",
            (_use_relu(names),),
        )


def _many_weights(design: Design, report: Report, facts: DataFacts) -> Iterator[Advice]:
    held = any(layer.family == "regularise" for layer in design.layers)
    weights, count = report.trainable_parameters, facts.training_count
    if held or weights < _WEIGHTS_PER_SAMPLE * count or len(_weighted(design, report)) < 2:
        return
    last = _weighted(design, report)[-1].name
    fix = Fix("Insert Dropout", lambda design: design.with_inserted(design.index(last), Dropout(0.3)))
    yield Advice(
        f"{count_words(weights, 'parameter')} learn from {count_words(count, 'sample')}.",
        "So many can learn the samples by heart. Dropout, or fewer units, helps.",
        (fix,),
    )


_RULES: tuple[Callable[[Design, Report, DataFacts], Iterator[Advice]], ...] = (
    _rate,
    _no_hidden,
    _straight,
    _sigmoid_chain,
    _many_weights,
)


def _weighted(design: Design, report: Report) -> list[Layer]:
    """Return the layers whose weights mix what goes in, as against those that only scale it."""
    pairs = zip(design.layers, report.layers, strict=True)
    return [layer for layer, found in pairs if found.parameters and layer.family != "regularise"]


def _without_function(design: Design) -> Iterator[Layer]:
    """Tell each Dense that no function follows before the next Dense."""
    open_one: Dense | None = None
    for layer in design.layers:
        if isinstance(layer, Dense):
            if open_one is not None:
                yield open_one
            open_one = layer if layer.activation == "linear" else None
        elif layer.family not in ("shape", "regularise"):
            open_one = None


def _use_relu(names: list[str]) -> Fix:
    def mended(design: Design) -> Design:
        for name in names:
            design = with_function(design, name, "relu")
        return design

    where = f'in "{names[0]}"' if len(names) == 1 else f"in {len(names)} layers"
    return Fix(f"Use relu {where}", mended)
