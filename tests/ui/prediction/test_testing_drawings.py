"""One click tests the network on a person's own drawings."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.drawings import add_drawing
from nnstudio.data.scaler import PIXELS
from nnstudio.data.strokes import Stroke
from nnstudio.data.watch import UNWATCHED
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.losses import BinaryCrossentropy
from nnstudio.engine.network import Network
from nnstudio.experiments.evaluation import classes_at
from nnstudio.session.drawing_test import DrawingScore, _score
from nnstudio.ui.prediction.prediction_tab import PredictionTab

ZERO = np.array([(140 + 65 * math.cos(a / 6), 140 + 100 * math.sin(a / 6)) for a in range(40)])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def test_a_click_says_how_many_drawings_are_right(tab: PredictionTab, qtbot: QtBot) -> None:
    for label in ("0", "0", "7", "cat"):
        add_drawing([Stroke(ZERO, 22.0)], label)
    tab._session.sketchbook.count()
    qtbot.waitUntil(tab.pad.keep.test.isVisible)
    qtbot.mouseClick(tab.pad.keep.test, Qt.MouseButton.LeftButton)
    words = "2 of 3 of my drawings right. Wrong: 7 as 0."
    qtbot.waitUntil(lambda: tab.pad.keep.note.text() == words)


def test_drawings_of_two_classes_are_read_by_the_threshold_that_was_chosen(
    tab: PredictionTab, qtbot: QtBot
) -> None:
    """Above 0 nothing is below, and above 1 nothing is: whatever the network says of the drawing."""
    test = tab._session.drawing_test
    outputs = np.array([[0.3], [0.7]], np.float32)
    assert classes_at(outputs, 0.5).tolist() == [0, 1] and classes_at(outputs, 0.5, 0.2).tolist() == [1, 1]
    add_drawing([Stroke(ZERO, 22.0)], "0")
    names, snapshot = ("0", "1"), two_class_network().snapshot()
    for threshold, right in ((1.0, 1), (0.0, 0)):
        tab.pad.show_threshold(threshold)
        assert test._threshold == threshold
        score = _score(snapshot, PIXELS, names, threshold, UNWATCHED)
        assert (score.count, score.right) == (1, right)


def two_class_network() -> Network:
    design = design_of(Flatten(), Dense(1, activation="sigmoid"))
    return Network(replace(design, loss=BinaryCrossentropy()), (28, 28))


def test_without_drawings_of_its_classes_it_says_what_to_do(tab: PredictionTab, qtbot: QtBot) -> None:
    add_drawing([Stroke(ZERO, 22.0)], "cat")
    with qtbot.waitSignal(tab._session.failed) as failed:
        tab._session.drawing_test.start()
    assert "found none" in failed.args[1]


def test_the_commonest_mistakes_are_told() -> None:
    mistakes = (("4", "9"), ("7", "1"), ("4", "9"))
    assert DrawingScore(10, 7, mistakes).words == "7 of 10 of my drawings right. Wrong: 4 as 9 (2), 7 as 1."
    assert DrawingScore(2, 2).words == "2 of 2 of my drawings right."
