"""Curves: smoothing and thinning tell the truth about a history."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.experiments.curves import Axis, epoch_curve, step_curve, thinned, value_at
from nnstudio.experiments.history import History
from nnstudio.experiments.smoothing import smoothed

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=2000).map(np.array)


@given(VALUES, st.floats(0.0, 0.99))
def test_smoothing_is_the_debiased_moving_average(y: np.ndarray, weight: float) -> None:
    average, expected = 0.0, []
    for step, value in enumerate(y, start=1):
        average = weight * average + (1 - weight) * value
        expected.append(average / (1 - weight**step))
    assert smoothed(y, weight) == pytest.approx(np.array(expected), rel=1e-9, abs=1e-6)


def test_smoothing_keeps_a_constant_from_the_first_point_on() -> None:
    assert smoothed(np.full(1000, 2.5), 0.97) == pytest.approx(np.full(1000, 2.5))


@given(VALUES, st.integers(4, 300))
def test_thinning_keeps_the_ends_and_never_loses_an_extreme(y: np.ndarray, most: int) -> None:
    x = np.arange(len(y), dtype=float)
    few_x, few_y = thinned(x, y, most)
    assert len(few_x) <= most + 4
    assert few_y.min() == y.min() and few_y.max() == y.max()
    assert few_x[0] == 0 and few_x[-1] == len(y) - 1
    assert (np.diff(few_x) > 0).all() or len(few_x) == 1
    assert np.array_equal(y[few_x.astype(int)], few_y)


def test_curves_count_batches_epochs_or_seconds() -> None:
    history = History(("loss",))
    history.add_step(1, 0.5, 0.1, 0.001, {"loss": 3.0})
    history.add_step(2, 1.0, 0.2, 0.001, {"loss": 2.0})
    history.add_epoch(1, 2, 0.2, {"loss": 2.5, "val_loss": 2.25})
    history.add_epoch(2, 4, 0.4, {"loss": 2.0})
    xs = {axis: step_curve(history, "loss", axis)[0].tolist() for axis in Axis}
    assert xs == {Axis.BATCH: [1, 2], Axis.EPOCH: [0.5, 1], Axis.SECONDS: [0.1, 0.2]}
    x, y = epoch_curve(history, "val_loss", Axis.EPOCH)
    assert (x.tolist(), y.tolist()) == ([1], [2.25])  # the second epoch was not validated


@pytest.mark.parametrize(("where", "expected"), [(-5, 10), (0.4, 10), (0.6, 20), (9, 30)])
def test_the_value_under_the_mouse_is_that_of_the_nearest_point(where: float, expected: float) -> None:
    assert value_at(np.array([0.0, 1.0, 2.0]), np.array([10.0, 20.0, 30.0]), where) == expected


def test_an_empty_curve_has_no_value() -> None:
    assert np.isnan(value_at(np.array([]), np.array([]), 1.0))
