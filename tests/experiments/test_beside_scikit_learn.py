"""Matrix, scores, curves and values agree with scikit-learn on random data."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.experiments.confusion import scores, shares_of_actual, shares_of_predicted
from nnstudio.experiments.regression import value_scores
from nnstudio.experiments.roc import curves_of

metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")

CLASSES = (2, 3, 10, 47, 100)


def drawn(classes: int, seed: int, count: int = 2000) -> tuple[np.ndarray, np.ndarray]:
    """Return actual and predicted classes, half of them alike; some classes are rare, some never occur."""
    rng = np.random.default_rng((classes, seed))
    weights = rng.random(classes) ** 3 * (rng.random(classes) > 0.1)
    weights[:2] += 0.1
    actual, other = rng.choice(classes, (2, count), p=weights / weights.sum())
    return actual, np.where(rng.random(count) < 0.5, actual, other)


def counted(actual: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (actual, predicted), 1)
    return counts


@pytest.mark.parametrize("classes", CLASSES)
@pytest.mark.parametrize("seed", range(3))
def test_a_matrix_and_its_shares_agree(classes: int, seed: int) -> None:
    actual, predicted = drawn(classes, seed)
    counts, labels = counted(actual, predicted, classes), range(classes)
    assert np.array_equal(counts, metrics.confusion_matrix(actual, predicted, labels=labels))
    for ours, theirs in ((shares_of_actual, "true"), (shares_of_predicted, "pred")):
        expected = metrics.confusion_matrix(actual, predicted, labels=labels, normalize=theirs)
        np.testing.assert_allclose(np.nan_to_num(ours(counts)), expected, atol=1e-12)


@pytest.mark.parametrize("classes", CLASSES)
@pytest.mark.parametrize("seed", range(3))
def test_scores_and_their_means_agree(classes: int, seed: int) -> None:
    actual, predicted = drawn(classes, seed)
    found = scores(counted(actual, predicted, classes))
    present = np.flatnonzero(found.actual)
    for average, ours in (("macro", found.mean), ("weighted", found.weighted_mean)):
        *expected, _ = metrics.precision_recall_fscore_support(
            actual, predicted, labels=present, average=average, zero_division=0
        )
        assert [ours(name) for name in ("precision", "recall", "f1")] == pytest.approx(expected, abs=1e-12)
    *each, support = metrics.precision_recall_fscore_support(
        actual, predicted, labels=range(classes), zero_division=0
    )
    for ours_of_each, expected_of_each in zip((found.precision, found.recall, found.f1), each, strict=True):
        np.testing.assert_allclose(np.nan_to_num(ours_of_each), expected_of_each, atol=1e-12)
    assert np.array_equal(found.actual, support)


@pytest.mark.parametrize("levels", [0, 5, 20])
@pytest.mark.parametrize("seed", range(3))
def test_curves_and_the_areas_below_them_agree(levels: int, seed: int) -> None:
    rng = np.random.default_rng((levels, seed))
    positive = rng.random(1000) < 0.3
    chances = np.clip(rng.normal(0.4 + 0.2 * positive, 0.2), 0, 1)
    chances = np.round(chances * levels) / levels if levels else chances
    ours = curves_of(chances, positive)
    false_rate, recall, thresholds = metrics.roc_curve(positive, chances, drop_intermediate=False)
    np.testing.assert_allclose(ours.thresholds, thresholds[1:])
    np.testing.assert_allclose(ours.recall, recall[1:])
    np.testing.assert_allclose(ours.false_rate, false_rate[1:])
    precision = metrics.precision_recall_curve(positive, chances)[0]
    np.testing.assert_allclose(ours.precision, precision[-2::-1])
    assert ours.area == pytest.approx(metrics.roc_auc_score(positive, chances), abs=1e-12)
    assert ours.average_precision == pytest.approx(
        metrics.average_precision_score(positive, chances), abs=1e-12
    )


@pytest.mark.parametrize("outputs", [1, 3])
def test_values_agree(outputs: int) -> None:
    rng = np.random.default_rng(outputs)
    actual = rng.normal(50, 20, (500, outputs))
    predicted = actual + rng.normal(3, 8, (500, outputs))
    ours = value_scores(actual, predicted)
    assert ours.mae == pytest.approx(metrics.mean_absolute_error(actual, predicted))
    assert ours.rmse == pytest.approx(metrics.root_mean_squared_error(actual, predicted))
    assert ours.r2 == pytest.approx(metrics.r2_score(actual, predicted))
