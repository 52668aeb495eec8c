"""Courses: what the networks of the courses reach on their tables, opened as the window opens them.

Run as ``python -m tests.benchmarks.courses``; needs the tables in the folder that NNSTUDIO_SHARED names.
Each table is parted ten times over, with the same share of each class in every part; each sample tests once.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.dataset import Samples
from nnstudio.data.opening import recipe_for
from nnstudio.data.preparation import STANDARD, Preparation
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, SparseCategoricalCrossentropy
from nnstudio.engine.metrics import Accuracy
from nnstudio.engine.optimizers import Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import evaluate, train
from tests.benchmarks.measure import processor

SEEDS, FOLDS = (1, 2, 3, 4, 5), 10


@dataclass(frozen=True)
class Course:
    """A table, the network that learns from it, and the least share it is to get right."""

    file: str
    design: Design
    epochs: int
    batch_size: int
    wanted: float


def relu(units: int) -> Dense:
    return Dense(units, activation="relu")


TWO = {"loss": BinaryCrossentropy(), "optimizer": Adam(), "metrics": (Accuracy(),)}
MANY = {**TWO, "loss": SparseCategoricalCrossentropy()}
PIMA = Course(
    "pima-indians-diabetes.csv",
    design_of(relu(12), relu(8), Dense(1, activation="sigmoid"), **TWO),
    epochs=150,
    batch_size=10,
    wanted=0.74,
)
COURSES = (
    PIMA,
    replace(PIMA, epochs=50),
    Course(
        "iris.csv",
        design_of(relu(8), Dense(3, activation="softmax"), **MANY),
        epochs=200,
        batch_size=5,
        wanted=0.95,
    ),
    Course(
        "banknote_authentication.csv",
        design_of(relu(8), Dense(1, activation="sigmoid"), **TWO),
        epochs=100,
        batch_size=10,
        wanted=0.99,
    ),
)  # fmt: skip


def main() -> None:
    """Train every course with every seed, and print what share of the samples was right while they tested."""
    print(f"{processor()}; one thread; {FOLDS} folds, {len(SEEDS)} seeds")
    with threadpool_limits(1):
        for course in COURSES:
            if not (tables_folder() / course.file).exists():
                print(f"There is no {course.file} in {tables_folder()}.")
                continue
            began = time.perf_counter()
            shares = [_right(course, seed) for seed in SEEDS]
            mean, took = statistics.mean(shares), time.perf_counter() - began
            each = ", ".join(f"{share:.2%}" for share in shares)
            verdict = "reached" if mean >= course.wanted else "MISSED"
            name = f"{course.file}, {course.epochs} epochs"
            print(f"{name}: {mean:.2%} ({each}); {course.wanted:.0%} {verdict}; {took:.0f} s", flush=True)


def tables_folder() -> Path:
    """Where the tables are if they are anywhere."""
    beside = Path(__file__).parents[3] / "shared"
    return Path(os.environ.get("NNSTUDIO_SHARED", beside)) / "data" / "tables"


def _right(course: Course, seed: int) -> float:
    """Return the share of all samples that a network was right about which had not seen them."""
    raw = recipe_for(tables_folder() / course.file).source.read()
    hits = sum(_hits(course, seed, raw.x, raw.y, rows, tests) for rows, tests in _folds(raw.y, seed))
    return hits / len(raw.y)


def _folds(y: IntArray, seed: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield the rows that train and those that test, each class evenly in every fold."""
    rng = np.random.default_rng(seed)
    fold = np.empty(len(y), np.int64)
    for index in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == index))
        fold[rows] = np.arange(len(rows)) % FOLDS
    for number in range(FOLDS):
        yield rng.permutation(np.flatnonzero(fold != number)), np.flatnonzero(fold == number)


def _hits(course: Course, seed: int, x: Array, y: Array, rows: IntArray, tests: IntArray) -> float:
    scaler = Preparation(STANDARD).fitted(x[rows])
    training, testing = Samples(x[rows], y[rows], scaler), Samples(x[tests], y[tests], scaler)
    plan = TrainingPlan(epochs=course.epochs, batch_size=course.batch_size, validation_split=0.0, seed=seed)
    state = RunState.start(replace(course.design, input_shape=None), plan, x.shape[1:], training, None)
    for _ in train(state):
        pass
    return evaluate(state.network.predictor, testing)["accuracy"] * len(tests)


if __name__ == "__main__":
    main()
