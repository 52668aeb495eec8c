"""Other data never change the design; one button makes it fit, and one undo takes that back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import recipe_of
from nnstudio.data.sources import Moons
from nnstudio.ui.fit_notice import FitNotice
from nnstudio.ui.workbench import Workbench


@pytest.fixture
def notices(qtbot: QtBot, workbench: Workbench) -> list[FitNotice]:
    """The notices of all tabs, after other data were opened."""
    workbench.session.choose_recipe(recipe_of(Moons(count=100)))
    qtbot.waitUntil(lambda: workbench.session.dataset.name == "Moons")
    return workbench.window.findChildren(FitNotice)


def test_the_design_stays_and_every_tab_offers_the_fix(
    workbench: Workbench, notices: list[FitNotice]
) -> None:
    document = workbench.session.document
    assert document.undo_stack.count() == 1 and document.design.layers[-1].units == 10  # type: ignore[attr-defined]
    assert len(notices) == 3
    for stage, page in ((0, workbench.data_tab), (1, workbench.model_tab), (2, workbench.training_tab)):
        workbench.window.stages.setCurrentIndex(stage)
        (notice,) = page.findChildren(FitNotice)
        assert notice.isVisible() and "Moons has 2 classes" in notice.words.text()
        assert notice.button.text() == "Fit the output and loss: Dense 1, sigmoid, binary crossentropy"


def test_one_press_fits_and_one_undo_takes_it_back(
    qtbot: QtBot, workbench: Workbench, notices: list[FitNotice]
) -> None:
    document = workbench.session.document
    before = document.design
    shown = workbench.data_tab.notice
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    assert document.report.problems == () and not document.obstacle
    assert not any(notice.isVisibleTo(notice.parentWidget()) for notice in notices)
    assert document.undo_stack.undoText().startswith("fit the output and loss")
    document.undo_stack.undo()
    assert document.design == before and shown.isVisible()
    document.undo_stack.undo()
    assert workbench.session.dataset.name == "MNIST sample" and not shown.isVisible()
