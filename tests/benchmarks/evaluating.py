"""Evaluating: what an evaluation costs beside the bare prediction, and filtering and sorting 60,000 samples.

Run as ``python -m tests.benchmarks.evaluating [--rounds 5]``. An evaluation of 10,000 images shall take at
most 1.3 times as long as predicting them; filtering and sorting 60,000 less than 50 ms.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnstudio.engine.network import Network
from nnstudio.engine.training import PREDICT_BATCH, predict
from nnstudio.experiments.evaluation import Evaluation, evaluate_samples
from nnstudio.experiments.roc import curves_of
from nnstudio.task import DataFacts, Task
from nnstudio.ui.prediction.sample_filter import ORDERS, WRONG, ordered
from tests.benchmarks.images import load_images
from tests.benchmarks.measure import Work, run_works
from tests.benchmarks.networks import CNN, MLP_512, Case, samples_for
from tests.engine.helpers import ArraySamples

BATCHES = 10
MANY = 60_000
CASES = tuple(replace(case, batch_size=1000, steps=BATCHES) for case in (MLP_512, CNN))
DIGITS = DataFacts("Digits", (28, 28), Task.MANY_CLASSES, tuple("0123456789"))


def evaluating(case: Case, samples: ArraySamples) -> Work:
    """Return evaluating all samples as work beside predicting them; a step is 1,000 images."""
    snapshot = Network(case.design, case.shape).snapshot()
    facts = replace(DIGITS, sample_shape=case.shape)
    predictor = snapshot.predictor()

    def ours() -> object:
        evaluation = evaluate_samples(snapshot, samples, facts, "test")
        return evaluation.confusion, evaluation.right, evaluation.sureness

    contestants = {"ours": ours, "bare prediction": lambda: predict(predictor, samples)}
    return Work(case.title, contestants, case.count // PREDICT_BATCH)


def large_evaluation(count: int = MANY) -> Evaluation:
    """Return made-up outputs for many samples of ten classes."""
    rng = np.random.default_rng(0)
    outputs = rng.dirichlet(np.full(10, 0.3), count).astype(np.float32)
    actual = np.where(rng.random(count) < 0.9, outputs.argmax(axis=1), rng.integers(0, 10, count))
    return Evaluation("test", DIGITS, outputs, actual, rng.random(count), 1.0, 0.0)


def filtering() -> Work:
    """Return filtering and sorting 60,000 samples in every order as work; a step is one order."""
    evaluation = large_evaluation()

    def ours() -> None:
        fresh = replace(evaluation)  # with nothing remembered
        for order in ORDERS:
            ordered(WRONG.rows(fresh), fresh, order)

    def everything() -> None:
        fresh = replace(evaluation)
        for order in ORDERS:
            ordered(np.arange(MANY), fresh, order)

    def curves() -> None:
        for _ in ORDERS:
            curves_of(evaluation.outputs[:, 1], evaluation.actual == 1)

    return Work(
        "filter and sort 60,000", {"ours": ours, "all of them": everything, "ROC": curves}, len(ORDERS)
    )


def main() -> None:
    """Measure everything and print it."""
    images, source = load_images(CASES[0].count)
    works = {case.title: lambda case=case: evaluating(case, samples_for(case, images)) for case in CASES}
    run_works({**works, "filtering": filtering}, f"Evaluating 1,000 images; {source}")


if __name__ == "__main__":
    main()
