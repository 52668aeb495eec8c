"""Subjects: samples, drawings and rows that a person made up as what is to be explained."""

from __future__ import annotations

import math

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.experiments.explaining.explanation import Subject
from nnstudio.ui.prediction.row_panel import RowPanel

TRAINING = "Training"


def subject_of(samples: Samples, sample: int, part: str, classes: bool) -> Subject:
    """Return a sample of some part of the data, by its place there."""
    number = 1 + (sample if samples.numbers is None else int(samples.numbers[sample]))
    title = f"{part} image {sample:,}" if samples.images else f"{part} row {number:,}"
    title = title.strip()
    y = samples.y[sample]
    return Subject(
        samples.x[sample].copy(),
        title[:1].upper() + title[1:],
        actual=int(y) if classes else None,
        values=None if classes else np.asarray(y),
        row=sample if part == TRAINING else None,
    )


def drawing_of(picture: Array, dataset: Dataset) -> Subject | None:
    """Return a drawing as the network sees it, uint8; None where the data are other pictures."""
    shape = dataset.training.shape
    return Subject(picture.reshape(shape), "My drawing") if picture.size == math.prod(shape) else None


def row_of(panel: RowPanel, dataset: Dataset) -> Subject | None:
    """Return the row that is tried, with its class or values where it is a sample as it came."""
    x = panel.form.inputs
    if x is None or x.size != math.prod(dataset.training.shape):
        return None
    sample = panel.shown_sample
    if sample is not None:
        samples, index, part = sample
        return subject_of(samples, index, part, dataset.facts.is_classes)
    raw = x.reshape(dataset.training.shape).astype(dataset.training.x.dtype)
    return Subject(raw, "A row that you made up")
