"""What a confusion matrix says, against numbers computed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.experiments.confusion import (
    Confusion,
    percent,
    scores,
    shares_of_actual,
    shares_of_predicted,
)

# 6 of class 0, 8 of class 1, none of class 2, which was never predicted either.
COUNTS = np.array([[5, 1, 0], [2, 6, 0], [0, 0, 0]])
FOURS = np.array([[0, 0, 0], [0, 97, 3], [1, 0, 99]])


def test_precision_is_the_share_of_a_column_that_is_right() -> None:
    np.testing.assert_allclose(scores(COUNTS).precision, [5 / 7, 6 / 7, np.nan])


def test_recall_is_the_share_of_a_row_that_is_right() -> None:
    np.testing.assert_allclose(scores(COUNTS).recall, [5 / 6, 6 / 8, np.nan])


def test_f1_is_the_harmonic_mean_of_both() -> None:
    np.testing.assert_allclose(scores(COUNTS).f1, [10 / 13, 12 / 15, np.nan])


def test_the_mean_is_over_the_classes_that_have_samples() -> None:
    assert scores(COUNTS).mean("recall") == pytest.approx((5 / 6 + 6 / 8) / 2)


def test_a_class_that_is_never_predicted_counts_as_no_precision() -> None:
    assert scores(np.array([[4, 0], [4, 0]])).mean("precision") == pytest.approx(0.25)


def test_the_worst_class_is_the_one_with_the_lowest_score() -> None:
    assert scores(COUNTS).worst("recall") == 1
    assert scores(COUNTS).worst("precision") == 0


def test_there_is_no_worst_class_where_all_are_alike() -> None:
    assert scores(np.array([[3, 1], [1, 3]])).worst("recall") is None
    assert scores(np.zeros((2, 2), int)).worst("f1") is None


def test_shares_of_actual_add_up_in_rows() -> None:
    np.testing.assert_allclose(shares_of_actual(COUNTS)[:2], [[5 / 6, 1 / 6, 0], [2 / 8, 6 / 8, 0]])
    assert np.isnan(shares_of_actual(COUNTS)[2]).all()


def test_shares_of_predicted_add_up_in_columns() -> None:
    np.testing.assert_allclose(shares_of_predicted(COUNTS)[:, :2], [[5 / 7, 1 / 7], [2 / 7, 6 / 7], [0, 0]])
    assert np.isnan(shares_of_predicted(COUNTS)[:, 2]).all()


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (1, 2, "3 images of 4 were read as 9, 3.0 % of all 4s"),
        (2, 0, "1 image of 9 was read as 0, 1.0 % of all 9s"),
        (1, 1, "97 images of 4 were read right, 97.0 % of all 4s"),
        (1, 0, "No image of 4 was read as 0"),
        (0, 0, "No image of 0 was read as 0"),
    ],
)
def test_a_cell_says_what_was_read_as_what(row: int, column: int, sentence: str) -> None:
    assert Confusion(FOURS, ("0", "4", "9"), "images").cell_sentence(row, column) == sentence


def test_rows_columns_and_all_have_sentences() -> None:
    said = Confusion(FOURS, ("0", "4", "9"), "images")
    assert said.row_sentence(1) == "100 images of 4: 97 read right, 97.0 % (recall)"
    assert said.row_sentence(0) == "No image of 0"
    assert said.column_sentence(2) == "102 images read as 9: 99 rightly, 97.1 % (precision)"
    assert said.total_sentence() == "200 images: 196 read right, 98.00 %"


def test_classes_that_are_called_by_words_are_counted_as_samples_of_them() -> None:
    said = Confusion(np.array([[1, 2], [0, 4]]), ("no effect", "side effects"))
    assert (
        said.cell_sentence(0, 1)
        == "2 samples of no effect were read as side effects, 66.7 % of all samples of no effect"
    )


def test_a_share_that_is_not_a_number_is_a_dash() -> None:
    assert percent(float("nan"), 1) == "–"
    assert percent(0.9814, 2) == "98.14 %"
