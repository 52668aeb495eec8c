"""Training: how fast networks learn, beside PyTorch, Keras and their own bare matrix products.

Run as ``python -m tests.benchmarks.training [--rounds 5] [--only LSTM]``. Peers are optional. Everyone
gathers the same rows in a new order each epoch; PyTorch's loop measures no accuracy, ours and Keras' do.
"""

from __future__ import annotations

from collections.abc import Callable

from nnstudio.engine.training import train
from tests.benchmarks.images import load_images
from tests.benchmarks.measure import Work, run_works
from tests.benchmarks.networks import CASES, Case, samples_for
from tests.benchmarks.peer_keras import training_keras
from tests.benchmarks.peer_torch import training_torch
from tests.benchmarks.products import bare_products
from tests.engine.helpers import ArraySamples, start


def training(case: Case, samples: ArraySamples) -> Work:
    """Return a round of training as work."""
    contestants = {
        "ours": _epoch(case, samples),
        "bare products": bare_products(case.design, case.shape, case.batch_size, case.steps, learns=True),
        **training_torch(case, samples),
        **training_keras(case, samples),
    }
    return Work(case.title, contestants, case.steps)


def _epoch(case: Case, samples: ArraySamples) -> Callable[[], object]:
    state = start(case.design, samples, batch_size=case.batch_size, epochs=1)

    def epoch() -> None:
        state.epochs = state.epoch + 1
        for _ in train(state):
            pass

    return epoch


def main() -> None:
    """Measure everything and print it."""
    images, source = load_images(max(case.count for case in CASES))
    works = {case.title: lambda case=case: training(case, samples_for(case, images)) for case in CASES}
    run_works(works, f"A training step; {source}")


if __name__ == "__main__":
    main()
