"""The lesson on the label bug shows what really comes out of both comparisons."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.label_bug import label_bug
from nnstudio.task import DataFacts, Task


def facts(classes: int) -> DataFacts:
    names = tuple(f"class {index}" for index in range(classes))
    return DataFacts("made up", (4,), Task.MANY_CLASSES if classes else Task.REGRESSION, names)


def evaluation(y: np.ndarray, classes: int, wrong: int) -> Evaluation:
    outputs = np.eye(classes, dtype=np.float32)[
        np.where(np.arange(len(y)) < len(y) - wrong, y, (y + 1) % classes)
    ]
    return Evaluation("Test", facts(classes), outputs, y, np.zeros(len(y)), 1, 0.0)


@pytest.mark.parametrize("classes", [2, 3, 4, 5, 6, 10, 100])
@pytest.mark.parametrize("wrong", [0, 1, 20])
def test_the_wrong_comparison_gives_0_right_and_1_wrong_whatever_was_predicted(
    classes: int, wrong: int
) -> None:
    y = np.arange(20) % classes
    lesson = label_bug(facts(classes), y, evaluation(y, classes, wrong))
    assert lesson.wrong_counts == (0, 1)
    assert lesson.right_counts == {0: (n := len(lesson.samples), 0), 1: (n - 1, 1), 20: (0, n)}[wrong]
    assert "could not be broadcast" in lesson.refusal and f"({n},{classes})" in lesson.refusal
    assert lesson.actual.tolist() == y[list(lesson.samples)].tolist()


def test_without_a_network_that_fits_one_mistake_is_made_up_and_told() -> None:
    lesson = label_bug(facts(3), np.arange(9) % 3, None)
    assert lesson.made_up and lesson.right_counts == (4, 1) and lesson.wrong_counts == (0, 1)


@pytest.mark.parametrize("classes,y", [(0, np.zeros((9, 1), np.float32)), (3, np.zeros(0, np.int64))])
def test_data_without_classes_or_samples_leave_a_lesson_on_made_up_labels(
    classes: int, y: np.ndarray
) -> None:
    lesson = label_bug(facts(classes), y, None)
    assert lesson.made_up and not lesson.samples and lesson.right_counts == (4, 1)


def test_one_sample_is_enough() -> None:
    assert label_bug(facts(3), np.array([1]), None).right_counts == (0, 1)
