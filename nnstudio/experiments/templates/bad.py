"""Bad: networks that fail in a way worth seeing, each with what to change."""

from __future__ import annotations

from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.data.sources.toys import Circle
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.losses import BinaryCrossentropy
from nnstudio.engine.optimizers import SGD, Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.templates.known_facts import CIRCLE, DIGITS
from nnstudio.experiments.templates.template import BAD, Template

_CHAIN = tuple(Dense(64, activation="sigmoid") for _ in range(10))

BAD_ONES = (
    Template(
        "No activation",
        BAD,
        "Three layers without a function between them are one straight line. Set activation to tanh.",
        design_of(
            Dense(16, name="hidden_1"),
            Dense(16, name="hidden_2"),
            Dense(1, activation="sigmoid", name="output"),
            loss=BinaryCrossentropy(),
            optimizer=Adam(0.01),
        ),
        TrainingPlan(epochs=60, batch_size=10),
        Circle(),
        CIRCLE,
        0.50,
    ),
    Template(
        "Sigmoid, ten deep",
        BAD,
        "Every sigmoid passes on a quarter of the gradient at most: the front never learns. Use relu.",
        design_of(Flatten(), *_CHAIN, Dense(10, activation="softmax", name="output")),
        TrainingPlan(epochs=5, batch_size=64),
        MnistSample(),
        DIGITS,
        0.10,
    ),
    Template(
        "Learning rate 10",
        BAD,
        "Steps so large that each overshoots: the loss jumps instead of falling. Try 0.1.",
        design_of(
            Flatten(),
            Dense(128, activation="relu", name="hidden"),
            Dense(10, activation="softmax", name="output"),
            optimizer=SGD(10.0),
        ),
        TrainingPlan(epochs=5, batch_size=64),
        MnistSample(),
        DIGITS,
        0.10,
    ),
)
