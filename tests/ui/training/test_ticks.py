"""Ticks: axes have few, round numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.ui.training.ticks import linear_ticks, log_ticks, round_end, round_range, round_step, tick_words


@pytest.mark.parametrize(
    ("value", "end"), [(0.0, 1.0), (0.26, 0.3), (1.0, 1.0), (9.1, 10.0), (10.6, 12.0), (401, 500)]
)
def test_an_axis_ends_at_a_round_number(value: float, end: float) -> None:
    assert round_end(value) == pytest.approx(end)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(2, 20))
def test_ticks_are_few_and_lie_on_the_axis(low: float, span: float, most: int) -> None:
    ticks = linear_ticks(low, low + span, most)
    slack = 1e-5 * round_step(span, most)
    assert len(ticks) <= most + 1
    assert all(low - slack <= tick <= low + span + slack for tick in ticks)


def test_a_logarithmic_axis_has_one_two_and_five() -> None:
    ticks = log_ticks(math.log10(0.01), math.log10(1.0), 10)
    assert tick_words(ticks, log=True) == ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]


def test_a_long_logarithmic_axis_has_powers_of_ten_alone() -> None:
    assert log_ticks(-6.0, 2.0, 4) == [-6.0, -3.0, 0.0]


def test_a_flat_curve_still_has_a_range() -> None:
    low, high = round_range([0.5, 0.5], 8)
    assert low < 0.5 < high or low == 0.5 < high


def test_a_share_is_never_shown_beyond_none_and_all() -> None:
    assert round_range([0.06, 0.998], 8, percent=True) == (0.0, 1.0)


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=20), st.booleans())
def test_the_range_holds_all_values(values: list[float], log: bool) -> None:
    heights = [math.log10(value) for value in values] if log else values
    low, high = round_range(heights, 8, log=log)
    slack = 1e-5 * (high - low) + 1e-8
    assert low - slack <= min(heights) and max(heights) <= high + slack and low < high


def test_numbers_of_an_axis_have_the_same_digits() -> None:
    assert tick_words([0.0, 0.05, 0.1]) == ["0.00", "0.05", "0.10"]
    assert tick_words([0.94, 0.96, 0.98], percent=True) == ["94 %", "96 %", "98 %"]
    assert tick_words([0.0, 2500.0, 5000.0]) == ["0", "2,500", "5,000"]
    assert tick_words([-1.0, 0.0]) == ["\u22121", "0"]
