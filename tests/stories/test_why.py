"""Why: from the worst cell of the matrix to an image, its map and what would change it, as a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.experiments.explaining.explanation import Explanation, Way
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand

pytestmark = pytest.mark.x11

PREDICTION = 3


def tool(place: QWidget, words: str) -> QAbstractButton:
    return next(one for one in place.findChildren(QAbstractButton) if one.text() == words and one.isVisible())


def test_from_the_worst_cell_to_what_would_have_to_change(
    qtbot: QtBot, workbench: Workbench, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar, tab, session = workbench.window.stages, workbench.prediction_tab, workbench.session
    hand.click(bar, bar.tabRect(PREDICTION).center())
    qtbot.waitUntil(lambda: tab.evaluation is not None)
    evaluation, matrix, explaining = tab.evaluation, tab.matrix.matrix, tab.explaining
    assert evaluation is not None
    wrong = evaluation.confusion * (1 - np.eye(10, dtype=int))
    row, column = map(int, np.unravel_index(wrong.argmax(), wrong.shape))
    found: list[Explanation] = []
    dialog = explaining.dialog
    dialog.desk.explained.connect(found.append)

    hand.click(matrix, matrix.rect_of(row, column).center())
    hand.click(tab.matrix.explain)
    qtbot.waitUntil(lambda: len(dialog.cell.tiles.tiles) == wrong[row, column])
    qtbot.waitUntil(dialog.isActiveWindow)
    hand.click(dialog.cell.tiles, dialog.cell.tiles.rect_of(1).center())
    qtbot.waitUntil(lambda: len(found) == 1)
    assert found[-1].question.subject.actual == row
    assert found[-1].predicted == found[-1].about == column

    hand.click(tool(dialog.sample, Way.GRADIENT))
    qtbot.waitUntil(lambda: len(found) == 2)
    view = dialog.sample.effects.map
    hand.click(view, QPoint(view.width() // 2, view.height() // 2))
    assert dialog.sample.effects.pointed.text().startswith("Row 15, column 15: ")

    hand.click(tool(dialog.sample, Way.CHANGE))
    qtbot.waitUntil(lambda: len(found) == 3)
    change = found[-1].change
    assert found[-1].about == row and change is not None
    snapshot = session.snapshot
    assert snapshot is not None
    x = session.dataset.scaler.apply(change.raw)[None]
    assert int(snapshot.predictor()(x)[0].argmax()) == row

    path = tmp_path / "why.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    hand.click(dialog.foot.save)
    assert QImage(str(path)).width() > 600
    hand.press("alt+Left")
    assert dialog.cell.isVisible()
    hand.press("Escape")
    qtbot.waitUntil(lambda: not dialog.isVisible())
