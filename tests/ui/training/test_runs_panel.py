"""The table of runs, their curves beside the present one, and the timeline, as a person uses them."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from nnstudio.experiments.run_facts import COLUMNS
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui.training.difference_dialog import DifferenceDialog
from nnstudio.ui.training.runs_panel import RunsPanel
from nnstudio.ui.training.runs_view import NAMES, RunsView, view_from
from nnstudio.ui.training.training_tab import TrainingTab
from nnstudio.ui.workbench import Workbench


@pytest.fixture
def tab(qtbot: QtBot, workbench: Workbench) -> TrainingTab:
    """The tab after two runs with different seeds."""
    workbench.window.stages.setCurrentIndex(2)
    session = workbench.session
    for seed in (3, 4):
        session.document.edit_plan("seed", replace(session.document.study.plan, seed=seed))
        session.train_or_pause()
        qtbot.waitUntil(lambda: session.run is not None and not session.running)
    qtbot.wait(50)
    return workbench.training_tab


def names(panel: RunsPanel) -> list[str]:
    return [run.name for run in panel.table.runs.runs]


def select(panel: RunsPanel, *wanted: str) -> None:
    panel.table.clearSelection()
    panel.table.choose([run.key for run in panel.table.runs.runs if run.name in wanted])


def check(qtbot: QtBot, panel: RunsPanel, name: str) -> None:
    """Press Space on a row."""
    select(panel, name)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)


def test_every_run_has_a_row_the_newest_first(tab: TrainingTab) -> None:
    assert names(tab.runs) == ["Run 2", "Run 1", "Example"]
    assert tab.runs.count.text() == "3 in this project"


def test_f2_renames_the_current_run_and_undo_gives_its_name_back(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    select(tab.runs, "Run 1")
    tab.runs.table.setFocus()
    qtbot.keyClick(tab.runs.table, Qt.Key.Key_F2)
    editor = tab.runs.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Wide")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [run.name for run in session.all_runs] == ["Example", "Wide", "Run 2"])
    assert session.project.modified
    session.document.undo_stack.undo()
    assert names(tab.runs) == ["Run 2", "Run 1", "Example"]


def test_delete_takes_the_selected_runs_away_in_one_step(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    select(tab.runs, "Run 1", "Example")
    qtbot.keyClick(tab.runs.table, Qt.Key.Key_Delete)
    assert names(tab.runs) == ["Run 2"]
    session.document.undo_stack.undo()
    assert names(tab.runs) == ["Run 2", "Run 1", "Example"]


def test_the_run_that_trains_cannot_be_deleted(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    session.train_more(500)
    tab.runs.show_runs()
    select(tab.runs, "Run 2")
    assert not tab.runs.remove.isEnabled()
    qtbot.keyClick(tab.runs.table, Qt.Key.Key_Delete)
    assert session.running
    assert "Run 2" in names(tab.runs)


def test_a_run_that_trains_is_called_running_until_it_is_paused(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    state = tab.runs.table.runs.index(0, [column.name for column in COLUMNS].index("outcome"))
    session.train_more(500)
    tab.runs.show_runs()
    assert state.data() == "running"
    session.train_or_pause()
    qtbot.waitUntil(lambda: not session.running)
    qtbot.waitUntil(lambda: state.data() == "paused")


def test_space_shows_the_curves_of_a_run_and_its_legend_hides_them(qtbot: QtBot, tab: TrainingTab) -> None:
    check(qtbot, tab.runs, "Run 1")
    others = tab.loss.plot.others
    (_, validation), *_ = others._items
    run = tab.runs.overlay[0]
    assert validation.isVisible()
    assert np.array_equal(validation.getData()[1], run.history.epochs.column("val_loss"))
    (key,) = tab.curves.legend.keys
    assert key.text() == "Run 1"
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    assert not validation.isVisible()
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    assert validation.isVisible()
    check(qtbot, tab.runs, "Run 1")
    assert not validation.isVisible()
    assert not tab.curves.legend.isVisible()


def test_lines_of_other_runs_are_made_once(qtbot: QtBot, tab: TrainingTab) -> None:
    check(qtbot, tab.runs, "Run 1")
    before = tab.loss.plot.others._lines[0]
    tab.curves.draw()
    assert tab.loss.plot.others._lines[0] is before


def test_a_click_on_a_head_sorts_and_another_turns_it_round_and_it_is_remembered(
    qtbot: QtBot, tab: TrainingTab, tmp_path: Path
) -> None:
    header = tab.runs.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(tab.runs) == ["Example", "Run 1", "Run 2"]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(tab.runs) == ["Run 2", "Run 1", "Example"]
    stored = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    assert view_from(stored.runs_view) == replace(RunsView(), sort="name", descending=True)


def test_a_column_is_hidden_and_shown_by_the_menu(tab: TrainingTab) -> None:
    number = NAMES.index("seed")
    action = next(one for one in tab.runs.columns.menu().actions() if one.property("column") == "seed")
    assert tab.runs.table.isColumnHidden(number)
    action.trigger()
    assert not tab.runs.table.isColumnHidden(number)
    action.trigger()
    assert tab.runs.table.isColumnHidden(number)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"hidden": 3}', '{"hidden": ["name"], "sort": "x"}'])
def test_preferences_that_mean_nothing_give_the_usual_table(text: str) -> None:
    assert view_from(text) == RunsView()


def test_two_selected_runs_are_compared(qtbot: QtBot, tab: TrainingTab) -> None:
    select(tab.runs, "Run 1")
    assert not tab.runs.compare.isEnabled()
    select(tab.runs, "Run 1", "Run 2")
    qtbot.mouseClick(tab.runs.compare, Qt.MouseButton.LeftButton)
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, DifferenceDialog))
    cells = [dialog.table.item(0, place).text() for place in range(4)]
    assert cells == ["Plan", "Seed", "4", "3"]
    dialog.close()


def test_the_table_is_saved_with_the_columns_that_are_shown(
    qtbot: QtBot, tab: TrainingTab, session: Session, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.told):
        tab.runs.save_csv(tmp_path / "runs")
    rows = list(csv.DictReader((tmp_path / "runs.csv").open()))
    assert [row["name"] for row in rows] == ["Run 2", "Run 1", "Example"]
    assert list(rows[0]) == [one.name for one in COLUMNS if one.name not in RunsView().hidden]


def test_the_timeline_goes_back_and_the_mark_the_words_and_the_predictions_follow(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    track = tab.timeline.track
    track.setFocus()
    qtbot.keyClick(track, Qt.Key.Key_Home)
    first = session.timeline.checkpoints[0]
    assert session.snapshot is not None
    assert np.array_equal(session.snapshot.parameters, first.parameters)
    assert tab.timeline.words.text() == "Epoch 0 of 2 predicts"
    assert tab.loss.plot.others.place.isVisible()
    qtbot.keyClick(track, Qt.Key.Key_Right)
    assert session.chosen is (session.timeline.checkpoints[1] if len(session.timeline) > 2 else None)
    qtbot.keyClick(track, Qt.Key.Key_End)
    assert session.chosen is None
    assert not tab.loss.plot.others.place.isVisible()


def test_a_click_on_the_track_and_keep_make_a_run_of_those_weights(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    track = tab.timeline.track
    qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(round(track.x_of(0.0)), 24))
    qtbot.mouseClick(tab.timeline.keep, Qt.MouseButton.LeftButton)
    assert "Run 2, epoch 0" in names(tab.runs)
    assert session.shown_run is not None
    assert session.shown_run.name == "Run 2, epoch 0"


def test_the_evaluation_is_that_of_the_epoch_looked_at(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    qtbot.waitUntil(lambda: session.evaluation is not None)
    newest = session.evaluation
    qtbot.keyClick(tab.timeline.track, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: session.evaluation is not newest)
    assert session.evaluation is not None
    assert newest is not None
    assert session.evaluation.loss != newest.loss
