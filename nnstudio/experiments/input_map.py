"""InputMap: what a network says all over the plane, or along the line, of its inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.network import Snapshot
from nnstudio.errors import Cancelled, ShapeError
from nnstudio.experiments.ground import Array, Ground

SIDE = 100
ALONG = 200
_BATCH = 2048


@dataclass(frozen=True, eq=False)
class InputMap:
    """The answers of one snapshot on a grid over the ranges of ``ground``.

    ``answers`` is (rows, columns, n) for two inputs, the highest second input in the first row, and
    (``ALONG``, n) for one. The n are shares of the classes, or the values predicted.
    """

    ground: Ground
    snapshot: Snapshot
    answers: Array


def map_inputs(
    snapshot: Snapshot, ground: Ground, cancelled: Callable[[], bool] = lambda: False
) -> InputMap | None:
    """Let ``snapshot`` answer all over ``ground``; None where it was not made for such data.

    Raises:
        Cancelled: ``cancelled`` said so between two batches.
    """
    if not fits(snapshot, ground):
        return None
    x = grid(ground)
    scaled = ground.scaler.apply(x.reshape(-1, x.shape[-1]))
    predictor = snapshot.predictor()
    parts = []
    for start in range(0, len(scaled), _BATCH):
        if cancelled():
            raise Cancelled
        parts.append(predictor(scaled[start : start + _BATCH]).copy())
    outputs = np.concatenate(parts)
    if ground.facts.is_classes:
        outputs = class_shares(outputs, snapshot.design.loss.boundary)
    return InputMap(ground, snapshot, outputs.reshape(*x.shape[:-1], -1))


def fits(snapshot: Snapshot, ground: Ground) -> bool:
    """Return whether a network takes such samples and answers as the task asks."""
    facts = ground.facts
    if snapshot.input_shape != facts.sample_shape:
        return False
    try:
        outputs = snapshot.predictor().output_shape
    except ShapeError:
        return False
    wanted = ((facts.classes,), (1,)) if facts.is_classes else ((facts.outputs,),)
    return outputs in wanted


def grid(ground: Ground) -> Array:
    """Return the inputs that are asked for, unscaled: (SIDE, SIDE, 2) or (ALONG, 1)."""
    if len(ground.ranges) == 1:
        return np.linspace(*ground.ranges[0], ALONG, dtype=np.float32)[:, None]
    (left, right), (low, high) = ground.ranges
    across = left + (right - left) * (np.arange(SIDE) + 0.5) / SIDE  # the middles of the cells
    up = high - (high - low) * (np.arange(SIDE) + 0.5) / SIDE
    return np.stack(np.meshgrid(across, up), axis=-1).astype(np.float32)


def class_shares(outputs: Array, boundary: float) -> Array:
    """Return for outputs (n, outputs) how sure the network is of each class, rows that add up to 1.

    A single output above ``boundary`` means the second class. Outputs that are no probabilities become some.
    """
    if outputs.shape[-1] == 1:
        p = outputs[:, 0].astype(np.float64)
        p = np.clip(p, 0.0, 1.0) if boundary else 0.5 + 0.5 * np.tanh(p / 2.0)
        return np.stack((1.0 - p, p), axis=-1).astype(np.float32)
    with np.errstate(invalid="ignore", over="ignore"):
        if boundary == 0.0:  # the loss takes outputs of any size
            outputs = np.exp(outputs - outputs.max(axis=-1, keepdims=True))
        positive = np.maximum(outputs, 0.0)
        shares: Array = positive / np.maximum(positive.sum(axis=-1, keepdims=True), np.float32(1e-12))
    return shares
