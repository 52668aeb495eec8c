"""One click tests the network on a person's own drawings."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.drawings import add_drawing
from nnstudio.data.strokes import Stroke
from nnstudio.session.drawing_test import DrawingScore
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


def test_without_drawings_of_its_classes_it_says_what_to_do(tab: PredictionTab, qtbot: QtBot) -> None:
    add_drawing([Stroke(ZERO, 22.0)], "cat")
    with qtbot.waitSignal(tab._session.failed) as failed:
        tab._session.drawing_test.start()
    assert "found none" in failed.args[1]


def test_the_commonest_mistakes_are_told() -> None:
    mistakes = (("4", "9"), ("7", "1"), ("4", "9"))
    assert DrawingScore(10, 7, mistakes).words == "7 of 10 of my drawings right. Wrong: 4 as 9 (2), 7 as 1."
    assert DrawingScore(2, 2).words == "2 of 2 of my drawings right."
