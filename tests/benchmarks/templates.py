"""Templates: whether each reaches what it says, after its whole plan, as a mean of seeds.

Run as ``python -m tests.benchmarks.templates [words of a name]``; the exit status tells whether all did.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits

from nnstudio.data.load import load
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.experiments.evaluation import Evaluation, evaluate_samples
from nnstudio.experiments.templates import TEMPLATES
from nnstudio.experiments.templates.template import BAD, Template
from tests.benchmarks.measure import processor

SEEDS = (7, 1, 2)
POINTS = 0.02  # a share that is right may differ by so much
TIMES = 1.5  # an error may be so many times as large


def main() -> int:
    """Train and print."""
    missed = 0
    print(processor(), flush=True)
    with threadpool_limits(1):
        for template in TEMPLATES:
            if " ".join(sys.argv[1:]).lower() in template.name.lower():
                missed += not _measure(template)
    return missed


def _measure(template: Template) -> bool:
    began = time.process_time()
    scores = [_score(template, seed) for seed in SEEDS]
    seconds = (time.process_time() - began) / len(SEEDS)
    mean, reached = statistics.mean(scores), _is_near(template, statistics.mean(scores))
    each = ", ".join(f"{score:.4f}" for score in scores)
    verdict = "as stated" if reached else "NOT AS STATED"
    print(f"{template.name}: {mean:.4f} ({each}), {template.reaches} {verdict}, {seconds:.1f} s", flush=True)
    return reached


def _is_near(template: Template, score: float) -> bool:
    """Whether a template keeps its word: a good one may be better, a bad one must be as bad."""
    if not template.facts.is_classes:
        return score <= TIMES * template.reaches
    if template.group == BAD:
        return score <= template.reaches + POINTS
    return score >= template.reaches - POINTS


def _score(template: Template, seed: int) -> float:
    data = load(template.recipe)
    plan = replace(template.plan, seed=seed)
    parts = data.split(plan.validation_split)
    state = RunState.start(template.design, plan, data.facts.sample_shape, *parts)
    for _ in train(state):
        pass
    return _figure(evaluate_samples(state.network.snapshot(), data.test, data.facts, "test"))


def _figure(evaluation: Evaluation) -> float:
    if evaluation.facts.is_classes:
        return evaluation.accuracy
    return float(np.abs(evaluation.outputs - evaluation.actual).mean())


if __name__ == "__main__":
    sys.exit(main())
