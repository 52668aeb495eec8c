"""Fit: whether a design's output, loss and metrics are right for the data, and what would make them so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nnstudio.engine.design import Design
from nnstudio.engine.fit_end import end_problems
from nnstudio.engine.fit_loss import loss_problems
from nnstudio.engine.fit_metrics import metric_problems
from nnstudio.engine.fit_output import no_row_problem, output_problems
from nnstudio.engine.fitting import Output, fitting_output
from nnstudio.engine.problems import Problem
from nnstudio.task import DataFacts, Shape

Rule = Callable[[Design, int, DataFacts], Iterator[Problem]]
_RULES: tuple[Rule, ...] = (output_problems, loss_problems, end_problems, metric_problems)


def fit_problems(design: Design, shapes: list[Shape], facts: DataFacts) -> list[Problem]:
    """Return what is wrong between a design whose shapes are all known and the data.

    ``shapes`` holds the sample's shape and then each layer's output shape.
    """
    if len(shapes[-1]) != 1:
        return [no_row_problem(design, shapes)]
    outputs = shapes[-1][0]
    return [problem for rule in _RULES for problem in rule(design, outputs, facts)]


__all__ = ["Output", "fit_problems", "fitting_output"]
