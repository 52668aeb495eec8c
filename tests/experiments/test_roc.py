"""ROC: the curves of two classes agree with what counting pair by pair gives, ties and all."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.roc import ThresholdCurves, curves_of, curves_of_evaluation
from nnstudio.task import DataFacts, Task

COINS = DataFacts("Coins", (3,), Task.TWO_CLASSES, ("heads", "tails"))


def drawn(seed: int, count: int = 300, levels: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return scores that know something of the class; ``levels`` makes ties."""
    rng = np.random.default_rng(seed)
    positive = rng.random(count) < 0.3
    scores = np.clip(rng.normal(0.4 + 0.2 * positive, 0.2), 0, 1).astype(np.float32)
    return (np.round(scores * levels) / np.float32(levels) if levels else scores), positive


def chance_of_order(scores: np.ndarray, positive: np.ndarray) -> float:
    """How often a positive sample scores above a negative one, a tie being half of that, pair by pair."""
    apart = scores[positive][:, None].astype(float) - scores[~positive][None, :]
    return float((apart > 0).mean() + (apart == 0).mean() / 2)


def by_counting(scores: np.ndarray, positive: np.ndarray, threshold: float) -> tuple[float, float, float]:
    """Recall, false positive rate and precision, straight from their definitions."""
    taken = scores > threshold
    hits = int((taken & positive).sum())
    precision = hits / taken.sum() if taken.any() else 1.0
    return hits / positive.sum(), int((taken & ~positive).sum()) / (~positive).sum(), precision


CASES = [(seed, levels) for seed in range(4) for levels in (0, 3, 10)]


@pytest.mark.parametrize(("seed", "levels"), CASES)
def test_the_area_is_the_chance_that_a_positive_sample_scores_higher(seed: int, levels: int) -> None:
    scores, positive = drawn(seed, levels=levels)
    assert curves_of(scores, positive).area == pytest.approx(chance_of_order(scores, positive), abs=1e-12)


@pytest.mark.parametrize(("seed", "levels"), CASES)
def test_the_point_at_any_threshold_is_what_counting_gives(seed: int, levels: int) -> None:
    scores, positive = drawn(seed, levels=levels)
    curves = curves_of(scores, positive)
    for threshold in (-1.0, 0.0, 0.2, 1 / 3, 0.5, 0.7, 1.0, 2.0, float(scores[7])):
        recall, false_rate, precision = by_counting(scores, positive, threshold)
        assert curves.roc_point(threshold) == pytest.approx((false_rate, recall))
        assert curves.precision_point(threshold) == pytest.approx((recall, precision))


@pytest.mark.parametrize(("seed", "levels"), CASES)
def test_average_precision_is_the_sum_over_all_different_scores(seed: int, levels: int) -> None:
    scores, positive = drawn(seed, levels=levels)
    total, before = 0.0, 0.0
    for score in sorted(set(scores.tolist()), reverse=True):
        taken = scores >= np.float32(score)
        recall = float((taken & positive).sum() / positive.sum())
        total += (recall - before) * float((taken & positive).sum() / taken.sum())
        before = recall
    assert curves_of(scores, positive).average_precision == pytest.approx(total)


def f1_at(curves: ThresholdCurves, threshold: float) -> float:
    recall, precision = curves.precision_point(threshold)
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


@pytest.mark.parametrize(("seed", "levels"), CASES)
def test_no_threshold_has_a_higher_f1_than_the_best(seed: int, levels: int) -> None:
    scores, positive = drawn(seed, levels=levels)
    curves = curves_of(scores, positive)
    assert curves.best_threshold is not None
    most = max(f1_at(curves, float(threshold)) for threshold in np.linspace(-0.01, 1, 500))
    assert f1_at(curves, curves.best_threshold) >= most - 1e-12


def test_equal_scores_for_all_tell_nothing() -> None:
    curves = curves_of(np.full(6, 0.5), np.arange(6) % 2 == 0)
    assert curves.area == 0.5 and len(curves.thresholds) == 1


@pytest.mark.parametrize("positive", [np.zeros(4, bool), np.ones(4, bool), np.empty(0, bool)])
def test_one_class_alone_has_no_curves(positive: np.ndarray) -> None:
    curves = curves_of(np.linspace(0, 1, len(positive)), positive)
    assert not curves.complete and np.isnan(curves.area) and curves.best_threshold is None


def test_what_is_not_a_number_is_left_out() -> None:
    scores = np.array([0.9, np.nan, 0.1, 0.4])
    curves = curves_of(scores, np.array([True, True, False, True]))
    assert (curves.positives, curves.negatives, curves.area) == (2, 1, 1.0)


def evaluation(outputs: np.ndarray, actual: np.ndarray) -> Evaluation:
    return Evaluation("test", COINS, outputs, actual.astype(np.int64), np.zeros(len(actual)), 1.0, 0.1)


@pytest.mark.parametrize("outputs_of", [lambda p: p[:, None], lambda p: np.stack((1 - p, p), axis=1)])
def test_a_threshold_moves_classes_matrix_and_accuracy_but_no_probability(outputs_of) -> None:  # type: ignore[no-untyped-def]
    scores, positive = drawn(5)
    plain = evaluation(outputs_of(scores), positive)
    moved = plain.at(0.3)
    expected = scores > np.float32(0.3)
    np.testing.assert_array_equal(moved.predicted, expected)
    assert moved.confusion[1, 1] == (expected & positive).sum()
    assert moved.confusion.sum() == len(positive)
    assert moved.accuracy == pytest.approx((expected == positive).mean())
    np.testing.assert_allclose(moved.sureness, np.where(expected, scores, 1 - scores), rtol=1e-5)
    assert moved.at(None).predicted.tolist() == plain.predicted.tolist()
    recall = curves_of_evaluation(moved).roc_point(0.3)[1]
    assert recall == pytest.approx(moved.confusion[1, 1] / positive.sum())
