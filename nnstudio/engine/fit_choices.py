"""Fit of the choices: the losses and metrics that nothing speaks against, for lists to begin with."""

from __future__ import annotations

from nnstudio.engine.checks import Report
from nnstudio.engine.design import Design
from nnstudio.engine.fit_loss import loss_problems
from nnstudio.engine.fit_metrics import metric_problems
from nnstudio.engine.fitting import fitting_output
from nnstudio.engine.losses import LOSSES, Loss
from nnstudio.engine.metrics import METRICS, Metric
from nnstudio.task import DataFacts


def fitting_losses(report: Report, facts: DataFacts) -> tuple[type[Loss], ...]:
    """Return the kinds of losses for the outputs that there are, or that there should be."""
    outputs = _outputs(report, facts)
    return tuple(kind for kind in LOSSES if not list(loss_problems(Design(loss=kind()), outputs, facts)))


def fitting_metrics(design: Design, report: Report, facts: DataFacts) -> tuple[type[Metric], ...]:
    """Return the kinds of metrics that say something of the outputs, as the design's loss makes them."""
    outputs = _outputs(report, facts)
    alone = {kind: Design(loss=design.loss, metrics=(kind(),)) for kind in METRICS}
    return tuple(kind for kind in METRICS if not list(metric_problems(alone[kind], outputs, facts)))


def _outputs(report: Report, facts: DataFacts) -> int:
    shape = report.layers[-1].output_shape if report.layers else None
    return shape[0] if shape is not None and len(shape) == 1 else fitting_output(facts).units
