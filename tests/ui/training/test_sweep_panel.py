"""The panel of a sweep below the curves, as a person uses it while it runs and afterwards."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from nnstudio.experiments.sweep.report import TrialState
from nnstudio.experiments.sweep.running import SweepPhase
from nnstudio.session.session import Session
from nnstudio.ui.training.results_area import ResultsArea
from nnstudio.ui.training.sweep_panel import RUNS, SWEEP, SweepPanel
from nnstudio.ui.training.training_tab import TrainingTab
from nnstudio.ui.workbench import Workbench
from tests.session.sweeping import ToldSweep, small_sweep

LEFT = Qt.MouseButton.LeftButton
WHY = "The loss is no number any more."


@pytest.fixture
def tab(workbench: Workbench) -> TrainingTab:
    workbench.window.stages.setCurrentIndex(2)
    return workbench.training_tab


@pytest.fixture
def told(tab: TrainingTab, session: Session) -> ToldSweep:
    """A sweep with a trial that is done, one that failed and one that trains."""
    told = ToldSweep(small_sweep(), session.dataset)
    session.sweeps.begin(told)  # type: ignore[arg-type]
    told.tell(1, TrialState.FINISHED, loss=0.5)
    told.tell(2, TrialState.FAILED, loss=9.0, sentence=WHY)
    told.tell(3, TrialState.TRAINING, loss=0.7)
    return told


@pytest.fixture
def panel(qtbot: QtBot, tab: TrainingTab, told: ToldSweep) -> SweepPanel:
    look(qtbot, tab)
    return tab.results.sweep


def look(qtbot: QtBot, tab: TrainingTab) -> None:
    for _ in range(2):
        with qtbot.waitSignal(tab._session.sweeps.progressed):
            pass


def column(panel: SweepPanel, title: str) -> list[str]:
    model = panel.table.trials
    place = [one.title for one in model.columns].index(title)
    return [model.data(model.index(row, place)) for row in range(model.rowCount())]


def click_row(qtbot: QtBot, panel: SweepPanel, row: int) -> None:
    rect = panel.table.visualRect(panel.table.trials.index(row, 1))
    qtbot.mouseClick(panel.table.viewport(), LEFT, pos=rect.center())


def click_head(qtbot: QtBot, panel: SweepPanel, place: int) -> None:
    header = panel.table.horizontalHeader()
    x = header.sectionViewportPosition(place) + 20
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(x, header.height() // 2))


def segment(area: ResultsArea, words: str) -> QAbstractButton:
    return next(one for one in area.findChildren(QAbstractButton) if one.text() == words and one.isVisible())


def legend(tab: TrainingTab) -> list[str]:
    return [run.name for run in tab.curves.legend.runs]


def test_a_sweep_that_begins_is_shown_with_a_row_per_trial(tab: TrainingTab, panel: SweepPanel) -> None:
    assert tab.results.page == SWEEP
    assert column(panel, "Units") == ["8", "16", "24"]
    assert column(panel, "State") == ["done, the best", f"failed: {WHY}", "training, 50 %"]
    assert "2 of 3 trials over, 1 failed" in panel.stand.text()


@pytest.mark.parametrize(("height", "seen"), [(660, False), (960, True)])
def test_curves_keep_their_room_beside_a_sweep_in_a_low_window(
    qtbot: QtBot, tab: TrainingTab, panel: SweepPanel, height: int, seen: bool
) -> None:
    tab.window().resize(1280, height + tab.window().height() - tab.height())
    qtbot.waitUntil(lambda: abs(tab.height() - height) < 40)
    qtbot.wait(60)
    assert tab.notices.isVisible() == seen
    tab.results.show_page(RUNS)
    assert tab.notices.isVisible()


def test_what_trains_and_the_best_are_drawn_and_what_is_selected(
    qtbot: QtBot, tab: TrainingTab, panel: SweepPanel
) -> None:
    assert legend(tab) == ["Trial 1", "Trial 3"]
    click_row(qtbot, panel, 1)
    assert legend(tab) == ["Trial 1", "Trial 2", "Trial 3"]
    qtbot.mouseClick(segment(tab.results, RUNS), LEFT)
    assert tab.results.page == RUNS and legend(tab) == []
    qtbot.mouseClick(segment(tab.results, SWEEP), LEFT)
    assert legend(tab) == ["Trial 1", "Trial 2", "Trial 3"]


def test_live_curves_grow_without_new_buttons_in_the_legend(
    qtbot: QtBot, tab: TrainingTab, panel: SweepPanel, told: ToldSweep
) -> None:
    keys = list(tab.curves.legend.keys)
    told.tell(3, TrialState.TRAINING, loss=0.3)
    look(qtbot, tab)
    assert tab.curves.legend.keys == keys
    assert tab.curves.legend.runs[1].history is told.reports[2].history


def test_a_failed_trial_says_why_and_its_settings_can_still_be_used(
    qtbot: QtBot, panel: SweepPanel, session: Session
) -> None:
    session.document.edit_design("other", small_sweep().trials()[2].study.design)
    click_row(qtbot, panel, 1)
    assert WHY in panel.said.text()
    qtbot.mouseClick(panel.use, LEFT)
    assert session.document.design.layers[1].units == 16  # type: ignore[attr-defined]
    session.document.undo_stack.undo()
    assert session.document.design.layers[1].units == 24  # type: ignore[attr-defined]


def test_enter_takes_the_settings_of_the_best_trial(
    qtbot: QtBot, panel: SweepPanel, session: Session
) -> None:
    qtbot.mouseClick(panel.best, LEFT)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert session.document.undo_stack.undoText() == "use trial 1: units 8"
    session.document.undo_stack.undo()
    assert not session.document.undo_stack.canUndo()


def test_a_click_on_a_head_sorts_and_the_selection_goes_along(qtbot: QtBot, panel: SweepPanel) -> None:
    QAbstractItemModelTester(panel.table.trials, QAbstractItemModelTester.FailureReportingMode.Fatal)
    click_row(qtbot, panel, 1)
    click_head(qtbot, panel, 1)
    click_head(qtbot, panel, 1)
    assert column(panel, "Units") == ["24", "16", "8"]
    click_head(qtbot, panel, 2)
    assert column(panel, "Units") == ["8", "24", "16"]  # by the loss
    assert [one.trial.number for one in panel.table.chosen] == [2]


def test_pause_go_on_and_cancel_by_their_buttons(
    qtbot: QtBot, tab: TrainingTab, panel: SweepPanel, told: ToldSweep
) -> None:
    qtbot.mouseClick(panel.hold, LEFT)
    assert told.phase is SweepPhase.PAUSED and panel.hold.text() == "Go on"
    assert "paused" in panel.stand.text()
    qtbot.mouseClick(panel.hold, LEFT)
    assert told.phase is SweepPhase.RUNNING and panel.hold.text() == "Pause"
    qtbot.mouseClick(panel.end, LEFT)
    qtbot.waitUntil(panel.leave.isVisible)
    assert told.calls == ["start", "pause", "go on", "cancel"]
    qtbot.mouseClick(panel.leave, LEFT)
    assert tab.results.page == RUNS and tab.results.begin.isEnabled()


def test_while_a_training_runs_the_panel_says_that_the_sweep_waits(
    qtbot: QtBot, tab: TrainingTab, panel: SweepPanel, session: Session
) -> None:
    session.train()
    qtbot.waitUntil(lambda: "waits until the training holds" in panel.stand.text())
    qtbot.waitUntil(lambda: not session.running)


def test_the_stage_and_the_title_tell_how_far_the_sweep_is(
    qtbot: QtBot, workbench: Workbench, tab: TrainingTab, panel: SweepPanel
) -> None:
    assert workbench.window.windowTitle().startswith("83 % - ")
    told = panel._session.sweeps.run
    assert told is not None
    told.end()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not workbench.window.windowTitle().startswith("83 %"))


def test_the_results_are_saved_as_a_table(qtbot: QtBot, panel: SweepPanel, tmp_path: Path) -> None:
    panel.save_csv(tmp_path / "sweep.csv")
    qtbot.waitUntil((tmp_path / "sweep.csv").exists)
    rows = list(csv.DictReader((tmp_path / "sweep.csv").open()))
    assert [row["layers.1.units"] for row in rows] == ["8.0", "16.0", "24.0"]
    assert [row["val_loss"] for row in rows] == ["0.5", "9.0", "0.7"]


def test_curves_are_drawn_where_nothing_was_trained_before(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    session.reset()
    assert tab.curves.tools.isHidden()
    told = ToldSweep(small_sweep(), session.dataset)
    session.sweeps.begin(told)  # type: ignore[arg-type]
    told.tell(1, TrialState.TRAINING, loss=0.5)
    look(qtbot, tab)
    assert legend(tab) == ["Trial 1"]
    assert tab.curves.loss.isVisible()
