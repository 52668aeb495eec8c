"""CurveMaker: curves that grow are the same as curves that are made at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.experiments.curves import NO_CURVES, Axis, CurveMaker, thinned
from nnstudio.experiments.history import History
from nnstudio.experiments.smoothing import Smoother, smoothed


@given(st.lists(st.integers(0, 200), min_size=1, max_size=6), st.floats(0.0, 0.99))
def test_smoothing_in_parts_is_smoothing_at_once(parts: list[int], weight: float) -> None:
    y = np.sin(np.arange(sum(parts)) / 7.0)
    smoother = Smoother(weight)
    for count in np.cumsum(parts):
        assert smoother.extended(y[:count]) == pytest.approx(smoothed(y[:count], weight))


@given(st.integers(1, 3000), st.integers(4, 300))
def test_thinning_leaves_no_more_than_was_asked_for(count: int, most: int) -> None:
    y = np.random.default_rng(count).random(count)
    assert len(thinned(np.arange(count), y, most)[1]) <= max(most, 4)


def test_the_best_epoch_is_found_among_those_that_were_validated() -> None:
    history = History(("loss", "accuracy"))
    maker = CurveMaker(history, "accuracy", 0.5)
    assert maker.curves(Axis.EPOCH).best is None and maker.curves(Axis.EPOCH).end == NO_CURVES.end == 0.0
    history.add_epoch(1, 2, 0.2, {"loss": 2.0, "accuracy": 0.1})  # not validated
    for epoch, (loss, share) in enumerate([(0.9, 0.5), (0.4, 0.7), (0.6, 0.8)], start=2):
        history.add_epoch(
            epoch, 2 * epoch, 0.2 * epoch, {"loss": 1.0, "val_loss": loss, "val_accuracy": share}
        )
    curves = maker.curves(Axis.EPOCH)
    assert curves.best == 1 and curves.checked_x[1] == 3 and curves.checked[1] == 0.7
    assert curves.end == 4


def test_a_part_of_the_curves_reaches_one_point_beyond_what_is_in_view() -> None:
    history = History(("loss",))
    for step in range(1, 11):
        history.add_step(step, step / 5, step / 100, 0.001, {"loss": 1.0 / step})
    for epoch, loss in ((1, 0.3), (2, 0.2)):
        history.add_epoch(epoch, 5 * epoch, epoch / 20, {"loss": 1.0, "val_loss": loss})
    part = CurveMaker(history, "loss", 0.0).curves(Axis.BATCH).within(3.5, 6.2)
    assert part.x.tolist() == [3, 4, 5, 6, 7] and part.checked_x.tolist() == [5, 10]
    assert part.best == 1


def test_a_long_record_is_taken_in_over_several_goes() -> None:
    history = History(("loss",))
    for step in range(1, 1001):
        history.add_step(step, step / 5, step / 100, 0.001, {"loss": 1.0 / step})
    maker, whole = CurveMaker(history, "loss", 0.5), CurveMaker(history, "loss", 0.5).curves(Axis.BATCH)
    lengths = []
    while maker.behind or not lengths:
        curves = maker.curves(Axis.BATCH, 300)
        lengths.append(len(curves.raw))
        assert len(curves.x) == len(curves.smooth) == lengths[-1]
    assert lengths == [300, 600, 900, 1000]
    assert curves.smooth == pytest.approx(whole.smooth)
    assert np.array_equal(curves.thinned_raw(50), whole.thinned_raw(50))
