"""Checks: shapes, counts, cost and problems of a design, without running anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, partial

from nnstudio.engine.design import Design, free_name
from nnstudio.engine.fit import fit_problems
from nnstudio.engine.fit_input import input_problems
from nnstudio.engine.fit_metrics import name_problems
from nnstudio.engine.fitting import with_output
from nnstudio.engine.guess_cost import guess_problems
from nnstudio.engine.layer import Layer, size_of
from nnstudio.engine.memory import memory_needed, memory_problems
from nnstudio.engine.problems import Fix, Problem, Severity
from nnstudio.engine.remembering import remembered
from nnstudio.engine.shape_fixes import shape_fixes
from nnstudio.errors import ShapeError
from nnstudio.settings import problems_with
from nnstudio.task import DataFacts, Shape

_MOST_CHECKED = 8192  # layers whose check is remembered
_MOST_REPORTS = 16  # several widgets ask for the report of the same design


class Status(StrEnum):
    """How a layer stands."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    WAITING = "waiting"


@dataclass(frozen=True)
class LayerReport:
    """What is known of one layer; a layer below a failing one waits and has no shape."""

    name: str
    status: Status
    output_shape: Shape | None = None
    parameters: int = 0
    trainable_parameters: int = 0
    multiply_adds: int = 0


@dataclass(frozen=True)
class Report:
    """What `check_design` found; the totals are those of the part that is valid."""

    layers: tuple[LayerReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    memory_bytes: int = 0

    @property
    def ready(self) -> bool:
        """Whether the design can be trained."""
        return not self.errors

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid training."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @cached_property
    def parameters(self) -> int:
        """How many numbers the layers hold."""
        return sum(layer.parameters for layer in self.layers)

    @cached_property
    def trainable_parameters(self) -> int:
        """How many numbers training changes."""
        return sum(layer.trainable_parameters for layer in self.layers)

    @cached_property
    def multiply_adds(self) -> int:
        """How many multiply-adds one sample costs on its way forward."""
        return sum(layer.multiply_adds for layer in self.layers)

    def row_at_end(self, facts: DataFacts) -> bool:
        """Whether a sample comes out as one row of numbers, as far as that is known."""
        shape = self.layers[-1].output_shape if self.layers else facts.sample_shape
        return shape is None or len(shape) == 1

    def at(self, where: str) -> tuple[Problem, ...]:
        """Return the problems of one place, errors first."""
        found = [problem for problem in self.problems if problem.where == where]
        return tuple(sorted(found, key=lambda problem: problem.severity is Severity.WARNING))


def check_design(design: Design, facts: DataFacts, batch_size: int = 128) -> Report:
    """Compute everything that can be told of ``design`` for data with ``facts``; never raises."""
    return _check_design(design, (facts, batch_size))


@remembered(most=_MOST_REPORTS)
def _check_design(design: Design, key: tuple[DataFacts, int]) -> Report:
    facts, batch_size = key
    reports: list[LayerReport] = []
    problems = [*_name_problems(design), *_owner_problems(design)]
    problems += [*name_problems(design), *input_problems(design)]
    shape: Shape | None = facts.sample_shape
    for layer in design.layers:
        report, found = _check_layer(layer, shape)
        reports.append(report)
        problems += found
        shape = report.output_shape
    parameters = sum(report.parameters for report in reports)
    activations = sum(size_of(output) for output in _output_shapes(reports))
    if not reports:
        problems.append(_empty(facts))
    elif shape is not None:
        problems += fit_problems(design, [facts.sample_shape, *_output_shapes(reports)], facts)
        problems += memory_problems(design, reports[-1].name, parameters, activations, batch_size)
        problems += guess_problems(design, *_totals(reports), batch_size)
    memory = memory_needed(design, parameters, activations, batch_size)
    return Report(_with_status(reports, problems), tuple(problems), memory)


@remembered(most=_MOST_CHECKED)
def _check_layer(layer: Layer, shape: Shape | None) -> tuple[LayerReport, list[Problem]]:
    refused = [_error(layer.name, sentence) for sentence in problems_with(layer)]
    if shape is None or refused:
        return LayerReport(layer.name, Status.WAITING), refused
    try:
        output = layer.output_shape(shape)
        specs = layer.weight_specs(shape)
    except ShapeError as error:
        problem = replace(_error(layer.name, str(error)), fixes=shape_fixes(layer.name, error))
        return LayerReport(layer.name, Status.WAITING), [problem]
    total = sum(spec.size for spec in specs)
    trainable = sum(spec.size for spec in specs if spec.trainable and layer.trainable)
    return LayerReport(layer.name, Status.OK, output, total, trainable, layer.multiply_adds(shape)), []


def _empty(facts: DataFacts) -> Problem:
    fix = Fix("Add the output layer", lambda design: with_output(design, len(facts.sample_shape) == 1, facts))
    reason = "Begin with the output layer, with a template, or with any layer of the palette."
    return Problem("", Severity.ERROR, "The stack is empty.", reason, (fix,))


def _error(where: str, sentence: str) -> Problem:
    return Problem(where, Severity.ERROR, sentence)


def _name_problems(design: Design) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, layer in enumerate(design.layers):
        if not layer.name or layer.name in seen:
            fix = Fix("Give it a free name", partial(_renamed, index=index))
            sentence = f'The name "{layer.name}" is taken.' if layer.name else "A layer needs a name."
            yield Problem(layer.name, Severity.ERROR, sentence, fixes=(fix,))
        seen.add(layer.name)


def _renamed(design: Design, index: int) -> Design:
    layer = design.layers[index]
    free = replace(layer, name=free_name(layer.keras_name(), design.names))
    return replace(design, layers=(*design.layers[:index], free, *design.layers[index + 1 :]))


def _owner_problems(design: Design) -> Iterator[Problem]:
    metrics = (("metrics", metric) for metric in design.metrics)
    for where, owner in (("loss", design.loss), ("optimizer", design.optimizer), *metrics):
        for sentence in problems_with(owner):
            yield _error(where, sentence)


def _totals(reports: list[LayerReport]) -> tuple[int, int]:
    """Return the trainable weights, and the multiply-adds of one sample."""
    return sum(layer.trainable_parameters for layer in reports), sum(layer.multiply_adds for layer in reports)


def _output_shapes(reports: list[LayerReport]) -> list[Shape]:
    return [report.output_shape for report in reports if report.output_shape is not None]


def _with_status(reports: list[LayerReport], problems: list[Problem]) -> tuple[LayerReport, ...]:
    worst: dict[str, Status] = {}
    for problem in problems:
        if worst.get(problem.where) is not Status.ERROR:
            worst[problem.where] = Status(problem.severity)
    return tuple(
        replace(report, status=worst[report.name]) if report.name in worst else report for report in reports
    )
