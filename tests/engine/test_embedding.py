"""Tests of Embedding: rows by number, their gradients, and numbers that have no row."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Embedding
from nnstudio.engine.network import Network
from nnstudio.errors import DataError
from tests.engine.helpers import numbers
from tests.engine.test_layers import Bench

LAYER = Embedding(input_dim=5, output_dim=3)


def test_each_number_becomes_its_row() -> None:
    bench = Bench(LAYER, (2, 2), np.float32)
    x = np.array([[[0, 4], [4, 1]], [[2, 2], [3, 0]]], np.float32)
    y = bench.forward(x)
    for place, number in np.ndenumerate(x):
        assert y[place].tolist() == bench.weights["embeddings"][int(number)].tolist()
    assert LAYER.predict(bench.weights, x, bench.scratch).tobytes() == y.tobytes()


@pytest.mark.parametrize("batch", [1, 6, 3])
def test_the_gradient_of_a_row_is_the_sum_over_the_places_of_its_number(batch: int) -> None:
    bench = Bench(LAYER, (7,))
    for seed, rows in ((0, 6), (1, batch)):
        x = np.random.default_rng(seed).integers(0, 4, (rows, 7)).astype(float)
        dy = numbers(rows, 7, 3, seed=seed, dtype=np.float64)
        bench.forward(x)
        bench.backward(dy)
        expected = np.zeros((5, 3))
        for place, number in np.ndenumerate(x):
            expected[int(number)] += dy[place]
        np.testing.assert_allclose(bench.grads["embeddings"], expected, rtol=0, atol=1e-12)
    assert not bench.grads["embeddings"][4].any()


def test_what_is_behind_a_decimal_point_is_cut_off() -> None:
    bench = Bench(LAYER, (4,))
    rows = bench.weights["embeddings"]
    assert bench.forward(np.array([[0.9, 4.99, -0.5, 2.0]])).tolist() == [rows[[0, 4, 0, 2]].tolist()]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (5.0, "hold 5. Set input_dim to at least 6."),
        (-1.0, "hold -1."),
        (np.nan, "hold nan."),
        (np.inf, "inf"),
    ],
)
@pytest.mark.parametrize("method", [LAYER.forward, LAYER.predict])
def test_a_number_without_a_row_is_told(method: object, number: float, words: str) -> None:
    bench = Bench(LAYER, (2,))
    x = np.array([[1.0, 2.0], [number, 0.0]])
    with pytest.raises(DataError, match="from 0 to 4") as raised:
        method(bench.weights, x, bench.scratch)  # type: ignore[operator]
    assert words in str(raised.value) and str(raised.value).endswith(".")


def test_rows_start_within_a_twentieth_of_zero() -> None:
    rows = Network(design_of(Embedding(input_dim=200, output_dim=50)), (3,)).weights[0]["embeddings"]
    assert 0.0499 < np.abs(rows).max() <= 0.05
    assert rows.std() == pytest.approx(0.1 / 12**0.5, rel=0.02)
