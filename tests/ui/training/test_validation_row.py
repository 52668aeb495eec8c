"""The choice of what validates in the plan panel: a share, a file of its own, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea
from pytestqt.qtbot import QtBot

from nnstudio.session import validation_edits as edits
from nnstudio.session.session import Session
from nnstudio.ui.training.plan_panel import PlanPanel
from nnstudio.ui.training.validation_row import FILE, NOTHING, SHARE
from nnstudio.ui.widgets import scrolled
from tests.data.makers import write_npz

WIDTH_PX = 304
KEYS = {SHARE: Qt.Key.Key_Home, NOTHING: Qt.Key.Key_Down, FILE: Qt.Key.Key_End}


@pytest.fixture
def area(qtbot: QtBot, session: Session) -> Iterator[QScrollArea]:
    area = scrolled(PlanPanel(session))
    qtbot.addWidget(area)
    area.resize(WIDTH_PX, 600)
    area.show()
    qtbot.waitExposed(area)
    yield area


@pytest.fixture
def panel(area: QScrollArea) -> PlanPanel:
    panel = area.widget()
    assert isinstance(panel, PlanPanel)
    return panel


def press(qtbot: QtBot, panel: PlanPanel, choice: str) -> None:
    """Choose with the keyboard."""
    qtbot.keyClick(panel.validation.box, KEYS[choice])


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    found = (str(path or ""), "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: found))


def test_a_file_is_chosen_shown_and_undone(
    qtbot: QtBot, panel: PlanPanel, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, share = panel.validation, panel.plan.rows["validation_split"]
    assert row.box.currentText() == SHARE and share.isVisible() and not row.choose_button.isVisible()
    answer(monkeypatch, write_npz(tmp_path / "mine.npz"))
    with qtbot.waitSignal(session.dataset_changed):
        press(qtbot, panel, FILE)
    assert session.document.study.recipe.split.validation_path.endswith("mine.npz")
    assert row.box.currentText() == FILE and row.name.text() == "mine.npz" and row.name.isVisible()
    assert not share.isVisible()
    session.document.undo_stack.undo()
    assert row.box.currentText() == SHARE and share.isVisible() and not row.name.isVisible()


def test_giving_up_the_choice_of_a_file_leaves_all_as_it_was(
    qtbot: QtBot, panel: PlanPanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = session.document.study
    answer(monkeypatch, None)
    press(qtbot, panel, FILE)
    assert panel.validation.box.currentText() == SHARE and session.document.study == before


def test_a_file_that_does_not_fit_leaves_the_share(
    qtbot: QtBot, panel: PlanPanel, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "none.npz")
    with qtbot.waitSignal(session.failed):
        press(qtbot, panel, FILE)
    qtbot.waitUntil(lambda: panel.validation.box.currentText() == SHARE)
    assert panel.plan.rows["validation_split"].isVisible()


def test_nothing_validates_until_a_share_does_again(qtbot: QtBot, panel: PlanPanel, session: Session) -> None:
    document, before = session.document, session.document.study
    press(qtbot, panel, NOTHING)
    assert document.study.plan.validation_split == 0.0 and panel.validation.box.currentText() == NOTHING
    press(qtbot, panel, SHARE)
    assert document.study.plan.validation_split == 0.2
    document.undo_stack.setIndex(0)
    assert document.study == before and panel.validation.box.currentText() == SHARE


def test_it_has_room_in_the_panel(
    qtbot: QtBot, area: QScrollArea, panel: PlanPanel, session: Session, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        edits.validate_with_file(session, write_npz(tmp_path / f"{'long_' * 20}.npz"))
    qtbot.waitUntil(panel.validation.name.isVisible)
    for field in panel.validation.fields:
        assert field.mapTo(panel, field.rect().topRight()).x() < area.viewport().width()
    assert panel.minimumSizeHint().width() <= area.viewport().width()
