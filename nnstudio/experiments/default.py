"""Default: the study that a new window and the demo begin with: two hidden layers on the MNIST sample."""

from __future__ import annotations

from nnstudio.data.recipe import Recipe
from nnstudio.engine.design import Design
from nnstudio.engine.layers import Dense, Dropout, Flatten
from nnstudio.engine.losses import CategoricalCrossentropy
from nnstudio.engine.optimizers import Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.study import Study


def default_study() -> Study:
    """Return the network that the courses build for handwritten digits."""
    layers = (
        Flatten(name="flatten"),
        Dense(512, activation="relu", name="hidden_1"),
        Dropout(0.2, name="dropout_1"),
        Dense(512, activation="relu", name="hidden_2"),
        Dropout(0.2, name="dropout_2"),
        Dense(10, activation="softmax", name="output"),
    )
    design = Design(layers, CategoricalCrossentropy(), Adam())
    return Study(design, TrainingPlan(epochs=10, batch_size=64, validation_split=0.2, seed=4), Recipe())
