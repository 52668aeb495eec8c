"""The table of classes says what counting sample by sample says, and both averages in full."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.experiments.class_table import (
    MACRO,
    WEIGHTED,
    class_table,
    confused_table,
    matrix_rows,
)
from nnstudio.experiments.confusion import Confusion


def drawn(classes: int) -> tuple[np.ndarray, np.ndarray, Confusion]:
    rng = np.random.default_rng(classes)
    actual = rng.integers(0, classes, 500)
    predicted = np.where(rng.random(500) < 0.6, actual, rng.integers(0, classes, 500))
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (actual, predicted), 1)
    return actual, predicted, Confusion(counts, [f"c{index}" for index in range(classes)], "images")


def by_counting(actual: np.ndarray, predicted: np.ndarray, one: int) -> tuple[float, float, float]:
    hits = sum(a == p == one for a, p in zip(actual, predicted, strict=True))
    precision, recall = hits / sum(predicted == one), hits / sum(actual == one)
    return precision, recall, 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_scores_and_averages_are_what_counting_gives(classes: int) -> None:
    actual, predicted, confusion = drawn(classes)
    table = class_table(confusion)
    every = np.array([by_counting(actual, predicted, one) for one in range(classes)])
    support = np.array([(actual == one).sum() for one in range(classes)])
    for place in range(3):
        column = table.columns[place]
        np.testing.assert_allclose(column[:classes], every[:, place])
        assert column[classes] == pytest.approx(every[:, place].mean())
        assert column[classes + 1] == pytest.approx((every[:, place] * support).sum() / 500)
    assert table.words[classes:] == ((MACRO,), (WEIGHTED,))
    assert table.columns[3].tolist() == [*support.tolist(), 500, 500]


def test_averages_stay_last_in_every_order() -> None:
    table = class_table(drawn(10)[2])
    for column in range(5):
        for descending in (False, True):
            assert table.order(column, descending)[-2:] == [10, 11]
    recall = [table.columns[1][row] for row in table.order(2, False)[:10]]
    assert recall == sorted(recall)


def test_the_most_confused_pairs_come_first() -> None:
    table = confused_table(drawn(10)[2])
    counts = table.columns[0].tolist()
    assert counts == sorted(counts, reverse=True) and min(counts) > 0
    confusion = drawn(10)[2]
    assert sum(counts) == confusion.counts.sum() - np.trace(confusion.counts)
    assert all(row != column for row, column in table.places)


def test_a_matrix_for_another_program_has_names_and_no_text_for_what_is_unknown() -> None:
    rows = matrix_rows(["a", "b"], np.array([[1.0, np.nan], [0.25, 3]]))
    assert rows == [["actual \\ predicted", "a", "b"], ["a", "1", ""], ["b", "0.25", "3"]]
