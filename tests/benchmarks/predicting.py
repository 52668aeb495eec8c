"""Predicting: how fast 10,000 images go through networks, beside PyTorch, Keras and the bare products.

Run as ``python -m tests.benchmarks.predicting [--rounds 5]``. Peers are optional; each predicts in batches of
our size and as people call it: PyTorch all images at once, Keras in its default batches of 32.
"""

from __future__ import annotations

from dataclasses import replace

from nnstudio.engine.network import Network
from nnstudio.engine.training import PREDICT_BATCH, predict
from tests.benchmarks.images import load_images
from tests.benchmarks.measure import Work, run_works
from tests.benchmarks.networks import CNN, MLP_512, Case, samples_for
from tests.benchmarks.peer_keras import predicting_keras
from tests.benchmarks.peer_torch import predicting_torch
from tests.benchmarks.products import bare_products
from tests.engine.helpers import ArraySamples

BATCHES = 10
CASES = tuple(replace(case, batch_size=1000, steps=BATCHES) for case in (MLP_512, CNN))


def predicting(case: Case, samples: ArraySamples) -> Work:
    """Return predicting all samples as work; a step is 1,000 images."""
    predictor = Network(case.design, case.shape).predictor
    steps = case.count // PREDICT_BATCH
    contestants = {
        "ours": lambda: predict(predictor, samples),
        "bare products": bare_products(case.design, case.shape, PREDICT_BATCH, steps, learns=False),
        **predicting_torch(case, samples, case.batch_size),
        **predicting_keras(case, samples, case.batch_size),
    }
    return Work(case.title, contestants, case.steps)


def main() -> None:
    """Measure everything and print it."""
    images, source = load_images(CASES[0].count)
    works = {case.title: lambda case=case: predicting(case, samples_for(case, images)) for case in CASES}
    run_works(works, f"Predicting 1,000 images; {source}")


if __name__ == "__main__":
    main()
