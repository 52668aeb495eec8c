"""Networks: what the benchmarks train, and the data that each learns from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LSTM, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from nnstudio.engine.losses import BinaryCrossentropy, SparseCategoricalCrossentropy
from nnstudio.engine.optimizers import Adam, Optimizer, RMSprop
from nnstudio.task import Shape
from tests.engine.helpers import ArraySamples, numbers


@dataclass(frozen=True)
class Case:
    """A network, the shape of a sample, and how many batches of which size make a round."""

    title: str
    design: Design = field(repr=False)
    shape: Shape
    batch_size: int = 128
    steps: int = 156

    @property
    def count(self) -> int:
        """How many samples a round takes."""
        return self.batch_size * self.steps


def classifier(optimizer: Optimizer, *hidden: Layer) -> Design:
    """Return a design that tells ten digits apart."""
    last = Dense(units=10, activation="softmax")
    return design_of(*hidden, last, loss=SparseCategoricalCrossentropy(), optimizer=optimizer)


MLP_784 = Case("784-784-10, RMSprop", classifier(RMSprop(), Dense(units=784, activation="relu")), (784,))
MLP_512 = Case(
    "784-512-512-10, dropout 0.2, Adam",
    classifier(
        Adam(),
        Dense(units=512, activation="relu"),
        Dropout(rate=0.2),
        Dense(units=512, activation="relu"),
        Dropout(rate=0.2),
    ),
    (784,),
)
CNN = Case(
    "convolutional: 32 and 64 filters 3x3, Adam",
    classifier(
        Adam(),
        Conv2D(filters=32, kernel_size=(3, 3), activation="relu"),
        MaxPooling2D(),
        Conv2D(filters=64, kernel_size=(3, 3), activation="relu"),
        MaxPooling2D(),
        Flatten(),
        Dropout(rate=0.5),
    ),
    (28, 28, 1),
    steps=40,
)
RECURRENT = Case("LSTM, 64 units over 28 rows, Adam", classifier(Adam(), LSTM(units=64)), (28, 28), steps=60)
TINY = Case(
    "2-5-1, batch 10, Adam",
    design_of(
        Dense(units=5, activation="tanh"),
        Dense(units=1, activation="sigmoid"),
        loss=BinaryCrossentropy(),
        optimizer=Adam(),
    ),
    (2,),
    batch_size=10,
    steps=1000,
)
CASES = (MLP_784, MLP_512, CNN, RECURRENT, TINY)


def samples_for(case: Case, images: ArraySamples) -> ArraySamples:
    """Return the first of ``images`` in the shape that the case takes, or points of two classes."""
    if case.shape == (2,):
        points = numbers(case.count, 2)
        return ArraySamples(points, (points.prod(axis=1, keepdims=True) > 0).astype(np.float32))
    return ArraySamples(images.x[: case.count].reshape(-1, *case.shape), images.y[: case.count])
