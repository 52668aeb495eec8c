"""Sweeping: what a sweep costs beside the bare trainings, and how much two processes do beside one.

Run as ``python -m tests.benchmarks.sweeping [--epochs 10]``. All is measured in one run; the
ratios tell. Two processes of one thread share memory and caches, so that they reach at most twice the speed.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.engine.design import Design
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.default import default_study
from nnstudio.experiments.sweep.report import TrialState
from nnstudio.experiments.sweep.running import SweepRun
from nnstudio.experiments.sweep.sweep import Axis, Sweep

_TRIALS = 8
_TINY = 40


def bare(sweep: Sweep, dataset: Dataset) -> float:
    """Return the seconds that the trials take one after another in this process, and nothing else."""
    started = time.perf_counter()
    with blas_threads(1):
        for trial in sweep.trials():
            plan = trial.study.plan
            parts = (trial.study.design, plan, dataset.facts.sample_shape)
            for _ in train(RunState.start(*parts, *dataset.split(plan.validation_split))):
                pass
    return time.perf_counter() - started


def swept(sweep: Sweep, dataset: Dataset, workers: int) -> tuple[float, float]:
    """Return the seconds from the first batch to the end, and those before it."""
    run = SweepRun(sweep, dataset, workers=workers)
    began = time.perf_counter()
    run.start()
    while not any(report.batches for report in run.reports):
        time.sleep(0.002)
    first = time.perf_counter()
    assert run.join(3600)
    assert all(report.state is TrialState.FINISHED for report in run.reports), run.failure
    return time.perf_counter() - first, first - began


def main() -> None:
    """Print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    study = default_study()
    study = replace(study, plan=replace(study.plan, epochs=parser.parse_args().epochs))
    dataset = load(study.recipe)
    sweep = Sweep(study, (Axis("plan.seed", tuple(range(_TRIALS))),))
    alone = bare(sweep, dataset)
    print(f"784-512-512-10, {_TRIALS} trials of {study.plan.epochs} epochs: {alone:.2f} s in this process")
    for workers in (1, 2):
        seconds, start = swept(sweep, dataset, workers)
        words = f"{seconds:.2f} s in {workers} process(es), {alone / seconds:.2f} times as fast"
        print(f"{words}; {start:.2f} s before the first batch")
    tiny = replace(study, plan=replace(study.plan, epochs=1), design=_tiny(study.design))
    sweep = Sweep(tiny, (Axis("plan.seed", tuple(range(_TINY))),))
    alone, (seconds, _) = bare(sweep, dataset), swept(sweep, dataset, 1)
    each = 1000 * (seconds - alone) / _TINY
    print(
        f"{_TINY} trials of one epoch, 784-4-10: {1000 * alone / _TINY:.1f} ms each, and {each:.1f} ms more"
    )


def _tiny(design: Design) -> Design:
    return design.without(("hidden_2", "dropout_2")).with_layer("hidden_1", units=4)


if __name__ == "__main__":
    main()
