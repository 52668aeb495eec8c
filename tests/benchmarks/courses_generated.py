"""Generated courses: what networks that a person would build reach on the data by formula.

Run as ``python -m tests.benchmarks.courses_generated``; each goal is that of the courses, as a mean of seeds.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from nnstudio.data.load import load
from nnstudio.data.recipe import recipe_of
from nnstudio.data.source import Source
from nnstudio.data.sources.drug_trial import DrugTrial
from nnstudio.data.sources.formulas import Plane, Sine
from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.data.sources.toys import Circle, Gaussians, Moons, Spirals, Xor
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from nnstudio.engine.optimizers import SGD, Adam, Optimizer
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.experiments.evaluation import Evaluation, evaluate_samples

SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class Course:
    """A source, a network for it, how long it trains, and the goal of the courses."""

    source: Source
    design: Design
    goal: float
    score: Callable[[Evaluation], float]
    epochs: int = 100
    batch_size: int = 16
    validation: float = 0.2

    @property
    def title(self) -> str:
        """The data and the layers in a few words."""
        units = "-".join(str(layer.units) for layer in self.design.layers if isinstance(layer, Dense))
        return f"{self.source.title}, {units}"


def accuracy(evaluation: Evaluation) -> float:
    """Return the share that is right; the matrix must hold every test sample once."""
    counts = evaluation.confusion
    assert counts.sum() == len(evaluation.actual)
    return float(np.trace(counts) / counts.sum())


def r_squared(evaluation: Evaluation) -> float:
    """Return how much of the spread of the test values is explained."""
    actual = evaluation.actual.astype(np.float64)
    rest = np.square(evaluation.outputs - actual).sum()
    return float(1.0 - rest / np.square(actual - actual.mean()).sum())


def closeness(evaluation: Evaluation) -> float:
    """Return 1 where the only price is met."""
    return float(1.0 - abs(evaluation.outputs - evaluation.actual).max() / abs(evaluation.actual).max())


def two_classes(*units: int, optimizer: Optimizer = Adam(0.01)) -> Design:  # noqa: B008
    """Return hidden layers of tanh and one output with sigmoid."""
    hidden = (Dense(one, activation="tanh") for one in units)
    return design_of(*hidden, Dense(1, activation="sigmoid"), loss=BinaryCrossentropy(), optimizer=optimizer)


def softmax(outputs: int, *units: int) -> Design:
    """Return hidden layers of tanh and one output per class."""
    hidden = (Dense(one, activation="tanh") for one in units)
    end = Dense(outputs, activation="softmax")
    return design_of(*hidden, end, loss=CategoricalCrossentropy(), optimizer=Adam(0.01))


def values(*units: int) -> Design:
    """Return hidden layers of tanh and one output of any value."""
    hidden = (Dense(one, activation="tanh") for one in units)
    return design_of(*hidden, Dense(1), loss=MeanSquaredError(), optimizer=Adam(0.01), metrics=())


ONE_WEIGHT = design_of(Dense(1, use_bias=False), loss=MeanSquaredError(), optimizer=SGD(1e-6), metrics=())
COURSES = (
    Course(Spirals(), two_classes(32, 32), 0.98, accuracy, epochs=300),
    Course(DrugTrial(), two_classes(8), 0.90, accuracy, epochs=20),
    Course(DrugTrial(), softmax(2, 16, 32), 0.90, accuracy, epochs=20),
    Course(Circle(), two_classes(8), 0.97, accuracy, epochs=60),
    Course(Xor(), two_classes(8), 0.97, accuracy, epochs=60),
    Course(Moons(), two_classes(8, 8), 0.97, accuracy, epochs=60),
    Course(Gaussians(), two_classes(), 0.97, accuracy, epochs=30),
    Course(Gaussians(classes=5, noise=0.1), softmax(5, 8), 0.97, accuracy, epochs=30),
    Course(Plane(), values(), 0.95, r_squared, epochs=30),
    Course(Sine(), values(16), 0.95, r_squared, epochs=100),
    Course(OneWeight(), ONE_WEIGHT, 0.999, closeness, epochs=100, validation=0.0),
)


def main() -> int:
    """Train and print; the exit status tells whether all goals were reached."""
    missed = 0
    with threadpool_limits(1):
        for course in COURSES:
            began = time.perf_counter()
            scores = [_score(course, seed) for seed in SEEDS]
            seconds = (time.perf_counter() - began) / len(SEEDS)
            mean = statistics.mean(scores)
            missed += mean < course.goal
            each = ", ".join(f"{score:.4f}" for score in scores)
            verdict = "reached" if mean >= course.goal else "MISSED"
            print(
                f"{course.title}: {mean:.4f} ({each}), goal {course.goal} {verdict}, {seconds:.1f} s each",
                flush=True,
            )
    return missed


def _score(course: Course, seed: int) -> float:
    """Return what one training reaches on the test part."""
    data = load(recipe_of(course.source))
    plan = TrainingPlan(
        epochs=course.epochs, batch_size=course.batch_size, validation_split=course.validation, seed=seed
    )
    parts = data.split(plan.validation_split)
    state = RunState.start(course.design, plan, data.facts.sample_shape, *parts)
    for _ in train(state):
        pass
    return course.score(evaluate_samples(state.network.snapshot(), data.test, data.facts, "test"))


if __name__ == "__main__":
    sys.exit(main())
