"""Accuracy: what networks reach on the complete MNIST within five epochs, as means of three seeds.

Run as ``python -m tests.benchmarks.accuracy``; needs the files of MNIST.
"""

from __future__ import annotations

import statistics
import time

from threadpoolctl import threadpool_limits

from nnstudio.engine.training import evaluate, train
from tests.benchmarks.images import has_mnist, load_mnist
from tests.benchmarks.measure import processor
from tests.benchmarks.networks import CNN, MLP_512, Case
from tests.engine.helpers import ArraySamples, start

SEEDS, EPOCHS = (1, 2, 3), 5


def main() -> None:
    """Train and print; nothing is measured where there is no MNIST."""
    if not has_mnist():
        print("There is no MNIST where NNSTUDIO_SHARED points, so there is nothing to train on.")
        return
    learning, testing = load_mnist("train"), load_mnist("t10k")
    print(f"{processor()}; one thread; all 60,000 images, {EPOCHS} epochs, the 10,000 test images")
    with threadpool_limits(1):
        for case in (MLP_512, CNN):
            results = [_train(case, seed, _shaped(case, learning), _shaped(case, testing)) for seed in SEEDS]
            accuracies, seconds = zip(*results, strict=True)
            each = ", ".join(f"{accuracy:.2%}" for accuracy in accuracies)
            mean, took = statistics.mean(accuracies), statistics.mean(seconds)
            print(f"{case.title}: {mean:.2%} ({each}), {took:.0f} s each", flush=True)


def _shaped(case: Case, samples: ArraySamples) -> ArraySamples:
    return ArraySamples(samples.x.reshape(-1, *case.shape), samples.y)


def _train(case: Case, seed: int, learning: ArraySamples, testing: ArraySamples) -> tuple[float, float]:
    """Return the test accuracy and the seconds that the training took."""
    state = start(case.design, learning, batch_size=case.batch_size, epochs=EPOCHS, seed=seed)
    began = time.perf_counter()
    for _ in train(state):
        pass
    seconds = time.perf_counter() - began
    return evaluate(state.network.predictor, testing)["accuracy"], seconds


if __name__ == "__main__":
    main()
