"""Fit of the whole: one edit that makes input, output and loss of a design what other data ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from nnstudio.engine.checks import Report, check_design
from nnstudio.engine.design import Design
from nnstudio.engine.fit_metrics import metric_problems
from nnstudio.engine.fit_words import count_words, wanted_words
from nnstudio.engine.fitting import fitting_output
from nnstudio.engine.layers import Dense, Dropout, Flatten
from nnstudio.engine.metrics import Accuracy
from nnstudio.engine.problems import Fix
from nnstudio.engine.remembering import remembered
from nnstudio.engine.value_words import choice_words
from nnstudio.task import DataFacts

Repair = Callable[[Design, DataFacts], Design]


@remembered(most=4)
def whole_fix(design: Design, facts: DataFacts) -> Fix | None:
    """Return the one fix that makes a design right for other data; None where it fits, or nothing helps.

    Hidden layers stay as they are, apart from those that cannot take such samples at all.
    """
    if not design.layers or check_design(design, facts).ready:
        return None
    fitted = fitted_design(design, facts)
    if not check_design(fitted, facts).ready:
        return None
    return Fix(_label(design, fitted, facts), lambda design: fitted_design(design, facts))


def fitted_design(design: Design, facts: DataFacts) -> Design:
    """Return the design with the input, output, loss and metrics that data with ``facts`` ask for."""
    for repair in _REPAIRS:
        if check_design(design, facts).ready:
            break
        design = repair(design, facts)
    if check_design(design, facts).at("loss"):
        design = _with_loss(design, facts)
    return _with_metrics(design, facts)


def _with_input(design: Design, facts: DataFacts) -> Design:
    """Let samples of this shape in: lay pictures flat before Dense, take out what needs another shape."""
    if design.input_shape not in (None, facts.sample_shape):
        design = replace(design, input_shape=None)
    for _ in design.layers:
        stuck = _stuck(design, facts)
        if stuck is None:
            break
        design = stuck
    first = design.layers[0] if design.layers else None
    if len(facts.sample_shape) > 1 and isinstance(first, Dense):
        design = design.with_inserted(0, Flatten())
    return design


def _stuck(design: Design, facts: DataFacts) -> Design | None:
    """Return the design without, or with help for, the first layer that takes no such sample."""
    report = check_design(design, facts)
    failing = next((layer for layer in report.layers if layer.output_shape is None), None)
    if failing is None:
        return None
    fixes = [fix for problem in report.at(failing.name) for fix in problem.fixes]
    return fixes[0].apply(design) if fixes else design.without((failing.name,))


def _with_row(design: Design, facts: DataFacts) -> Design:
    """End in one row of numbers."""
    shapes = [layer.output_shape for layer in check_design(design, facts).layers]
    if not shapes:
        return design if len(facts.sample_shape) == 1 else design.with_inserted(0, Flatten())
    last = shapes[-1]
    if last is None or len(last) == 1:
        return design
    place = len(design.layers) - 1 if isinstance(design.layers[-1], Dense) else len(design.layers)
    return design.with_inserted(place, Flatten())


def _with_output(design: Design, facts: DataFacts) -> Design:
    """Make the last Dense the output: what stands behind it only shaped the old one."""
    wanted = fitting_output(facts)
    layers = list(design.layers)
    while layers and (layers[-1].family == "activation" or isinstance(layers[-1], Dropout)):
        layers.pop()
    design = replace(design, layers=tuple(layers))
    if layers and isinstance(layers[-1], Dense):
        return design.with_layer(layers[-1].name, units=wanted.units, activation=wanted.activation)
    return design.with_inserted(len(layers), Dense(wanted.units, activation=wanted.activation))


def _with_loss(design: Design, facts: DataFacts) -> Design:
    return replace(design, loss=fitting_output(facts).loss)


def _with_metrics(design: Design, facts: DataFacts) -> Design:
    """Leave out the metrics that say nothing; classes are always counted."""
    units = fitting_output(facts).units
    kept = tuple(
        metric
        for metric in design.metrics
        if not list(metric_problems(replace(design, metrics=(metric,)), units, facts))
    )
    counts = any(not metric.for_values for metric in kept)
    return replace(design, metrics=kept if counts or not facts.is_classes else (Accuracy(), *kept))


_REPAIRS: tuple[Repair, ...] = (_with_input, _with_row, _with_output, _with_loss)


def misfit_words(report: Report, facts: DataFacts) -> str:
    """Say what does not fit: the number of outputs, or else the first problem."""
    last = report.layers[-1].output_shape if report.layers else None
    if last is not None and len(last) == 1 and last[0] != fitting_output(facts).units:
        return (
            f"{facts.name} has {wanted_words(facts)}, but the network gives {count_words(last[0], 'number')}."
        )
    return report.errors[0].sentence if report.errors else ""


def _label(before: Design, after: Design, facts: DataFacts) -> str:
    output = fitting_output(facts)
    parts = list(_changed(before, after))
    what = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    words = f"Dense {output.units}, {output.activation}, {choice_words(type(output.loss)).lower()}"
    return f"Fit the {what}: {words}"


def _changed(before: Design, after: Design) -> Iterator[str]:
    if [layer.name for layer in after.layers][:-1] != [layer.name for layer in before.layers][:-1]:
        yield "input"
    if after.layers[-1] != before.layers[-1]:
        yield "output"
    if after.loss != before.loss:
        yield "loss"
