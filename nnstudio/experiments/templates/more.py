"""More: networks that look at pictures as pictures, or as a sequence of rows."""

from __future__ import annotations

from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import (
    LSTM,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Reshape,
)
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.templates.known_facts import DIGITS
from nnstudio.experiments.templates.template import MORE, Template

MORE_NETWORKS = (
    Template(
        "LeNet",
        MORE,
        "Filters that slide over the picture: few weights, and a digit may stand anywhere.",
        design_of(
            Reshape((28, 28, 1)),
            Conv2D(6, (5, 5), padding="same", activation="relu"),
            MaxPooling2D(),
            Conv2D(16, (5, 5), activation="relu"),
            MaxPooling2D(),
            Flatten(),
            Dense(120, activation="relu"),
            Dense(84, activation="relu"),
            Dense(10, activation="softmax", name="output"),
        ),
        TrainingPlan(epochs=10, batch_size=32),
        MnistSample(),
        DIGITS,
        0.96,
    ),
    Template(
        "Convolutions with batch normalization",
        MORE,
        "Every layer gets numbers of the same size, so that deeper stacks learn fast.",
        design_of(
            Reshape((28, 28, 1)),
            Conv2D(16, (3, 3), use_bias=False),
            BatchNormalization(momentum=0.9),
            Activation("relu"),
            MaxPooling2D(),
            Conv2D(32, (3, 3), use_bias=False),
            BatchNormalization(momentum=0.9),
            Activation("relu"),
            MaxPooling2D(),
            Flatten(),
            Dropout(0.3),
            Dense(10, activation="softmax", name="output"),
        ),
        TrainingPlan(epochs=8, batch_size=64),
        MnistSample(),
        DIGITS,
        0.95,
    ),
    Template(
        "LSTM over rows",
        MORE,
        "Reads a digit row by row, as a sequence, and remembers what it saw.",
        design_of(LSTM(64), Dense(10, activation="softmax", name="output")),
        TrainingPlan(epochs=10, batch_size=64),
        MnistSample(),
        DIGITS,
        0.90,
    ),
)
