"""Evaluation: what a network predicts for a set of samples, and how right it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.data.arrays import ClassIndices, Flags, OneHot
from nnstudio.data.encodings import hits, indices_of
from nnstudio.engine.metrics import predicted_classes
from nnstudio.engine.network import Snapshot
from nnstudio.engine.samples import Samples
from nnstudio.engine.training import predict_batches
from nnstudio.errors import Cancelled, DataError
from nnstudio.task import DataFacts

Array = npt.NDArray[Any]

NOT_A_NUMBER = "not a number"


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The outputs for one set of samples.

    ``outputs`` (samples, outputs), ``actual`` as the data give it, ``losses`` (samples,).
    ``epoch`` says after how many epochs the weights stood; None for a network that was never trained.
    A single output above the ``boundary`` means the second class. A ``threshold`` that a person chose takes
    its place for two classes, and changes neither outputs nor probabilities.
    """

    set_name: str
    facts: DataFacts
    outputs: Array
    actual: Array
    losses: Array
    epoch: float | None
    seconds: float
    boundary: float = 0.5
    threshold: float | None = None

    @cached_property
    def predicted(self) -> ClassIndices:
        """The predicted class of each sample, (samples,); -1 where the outputs are no numbers."""
        found = classes_at(self.outputs, self.boundary, self.threshold)
        return ClassIndices(np.where(self.readable, found, -1))

    @cached_property
    def readable(self) -> Array:
        """Whether all outputs of a sample are numbers, (samples,)."""
        rows = self.outputs.reshape(len(self.outputs), -1)
        return np.asarray(np.isfinite(rows).all(axis=1))

    def predicted_name(self, sample: int) -> str:
        """Return the name of the predicted class, or that there is none."""
        predicted = int(self.predicted[sample])
        return NOT_A_NUMBER if predicted < 0 else self.facts.class_names[predicted]

    def at(self, threshold: float | None) -> Evaluation:
        """Return the same outputs, read with another threshold; None is that of the network."""
        return self if threshold == self.threshold else replace(self, threshold=threshold)

    @cached_property
    def actual_classes(self) -> ClassIndices:
        """The class of each sample, (samples,), however the data write it."""
        return ClassIndices(self.actual) if self.actual.ndim == 1 else indices_of(OneHot(self.actual))

    @cached_property
    def sureness(self) -> Array:
        """The probability of the predicted class of each sample, (samples,); nan where there is none."""
        if self.outputs.shape[-1] == 1:
            p = self.outputs[:, 0]
            sure: Array = np.where(self.predicted == 1, p, 2.0 * self.boundary - p)
            return sure
        rows = np.arange(len(self.outputs))
        return np.asarray(self.outputs[rows, self.predicted])

    @cached_property
    def right(self) -> Flags:
        """Whether the predicted class of each sample is the actual one, (samples,); never in a regression."""
        if not self.facts.is_classes:
            return np.zeros(len(self.outputs), bool)
        return hits(self.predicted, self.actual_classes)

    @property
    def accuracy(self) -> float:
        """The share of samples that are right."""
        return float(self.right.mean())

    @property
    def loss(self) -> float:
        """The mean loss."""
        return float(self.losses.mean())

    @cached_property
    def confusion(self) -> Array:
        """How many samples of class [row] were predicted as class [column], (classes, classes).

        One whose outputs are no numbers was predicted as nothing, so it is not counted.
        """
        classes = self.facts.classes
        pairs = (self.actual_classes * classes + self.predicted)[self.readable]
        return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def evaluate_samples(
    snapshot: Snapshot,
    samples: Samples,
    facts: DataFacts,
    set_name: str,
    *,
    trained: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
    told: Callable[[float], None] = lambda share: None,
) -> Evaluation:
    """Predict all samples with the weights of ``snapshot``; ``told`` hears which share is done.

    Raises:
        DataError: there are no samples, or they have another shape than the network was made for.
        Cancelled: ``cancelled`` said so between two batches.
    """
    refuse_misfits(snapshot, samples, facts)
    started = time.perf_counter()
    outputs, targets, losses = [], [], []
    predictor = snapshot.predictor()
    for y, p, done in predict_batches(predictor, samples):
        if cancelled():
            raise Cancelled
        told(done / len(samples))
        outputs.append(p.copy())
        targets.append(y)
        losses.append(predictor.losses(y))
    seconds = time.perf_counter() - started
    epoch = snapshot.epoch if trained else None
    return Evaluation(
        set_name=set_name,
        facts=facts,
        outputs=np.concatenate(outputs),
        actual=np.concatenate(targets),
        losses=np.concatenate(losses),
        epoch=epoch,
        seconds=seconds,
        boundary=snapshot.design.loss.boundary,
    )


def classes_at(outputs: Array, boundary: float, threshold: float | None = None) -> Array:
    """Return the class of each row of ``outputs`` (n, outputs), (n,): by ``threshold`` where one is given."""
    if threshold is None:
        return predicted_classes(outputs, boundary)
    return np.asarray(outputs[:, -1] > threshold).astype(np.int64)


def refuse_misfits(snapshot: Snapshot, samples: Samples, facts: DataFacts) -> None:
    """Raise DataError where samples are missing or have another shape than ``snapshot`` takes."""
    if not len(samples):
        raise DataError(f"{facts.name} has no samples to evaluate. Choose data with a test part.")
    if snapshot.input_shape != facts.sample_shape:
        raise DataError(
            f"The network was made for samples of shape {snapshot.input_shape}, but those of {facts.name} "
            f"have {facts.sample_shape}. Choose the data that it was trained on, or train it anew."
        )
    outputs = snapshot.predictor().output_shape
    if facts.is_classes and outputs not in ((facts.classes,), (1,)):
        raise DataError(
            f"The network gives outputs of shape {outputs}, but {facts.name} has {facts.classes} classes. "
            "Choose the data that it was trained on, or train it anew."
        )
