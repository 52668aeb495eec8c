"""The values of the losses: against formulas in plain float64, and against what Keras computes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from nnstudio.engine.layer import Array
from nnstudio.engine.losses import (
    LOSSES,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    CategoricalHinge,
    Hinge,
    Huber,
    KLDivergence,
    Loss,
    MeanSquaredLogarithmicError,
    Poisson,
    SparseCategoricalCrossentropy,
    SquaredHinge,
)
from nnstudio.errors import DataError
from tests.engine.keras_losses import KERAS

Row = Sequence[float]


def mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)


def surprise(y: Row, p: Row) -> float:
    return -math.fsum(a * math.log(b / math.fsum(p)) for a, b in zip(y, p, strict=True))


def huber(e: float) -> float:
    return e * e / 2 if abs(e) <= 1 else abs(e) - 0.5


def lead(y: Row, p: Row) -> float:
    return max((1 - a) * b for a, b in zip(y, p, strict=True)) - math.fsum(
        a * b for a, b in zip(y, p, strict=True)
    )


# Each loss of a sample, from its targets (for the hinges -1 and 1) and outputs, all in (0, 1).
FORMULAS: dict[str, Callable[[Row, Row], float]] = {
    "categorical_crossentropy": surprise,
    "sparse_categorical_crossentropy": surprise,
    "binary_crossentropy": lambda y, p: mean(
        [-a * math.log(b) - (1 - a) * math.log(1 - b) for a, b in zip(y, p, strict=True)]
    ),
    "mean_squared_error": lambda y, p: mean([(a - b) ** 2 for a, b in zip(y, p, strict=True)]),
    "mean_absolute_error": lambda y, p: mean([abs(a - b) for a, b in zip(y, p, strict=True)]),
    "huber": lambda y, p: mean([huber(a - b) for a, b in zip(y, p, strict=True)]),
    "log_cosh": lambda y, p: mean([math.log(math.cosh(a - b)) for a, b in zip(y, p, strict=True)]),
    "mean_absolute_percentage_error": lambda y, p: mean(
        [100 * abs(a - b) / max(abs(a), 1e-7) for a, b in zip(y, p, strict=True)]
    ),
    "mean_squared_logarithmic_error": lambda y, p: mean(
        [(math.log1p(max(a, 1e-7)) - math.log1p(max(b, 1e-7))) ** 2 for a, b in zip(y, p, strict=True)]
    ),
    "poisson": lambda y, p: mean([b - a * math.log(b + 1e-7) for a, b in zip(y, p, strict=True)]),
    "kl_divergence": lambda y, p: math.fsum(
        max(a, 1e-7) * math.log(max(a, 1e-7) / max(b, 1e-7)) for a, b in zip(y, p, strict=True)
    ),
    "hinge": lambda y, p: mean([max(1 - a * b, 0) for a, b in zip(y, p, strict=True)]),
    "squared_hinge": lambda y, p: mean([max(1 - a * b, 0) ** 2 for a, b in zip(y, p, strict=True)]),
    "categorical_hinge": lambda y, p: max(1 + lead(y, p), 0),
}


@pytest.mark.parametrize("kind", LOSSES)
def test_a_loss_has_the_values_of_its_formula(kind: type[Loss]) -> None:
    rng = np.random.default_rng(3)
    classes, p = rng.integers(0, 4, 50), rng.uniform(0.01, 0.99, (50, 4))
    rows = np.eye(4)[classes] * 2 - 1 if kind in (Hinge, SquaredHinge) else np.eye(4)[classes]
    expected = [FORMULAS[kind.keras_name](y, row) for y, row in zip(rows.tolist(), p.tolist(), strict=True)]
    np.testing.assert_allclose(kind().per_sample(kind().encode(classes, 4, p.dtype), p), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("loss", "y", "p", "losses", "gradient"),
    KERAS,
    ids=[f"{index} {type(row[0]).__name__}" for index, row in enumerate(KERAS)],
)
def test_losses_and_gradients_are_those_of_keras(
    loss: Loss, y: Array, p: Array, losses: list[float], gradient: list[float]
) -> None:
    """Also where a probability is 0 or 1 and Keras clips it, and where logits are large."""
    found, slopes = loss.with_gradient(loss.encode(y, p.shape[-1], p.dtype), p)
    np.testing.assert_allclose(found, losses, rtol=3e-6, atol=3e-7)
    np.testing.assert_allclose(slopes.reshape(-1), gradient, rtol=3e-6, atol=5e-7)


def test_every_loss_is_compared_with_keras() -> None:
    assert {type(row[0]) for row in KERAS} == set(LOSSES)


def test_class_numbers_and_their_rows_give_the_same_bits() -> None:
    rng = np.random.default_rng(0)
    for scale in (0.1, 1.0, 100.0):
        z = (scale * rng.standard_normal((128, 10))).astype(np.float32)
        y = rng.integers(0, 10, 128)
        found = set()
        for loss, targets in (
            (CategoricalCrossentropy(), y),
            (CategoricalCrossentropy(), np.eye(10, dtype=np.float32)[y]),
            (SparseCategoricalCrossentropy(), y),
        ):
            p = np.empty_like(z)
            losses, dz = loss.fused(loss.encode(targets, 10, z.dtype), z, p)
            found.add((losses.tobytes(), dz.tobytes(), p.tobytes()))
        assert len(found) == 1


def test_a_probability_of_zero_costs_what_it_costs_in_keras() -> None:
    sure = np.array([[1.0, 0.0]], np.float32)
    assert CategoricalCrossentropy().per_sample(sure[:, ::-1], sure)[0] == pytest.approx(16.118, abs=1e-3)
    assert BinaryCrossentropy().per_sample(sure[:, ::-1], sure)[0] == pytest.approx(16.03, abs=0.01)


def test_what_is_nearly_certain_still_costs_something() -> None:
    """A sum that is rounded too early would be 0, and a logarithmic axis would show nothing."""
    z = np.array([[40.0], [-40.0], [17.0]], np.float32)
    y = np.array([[1.0], [0.0], [1.0]], np.float32)
    losses, _ = BinaryCrossentropy().fused(y, z, np.empty_like(z))
    np.testing.assert_allclose(losses, np.log1p(np.exp([-40.0, -40.0, -17.0])), rtol=1e-6)


@pytest.mark.parametrize(
    ("loss", "y", "outputs", "found"),
    [
        (BinaryCrossentropy(), np.array([1, 2, 2, 1]), 1, "2"),
        (BinaryCrossentropy(), np.array([[-0.5], [0.0]]), 1, "-0.5"),
        (BinaryCrossentropy(), np.array([[np.nan], [0.0]]), 1, "nan"),
        (CategoricalCrossentropy(), np.array([[0.0, 3.0], [1.0, 0.0]]), 2, "3"),
        (CategoricalHinge(), np.array([[-1.0, 1.0], [1.0, -1.0]]), 2, "-1"),
        (Hinge(), np.array([1, 2]), 1, "2"),
        (SquaredHinge(), np.array([[-3.0]]), 1, "-3"),
    ],
)
def test_targets_outside_of_what_a_loss_can_mean_are_refused_and_named(
    loss: Loss, y: Array, outputs: int, found: str
) -> None:
    with pytest.raises(DataError, match=rf"^{type(loss).__name__} takes .* a target of {found}\. .*\.$"):
        loss.encode(y, outputs, np.float32)


@pytest.mark.parametrize("loss", [Poisson(), MeanSquaredLogarithmicError(), KLDivergence()])
def test_targets_that_keras_clips_or_takes_are_taken(loss: Loss) -> None:
    y = loss.encode(np.array([[-2.0, 3.0]]), 2, np.float64)
    assert np.isfinite(loss.per_sample(y, np.array([[0.5, 0.5]]))).all()


def test_the_message_about_a_negative_class_names_that_class() -> None:
    with pytest.raises(DataError, match="-1"):
        SparseCategoricalCrossentropy().encode(np.array([0, -1, 2]), 3, np.float32)


def test_class_numbers_may_be_written_as_reals_but_not_be_fractions() -> None:
    loss = SparseCategoricalCrossentropy()
    assert loss.encode(np.array([[0.0], [2.0]]), 3, np.float32).tolist() == [0, 2]
    with pytest.raises(DataError, match="no class numbers"):
        loss.encode(np.array([0.0, 1.5]), 3, np.float32)


def test_signs_that_are_there_already_stay_and_only_batches_of_zeros_and_ones_change() -> None:
    for y, expected in (
        ([-1.0, 1.0], [-1, 1]),
        ([0.0, 1.0], [-1, 1]),
        ([-1.0, 0.0], [-1, 0]),
        ([1.0, 1.0], [1, 1]),
    ):
        assert Hinge().encode(np.array(y), 1, np.float32).reshape(-1).tolist() == expected


def test_a_wide_huber_is_half_the_squared_error_and_a_narrow_one_goes_by_the_size() -> None:
    y, p = np.zeros((1, 1)), np.array([[3.0]])
    assert Huber(delta=5.0).per_sample(y, p)[0] == 4.5
    assert Huber(delta=0.5).per_sample(y, p)[0] == pytest.approx(0.5 * 3.0 - 0.125)
