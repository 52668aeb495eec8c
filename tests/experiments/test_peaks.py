"""Peaks: a thinned curve reaches as low and as high as all of it, wherever it is looked at."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.experiments.curves import Axis, CurveMaker
from nnstudio.experiments.history import History
from nnstudio.experiments.peaks import Peaks


@given(st.integers(0, 2**32 - 1), st.integers(1, 60_000), st.integers(4, 400), st.data())
def test_no_peak_is_lost_at_any_zoom_while_the_curve_grows(
    seed: int, count: int, most: int, data: st.DataObject
) -> None:
    y = np.random.default_rng(seed).normal(size=(count, 3))[:, 1]  # a column of a table
    peaks = Peaks()
    for grown in sorted(data.draw(st.lists(st.integers(0, count), max_size=4))):
        peaks.extend(y[:grown])
    peaks.extend(y)
    first = data.draw(st.integers(0, count - 1))
    part = y[first : data.draw(st.integers(first + 1, count))]
    kept = peaks.kept(part, first, most)
    assert len(kept) <= max(most, 4) and (np.diff(kept) > 0).all()
    assert kept[0] == 0 and kept[-1] == len(part) - 1
    assert part[kept].min() == part.min() and part[kept].max() == part.max()


def test_each_stretch_keeps_its_own_peak() -> None:
    y = np.zeros(1_000_000)
    spikes = np.arange(500, 1_000_000, 20_000)
    y[spikes] = np.arange(1, len(spikes) + 1)
    peaks = Peaks()
    peaks.extend(y)
    assert set(spikes) <= set(peaks.kept(y, 0, 800))


def test_the_lines_in_view_are_thinned_as_the_whole_is() -> None:
    history = History(("loss",))
    values = np.random.default_rng(1).normal(size=50_000)
    for index, value in enumerate(values):
        history.add_step(index, index / 100, float(index), 0.1, {"loss": value})
    shown = CurveMaker(history, "loss", 0.9).curves(Axis.BATCH).within(777, 44_444)
    for x, y in (shown.thinned_raw(500), shown.thinned_smooth(500)):
        assert len(x) == len(y) <= 500 and x[0] == 776 and (np.diff(x) > 0).all()
    assert shown.thinned_raw(500)[1].max() == values[776:44_446].max()
