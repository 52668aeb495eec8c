"""Training: how fast multilayer perceptrons learn and predict, beside PyTorch, Keras and the bare products.

Run as ``python -m tests.benchmarks.training [--rounds 5]``. Peers are optional. Everyone gathers the same
rows in a new order each epoch; PyTorch's loop measures no accuracy, ours and Keras' do.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_limits

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import Dense, Dropout
from nnstudio.engine.losses import BinaryCrossentropy, SparseCategoricalCrossentropy
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import Adam, Optimizer, RMSprop
from nnstudio.engine.training import PREDICT_BATCH, predict, train
from tests.benchmarks.images import load_images
from tests.benchmarks.measure import Work, measure, pin_to_one_core, print_result, processor, version
from tests.benchmarks.peers import predicting_peers, training_peers
from tests.engine.helpers import ArraySamples, numbers, start

BATCH, STEPS = 128, 156
TINY_BATCH, TINY_STEPS = 10, 1000
PREDICTED = 10_000
Products = list[tuple[np.ndarray, np.ndarray, np.ndarray]]


def classifier(optimizer: Optimizer, *hidden: Layer) -> Design:
    """Return a design that tells ten digits apart."""
    last = Dense(units=10, activation="softmax")
    return design_of(*hidden, last, loss=SparseCategoricalCrossentropy(), optimizer=optimizer)


MLP_784 = classifier(RMSprop(), Dense(units=784, activation="relu"))
MLP_512 = classifier(
    Adam(),
    Dense(units=512, activation="relu"),
    Dropout(rate=0.2),
    Dense(units=512, activation="relu"),
    Dropout(rate=0.2),
)
TINY = design_of(
    Dense(units=5, activation="tanh"),
    Dense(units=1, activation="sigmoid"),
    loss=BinaryCrossentropy(),
    optimizer=Adam(),
)


def training(title: str, design: Design, samples: ArraySamples, batch_size: int) -> Work:
    """Return one epoch of training as work."""
    contestants = {
        "ours": _epoch(design, samples, batch_size),
        "bare products": _products(design, samples, batch_size, learns=True),
        **training_peers(design, samples, batch_size),
    }
    return Work(title, contestants, -(-len(samples) // batch_size))


def predicting(title: str, design: Design, samples: ArraySamples, batch_size: int) -> Work:
    """Return predicting all samples as work."""
    predictor = Network(design, samples.x.shape[1:]).predictor
    contestants = {
        "ours": lambda: predict(predictor, samples),
        "bare products": _products(design, samples, batch_size, learns=False),
        **predicting_peers(design, samples, batch_size),
    }
    return Work(title, contestants, -(-len(samples) // batch_size))


def _epoch(design: Design, samples: ArraySamples, batch_size: int) -> Callable[[], object]:
    state = start(design, samples, batch_size=batch_size, epochs=1)

    def epoch() -> None:
        state.epochs = state.epoch + 1
        for _ in train(state):
            pass

    return epoch


def _products(
    design: Design, samples: ArraySamples, batch_size: int, *, learns: bool
) -> Callable[[], object]:
    """Return nothing but the matrix products of the work, on numbers that stay the same."""
    sizes = [samples.x.shape[1], *(layer.units for layer in design.layers if isinstance(layer, Dense))]
    products: Products = []
    for index, (inputs, units) in enumerate(zip(sizes, sizes[1:], strict=False)):
        x, w, dy = numbers(batch_size, inputs), numbers(inputs, units), numbers(batch_size, units)
        products.append((x, w, np.empty_like(dy)))
        if learns:
            products.append((x.T, dy, np.empty_like(w)))
        if learns and index:
            products.append((dy, w.T, np.empty_like(x)))
    steps = len(samples) // batch_size  # the last, partial one is left out: the floor is a little too low

    def multiply() -> None:
        for _ in range(steps):
            for left, right, out in products:
                np.matmul(left, right, out=out)

    return multiply


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often everyone does each work")
    rounds = parser.parse_args().rounds
    pinned = pin_to_one_core()
    images, source = load_images(BATCH * STEPS)
    points = numbers(TINY_BATCH * TINY_STEPS, 2)
    sides = ArraySamples(points, (points.prod(axis=1, keepdims=True) > 0).astype(np.float32))
    some = ArraySamples(images.x[:PREDICTED], images.y[:PREDICTED])
    print(f"{processor()}; {pinned}; one thread each; {rounds} rounds after one to warm up; {source}")
    print(*map(version, ("numpy", "torch", "keras")), version("tensorflow", "tensorflow-cpu"), sep=", ")
    with threadpool_limits(1):
        for work in (
            training("784-784-10, ReLU, RMSprop, batch 128", MLP_784, images, BATCH),
            training("784-512-512-10, ReLU, dropout 0.2, Adam, batch 128", MLP_512, images, BATCH),
            training("2-5-1, tanh, Adam, batch 10", TINY, sides, TINY_BATCH),
            predicting("784-512-512-10 predicts 10,000 images", MLP_512, some, PREDICT_BATCH),
        ):
            print_result(measure(work, rounds))


if __name__ == "__main__":
    main()
