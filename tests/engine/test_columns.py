"""Columns: what is computed on wide rows and block by block is what the narrow matrix gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.columns import (
    blocks,
    column_sums,
    column_sums_and_dots,
    shifted_moments,
    spread,
    widened,
)
from nnstudio.engine.scratch import Scratch
from tests.engine.helpers import numbers


@given(st.integers(1, 300), st.integers(1, 40))
def test_columns_are_summed_and_spread_as_in_the_narrow_matrix(rows: int, columns: int) -> None:
    x, other = numbers(rows, columns, dtype=np.float64), numbers(rows, columns, seed=1, dtype=np.float64)
    wide, scratch = widened(x), Scratch(np.random.default_rng(0), np.float64)
    assert wide.base is x and wide.size == x.size
    np.testing.assert_allclose(column_sums(wide, columns), x.sum(axis=0), atol=1e-10)
    sums, dots = column_sums_and_dots(wide, widened(other), columns)
    np.testing.assert_allclose(sums, x.sum(axis=0), atol=1e-10)
    np.testing.assert_allclose(dots, (x * other).sum(axis=0), atol=1e-10)
    values = np.arange(columns, dtype=np.float64)
    row = spread("row", values, wide, scratch)
    np.testing.assert_array_equal((wide * row).reshape(x.shape), x * values)
    mean, variance = shifted_moments(wide, row, np.empty_like(wide), columns)
    np.testing.assert_allclose(mean, x.mean(axis=0) - values, atol=1e-10)
    np.testing.assert_allclose(variance, x.var(axis=0), atol=1e-10)


@pytest.mark.parametrize("rows", [1, 5000, 20_001])
def test_blocks_cover_every_row_once(rows: int) -> None:
    x = np.arange(float(rows * 64)).reshape(rows, 64)
    assert np.concatenate([x[block] for block in blocks(x)]).tobytes() == x.tobytes()


def test_few_columns_become_wide_and_many_stay() -> None:
    assert widened(np.empty((128, 13, 13, 64))).shape == (169, 8192)
    assert widened(np.empty((128, 512))).shape == (8, 8192)
    assert widened(np.empty((7, 10_000))).shape == (7, 10_000)
