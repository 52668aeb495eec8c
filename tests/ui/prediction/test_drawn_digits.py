"""Digits of MNIST keep what they are when they are drawn with the mouse, or come as a picture."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Dataset
from nnstudio.experiments.trained import TrainedModel
from tests.benchmarks.drawing import from_pictures, from_strokes

COUNT = 100


def share_right(model: TrainedModel, dataset: Dataset, images: Array) -> float:
    x = dataset.scaler.apply(images).reshape(COUNT, *model.snapshot.input_shape)
    return float(np.mean(model.snapshot.predictor()(x).argmax(axis=1) == dataset.test.y[:COUNT]))


def test_digits_that_are_drawn_are_read_nearly_as_well_as_those_of_mnist(
    qtbot: QtBot, model: TrainedModel, digits: Dataset
) -> None:
    as_they_are = share_right(model, digits, digits.test.x[:COUNT])
    drawn = share_right(model, digits, from_strokes(digits.test.x[:COUNT]))
    assert drawn >= as_they_are - 0.06


def test_pictures_of_digits_are_read_as_well_as_those_of_mnist(model: TrainedModel, digits: Dataset) -> None:
    as_they_are = share_right(model, digits, digits.test.x[:COUNT])
    pictures = from_pictures(digits.test.x[:COUNT], np.random.default_rng(0))
    assert share_right(model, digits, pictures) >= as_they_are - 0.03
