"""Evaluation: classes and how sure they are, also of a network whose single output is no probability."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, Hinge, Loss
from nnstudio.engine.network import Network
from nnstudio.experiments.evaluation import Evaluation, evaluate_samples
from nnstudio.task import DataFacts, Task
from tests.engine.helpers import ArraySamples, numbers

COINS = DataFacts("Coins", (3,), Task.TWO_CLASSES, ("heads", "tails"))


def evaluation_with(loss: Loss, activation: str) -> Evaluation:
    design = design_of(Dense(1, activation=activation), loss=loss)
    samples = ArraySamples(numbers(50, 3), np.arange(50) % 2)
    return evaluate_samples(Network(design, (3,)).snapshot(), samples, COINS, "test")


@pytest.mark.parametrize(
    ("loss", "activation", "boundary"),
    [
        (BinaryCrossentropy(), "sigmoid", 0.5),
        (BinaryCrossentropy(from_logits=True), "linear", 0.0),
        (Hinge(), "tanh", 0.0),
    ],
)
def test_one_output_means_the_second_class_above_what_the_loss_divides_at(
    loss: Loss, activation: str, boundary: float
) -> None:
    found = evaluation_with(loss, activation)
    outputs = found.outputs[:, 0]
    assert found.predicted.tolist() == (outputs > boundary).astype(int).tolist()
    assert np.argsort(found.sureness).tolist() == np.argsort(np.abs(outputs - boundary)).tolist()
    assert found.confusion.sum() == 50 and np.trace(found.confusion) == found.right.sum()
    assert found.confusion.sum(axis=0).tolist() == np.bincount(found.predicted, minlength=2).tolist()


def test_before_and_after_the_sigmoid_the_classes_are_the_same() -> None:
    one = evaluation_with(BinaryCrossentropy(), "sigmoid")
    two = evaluation_with(BinaryCrossentropy(from_logits=True), "linear")
    assert one.predicted.tolist() == two.predicted.tolist()
    np.testing.assert_allclose(one.losses, two.losses, rtol=1e-5)
