"""Peaks: of a long record few points are looked at, and no peak is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.experiments import peaks as module
from nnstudio.experiments.curves import Curves, thinned
from nnstudio.experiments.peaks import STRETCH, Peaks, rows_within


@given(st.lists(st.integers(0, 2_000), min_size=1, max_size=5))
def test_peaks_found_in_parts_are_those_found_at_once(parts: list[int]) -> None:
    raw = np.random.default_rng(len(parts)).random(sum(parts))
    growing = Peaks()
    for count in np.cumsum(parts):
        found = growing.extended(raw[:count], -raw[:count])
    assert found.tolist() == Peaks().extended(raw, -raw).tolist()


@given(st.integers(1_000, 5_000), st.data())
def test_a_long_part_keeps_its_ends_and_every_peak_of_both_lines(count: int, data: st.DataObject) -> None:
    rng = np.random.default_rng(count)
    raw, smooth = rng.random(count), rng.random(count)
    start = data.draw(st.integers(0, count - 2 * STRETCH - 1))
    stop = data.draw(st.integers(start + 2 * STRETCH + 1, count))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LONG", 2 * STRETCH)
        rows = rows_within(Peaks().extended(raw, smooth), slice(start, stop))
    assert isinstance(rows, np.ndarray)
    assert rows[0] == start and rows[-1] == stop - 1 and (np.diff(rows) >= 0).all()
    for line in (raw, smooth):
        assert line[rows].min() == line[start:stop].min() and line[rows].max() == line[start:stop].max()


def test_a_long_record_is_drawn_from_few_of_its_points() -> None:
    count = 1_000_000
    x, raw = np.arange(count), np.random.default_rng(1).random(count)
    raw[count // 2] = 9.0
    part = Curves(x, raw, raw, x[:0], raw[:0], peaks=Peaks().extended(raw, raw)).within(0.0, 2.0 * count)
    assert len(part.x) < 5 * count // STRETCH
    assert thinned(part.x, part.raw, 1_000)[1].max() == 9.0
