"""The worst mistake: from its cell to its images, to a drawing of them and a picture to keep."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from nnstudio.ui.prediction.keep_menu import KeepMenu
from nnstudio.ui.prediction.large_view import LargeView
from nnstudio.ui.prediction.sample_filter import ALL, SampleFilter
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand

pytestmark = pytest.mark.x11

PREDICTION = 3


def test_from_the_worst_cell_to_a_picture_of_it(
    qtbot: QtBot, workbench: Workbench, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar, tab, session = workbench.window.stages, workbench.prediction_tab, workbench.session
    hand.click(bar, bar.tabRect(PREDICTION).center())
    qtbot.waitUntil(lambda: session.evaluation is not None)
    evaluation = session.evaluation
    assert evaluation is not None
    wrong = evaluation.confusion * (1 - np.eye(10, dtype=int))
    row, column = (int(index) for index in np.unravel_index(wrong.argmax(), wrong.shape))

    # Click the worst cell, and add the same mistake the other way round.
    matrix = tab.matrix.matrix
    hand.click(matrix, matrix.rect_of(row, column).center())
    assert tab.filter == SampleFilter.at((row, column))
    assert len(tab.gallery.model.samples) == wrong[row, column]
    hand.click(matrix, matrix.rect_of(column, row).center(), modifier="ctrl")
    assert tab.filter == SampleFilter.at((row, column), (column, row))
    assert len(tab.gallery.model.samples) == wrong[row, column] + wrong[column, row]

    # Look at the images in large, one after the other.
    view = tab.gallery.view
    hand.click(view.viewport(), view.visualRect(view.model().index(0, 0)).center())
    hand.press("Return")
    large = workbench.window.findChild(LargeView)
    assert large is not None and large.isVisible()
    qtbot.waitUntil(large.isActiveWindow)
    hand.press("Right")
    assert large.sample == tab.gallery.model.samples[1] == tab.gallery.chosen
    hand.press("Escape")
    qtbot.waitUntil(lambda: not workbench.window.findChildren(LargeView))
    qtbot.waitUntil(workbench.window.isActiveWindow)

    # Draw one, and see it predicted.
    pad = tab.pad.pad
    centre, radius = pad.rect().center(), pad.width() * 0.3
    circle = [
        (pad, centre + QPoint(round(0.7 * radius * math.sin(at)), round(-radius * math.cos(at))))
        for at in np.linspace(0, 2 * math.pi, 17)
    ]
    hand.drag(circle)
    qtbot.waitUntil(lambda: tab.pad.guess.name == "0")

    # Save the picture of the matrix by its menu.
    target = tmp_path / "worst.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    keep = tab.matrix.findChild(KeepMenu)
    assert isinstance(keep, KeepMenu | QToolButton)
    hand.click(keep)
    menu = keep.menu()
    qtbot.waitUntil(menu.isVisible)
    hand.click(menu, menu.actionGeometry(menu.actions()[0]).center())
    qtbot.waitUntil(target.exists)
    assert QImage(str(target)).width() > 400

    # The keyboard shows everything again.
    hand.click(matrix, matrix.rect_of(row, row).center())
    hand.press("Escape")
    assert tab.filter == ALL
