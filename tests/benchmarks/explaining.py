"""Explaining: how long each map, a change and the nearest of 60,000 images take.

Run as ``python -m tests.benchmarks.explaining``. The weights are fresh and the images are noise: what is
computed does not depend on either, but for the number of steps of a change.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe
from nnstudio.engine.network import Network
from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.explaining.explanation import Question, Subject, Way, explain
from nnstudio.experiments.explaining.neighbours import hidden_table, nearest_by_hidden, nearest_by_value
from nnstudio.experiments.explaining.ordinary import ordinary_of
from nnstudio.experiments.templates import TEMPLATES
from tests.benchmarks.measure import processor

COUNT, NEAREST, ROUNDS = 60_000, 8, 5
WANTED = ("512-512-10 with dropout", "LeNet", "Convolutions with batch normalization", "LSTM over rows")


def main() -> None:
    """Measure everything and print it."""
    print(f"{processor()}, one thread; median of {ROUNDS} and the longest, in ms")
    digits = load(Recipe())
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (COUNT, 28, 28), dtype=np.uint8)
    training = Samples(x, rng.integers(0, 10, COUNT), digits.scaler)
    dataset = replace(digits, training=training)
    with blas_threads(1):
        _tell("what is ordinary, once for each data set", lambda: ordinary_of(training))
        for template in TEMPLATES:
            if template.name in WANTED:
                print(template.name)
                _measure(dataset, Network(template.design, (28, 28)))


def _measure(dataset: Dataset, network: Network) -> None:
    snapshot, training = network.snapshot(), dataset.training
    ordinary, raw = ordinary_of(training), dataset.test.x[3]
    for way in Way:
        question = Question(snapshot, dataset, ordinary, Subject(raw, "an image"), way)
        _tell(way.value, lambda question=question: explain(question))  # type: ignore[misc]
    _tell("nearest by values", lambda: nearest_by_value(training, raw, NEAREST, scaled=False))
    _tell(
        "all that the last hidden layer says, once for each snapshot",
        lambda: hidden_table(snapshot, training),
    )
    table = hidden_table(snapshot, training)
    if table is not None:
        _tell("nearest by the last hidden layer", lambda: nearest_by_hidden(table, raw, NEAREST))


def _tell(name: str, work: Callable[[], object]) -> None:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    print(f"  {name}: {statistics.median(took):.1f}, {max(took):.1f}")


if __name__ == "__main__":
    main()
