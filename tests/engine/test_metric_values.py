"""The values of the metrics: by plain definitions, and what Keras computes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.layer import Array
from nnstudio.engine.metrics import (
    AUC,
    METRICS,
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    F1Score,
    MeanAbsoluteError,
    MeanSquaredError,
    Metric,
    Precision,
    R2Score,
    Recall,
    RootMeanSquaredError,
    SparseCategoricalAccuracy,
    TopKCategoricalAccuracy,
    confusion_counts,
    predicted_classes,
)
from tests.engine.metric_data import KERAS, MANY, OF_CLASS, ONE, OUTPUTS, ROWS, VALUES, figure


@pytest.mark.parametrize(("metric", "y", "p", "expected"), KERAS, ids=[repr(row[0]) for row in KERAS])
def test_a_metric_is_that_of_keras(metric: Metric, y: Array, p: Array, expected: float) -> None:
    assert figure(metric, y, p, 7, 32) == pytest.approx(expected, rel=1e-5)


def test_every_metric_is_compared_with_keras() -> None:
    assert {type(row[0]) for row in KERAS} | {Accuracy} == set(METRICS)


def test_accuracy_is_resolved_by_shapes_as_in_keras() -> None:
    p = np.array([[0.2, 0.5, 0.3], [0.9, 0.0, 0.1]])
    assert Accuracy().per_sample(np.array([1, 2]), p).tolist() == [1.0, 0.0]
    assert Accuracy().per_sample(np.array([[1], [2]]), p).tolist() == [1.0, 0.0]
    assert Accuracy().per_sample(np.array([[0, 1, 0], [0, 0, 1]]), p).tolist() == [1.0, 0.0]
    one = np.array([[0.5], [0.51], [0.2]])
    assert Accuracy().per_sample(np.array([0, 1, 1]), one).tolist() == [1.0, 1.0, 0.0]


def test_errors_take_values_and_class_numbers() -> None:
    p = np.array([[0.25, 0.75], [1.0, 0.0]])
    assert MeanAbsoluteError().per_sample(np.array([[1.0, 1.0], [1.0, 0.5]]), p).tolist() == [0.5, 0.25]
    assert MeanAbsoluteError().per_sample(np.array([1, 0]), p).tolist() == [0.25, 0.0]
    assert MeanSquaredError().per_sample(np.array([1, 0]), p).tolist() == [0.0625, 0.0]


def test_outputs_that_are_equal_all_count_as_the_larger_in_top_k() -> None:
    p = np.array([[0.4, 0.4, 0.2], [0.4, 0.2, 0.4], [0.5, 0.3, 0.2]])
    assert TopKCategoricalAccuracy(k=1).hits(np.array([1, 2, 1]), p).tolist() == [True, True, False]


def plain_scores(y: Array, p: Array) -> dict[str, list[float]]:
    """Return precision, recall and F1 of each class that has samples, counted one by one."""
    answers = p.argmax(axis=-1).tolist()
    found: dict[str, list[float]] = {"precision": [], "recall": [], "f1_score": []}
    for one in sorted(set(y.tolist())):
        right = sum(a == t == one for a, t in zip(answers, y.tolist(), strict=True))
        precision = right / answers.count(one) if one in answers else 0.0
        recall = right / y.tolist().count(one)
        found["precision"].append(precision)
        found["recall"].append(recall)
        found["f1_score"].append(2 * precision * recall / (precision + recall) if right else 0.0)
    return found


@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(2, 6))
def test_scores_of_several_classes_are_means_over_the_classes_that_have_samples(
    seed: int, count: int, classes: int
) -> None:
    rng = np.random.default_rng(seed)
    y, p = rng.integers(0, classes, count), rng.random((count, classes))
    for metric in (Precision(), Recall(), F1Score()):
        scores = plain_scores(y, p)[metric.keras_name]
        assert figure(metric, y, p) == pytest.approx(sum(scores) / len(scores), abs=1e-6)


def test_with_a_threshold_class_numbers_are_counted_as_rows() -> None:
    for metric in (Precision(thresholds=0.4), Recall(thresholds=0.4), F1Score(threshold=0.4)):
        assert figure(metric, OF_CLASS, MANY) == figure(metric, ROWS, MANY)


@given(st.integers(0, 10_000), st.integers(2, 50))
def test_the_area_under_the_curve_is_how_often_a_yes_comes_before_a_no(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    y, p = rng.integers(0, 2, count), rng.permutation(count) / count  # between the thresholds, all different
    yes, no = p[y == 1], p[y == 0]
    if len(yes) and len(no):
        ahead = sum(a > b for a in yes for b in no) / (len(yes) * len(no))
        found = figure(AUC(num_thresholds=4 * count + 1), y, p[:, None].astype(np.float32))
        assert found == pytest.approx(ahead)


@pytest.mark.parametrize("curve", ["ROC", "PR"])
@pytest.mark.parametrize("y", [np.zeros(9, int), np.ones(9, int)])
@pytest.mark.filterwarnings("error")
def test_the_area_of_one_kind_of_answer_alone_is_what_it_is_in_keras(curve: str, y: Array) -> None:
    expected = float(curve == "PR" and bool(y.all()))
    assert figure(AUC(curve=curve), y, ONE[:9]) == pytest.approx(expected)


def test_r2_is_the_share_of_the_variance_that_is_explained() -> None:
    scores = 1.0 - ((VALUES - OUTPUTS) ** 2).mean(axis=0) / VALUES.var(axis=0)
    assert figure(R2Score(), VALUES, OUTPUTS, 9) == pytest.approx(scores.mean(), rel=1e-5)
    assert figure(R2Score(), VALUES, np.broadcast_to(VALUES.mean(axis=0), VALUES.shape)) == pytest.approx(0.0)


@pytest.mark.parametrize("missed", [0.0, 0.25])
def test_r2_of_targets_that_are_all_equal_is_0_in_spite_of_rounding(missed: float) -> None:
    y = np.full((1000, 1), 0.1)
    assert figure(R2Score(), y, y + missed, 300) == 0.0


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(2, 5))
def test_confusions_are_counted_one_by_one(seed: int, count: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    y, p = rng.integers(0, classes, count), rng.random((count, classes))
    expected = np.zeros((classes, classes), int)
    for actual, row in zip(y, p, strict=True):
        expected[actual, row.argmax()] += 1
    assert confusion_counts(y, p, classes).tolist() == expected.tolist()
    assert confusion_counts(np.eye(classes)[y], p, classes).tolist() == expected.tolist()


def test_one_output_names_the_second_class_above_the_boundary() -> None:
    p = np.array([[0.2], [0.5], [0.7], [-3.0]], np.float32)
    assert predicted_classes(p).tolist() == [0, 0, 1, 0]
    assert predicted_classes(p, 0.0).tolist() == [1, 1, 1, 0]
    assert confusion_counts(np.array([0, 1, 1, 1], np.uint8), p, 2).tolist() == [[1, 0], [2, 1]]


Plain = Callable[[Any, Any], float]
PLAIN: dict[type[Metric], Plain] = {
    Accuracy: lambda y, p: sum(row.argmax() == c for c, row in zip(y, p, strict=True)) / len(y),
    CategoricalAccuracy: lambda y, p: sum(row.argmax() == c for c, row in zip(y, p, strict=True)) / len(y),
    SparseCategoricalAccuracy: lambda y, p: (
        sum(row.argmax() == c for c, row in zip(y, p, strict=True)) / len(y)
    ),
    TopKCategoricalAccuracy: lambda y, p: (
        sum(c in np.argsort(row)[-2:] for c, row in zip(y, p, strict=True)) / len(y)
    ),
    BinaryAccuracy: lambda y, p: (
        sum((row[k] > 0.5) == (k == c) for c, row in zip(y, p, strict=True) for k in range(len(row))) / p.size
    ),
    RootMeanSquaredError: lambda y, p: math.sqrt(
        sum((row[k] - (k == c)) ** 2 for c, row in zip(y, p, strict=True) for k in range(len(row))) / p.size
    ),
}


@pytest.mark.parametrize("kind", PLAIN)
@given(seed=st.integers(0, 10_000))
def test_a_metric_of_class_numbers_has_its_plain_definition(kind: type[Metric], seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, p = rng.integers(0, 5, 30), rng.random((30, 5))
    metric = kind(k=2) if kind is TopKCategoricalAccuracy else kind()
    assert figure(metric, y, p, 11) == pytest.approx(PLAIN[kind](y, p), rel=1e-12)
