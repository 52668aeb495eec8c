"""Any part of the data can be looked at; summary, gallery and matrix are of that part, and say so."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.experiments.part import Part, look_at
from nnstudio.ui.prediction.prediction_tab import PredictionTab


def choose(qtbot: QtBot, tab: PredictionTab, part: Part) -> None:
    box = tab.summary.parts
    with qtbot.waitSignal(tab._session.evaluated):
        qtbot.keyClick(box, Qt.Key.Key_Home)
        for _ in range(list(Part).index(part)):
            qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: tab._session.looked is not None and tab._session.looked.part is part)


@pytest.mark.parametrize(("part", "count"), [(Part.TRAINING, 3200), (Part.VALIDATION, 800)])
def test_a_person_looks_at_another_part(tab: PredictionTab, qtbot: QtBot, part: Part, count: int) -> None:
    choose(qtbot, tab, part)
    session = tab._session
    assert session.evaluation is not None and session.looked is not None
    assert tab.summary.text.startswith(f"MNIST sample, {part.lower()} images, Right ")
    assert f" of {count:,}," in tab.summary.text
    assert int(session.evaluation.confusion.sum()) == count
    assert (session.evaluation.actual == session.looked.samples.y).all()
    assert len(tab.gallery.model.samples) == (~session.evaluation.right).sum()
    choose(qtbot, tab, Part.TEST)
    assert " of 1,000," in tab.summary.text


def test_a_bounded_part_says_how_many_of_all_it_has(digits: Dataset) -> None:
    looked = look_at(digits, Part.TRAINING, 0.0)
    assert looked is not None and looked.complete and looked.bounded(4000) is looked
    some = looked.bounded(500)
    assert len(some.samples) == 500 and some.name == "MNIST sample, training, first 500 of 4,000"


def test_without_a_validation_share_nothing_validates(digits: Dataset) -> None:
    assert look_at(digits, Part.VALIDATION, 0.0) is None


def test_cancelled_work_leaves_the_results_from_before(tab: PredictionTab, qtbot: QtBot) -> None:
    session, before = tab._session, tab._session.evaluation
    session.evaluate_part(Part.TRAINING)
    session.cancel_evaluation()
    qtbot.waitUntil(lambda: session.evaluation_progress is None)
    assert session.evaluation is before and session.part is Part.TEST


def test_samples_that_validate_are_numbered_behind_those_that_train(digits: Dataset) -> None:
    looked = look_at(digits, Part.VALIDATION, 0.2)
    assert looked is not None
    rows = looked.samples.numbers
    assert rows is not None and len(rows) == 800
    np.testing.assert_array_equal(digits.training.x[rows[:3]], looked.samples.x[:3])
