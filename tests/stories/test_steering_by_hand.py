"""Steering a training by mouse and keyboard: overfit, pause and predict, diverge, compare, go back."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.engine.optimizers import SGD
from nnstudio.experiments.marks import MarkKind
from nnstudio.formats.keras_files import read_model
from nnstudio.session.session import Session
from nnstudio.session.steering_table import Stand
from nnstudio.ui.export.export_dialog import ExportDialog
from nnstudio.ui.export.exported_dialog import ExportedDialog
from nnstudio.ui.settings_form import SettingsForm
from nnstudio.ui.training.difference_dialog import DifferenceDialog
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand

pytestmark = [pytest.mark.x11, pytest.mark.timeout(150)]

TRAINING, PREDICTION = 2, 3
Story = tuple[QtBot, Workbench, Hand]


@pytest.fixture
def story(qtbot: QtBot, workbench: Workbench, hand: Hand) -> Story:
    """The Training tab, before anything was trained here."""
    go_to(hand, workbench, TRAINING)
    return qtbot, workbench, hand


def go_to(hand: Hand, workbench: Workbench, stage: int) -> None:
    bar = workbench.window.stages
    hand.click(bar, bar.tabRect(stage).center())
    assert bar.currentIndex() == stage


def write(hand: Hand, form: SettingsForm, name: str, words: str) -> None:
    """Type a value over that of a setting."""
    hand.click(form.editor(name).field, QPoint(20, 14))
    hand.press("ctrl+a")
    hand.type(words)
    hand.press("Return")


def wait_for(qtbot: QtBot, session: Session, stand: Stand) -> None:
    qtbot.waitUntil(lambda: session.stand is stand)
    qtbot.wait(300)  # what follows from it is on its way


def wait(qtbot: QtBot, reached: Callable[[], bool]) -> None:
    qtbot.waitUntil(reached)


def visible(parent: QWidget, words: str) -> QAbstractButton:
    buttons = parent.findChildren(QAbstractButton)
    return next(one for one in buttons if one.text().startswith(words) and one.isVisible())


def test_a_network_overfits_and_its_best_epoch_is_one_click_away(story: Story) -> None:
    qtbot, workbench, hand = story
    session, tab = workbench.session, workbench.training_tab
    for name, words in (("epochs", "30"), ("validation_split", "0.9")):
        write(hand, tab.plan.plan, name, words)
    write(hand, tab.plan.rate, "learning_rate", "0.01")
    assert session.document.study.plan.validation_split == 0.9
    hand.press("F5")
    wait_for(qtbot, session, Stand.FINISHED)
    assert session.run is not None and session.history is not None
    epochs = session.run.history.epochs
    checked, learnt = epochs.column("val_loss"), epochs.column("loss")
    best = int(checked.argmin())
    assert best < len(checked) - 1 and checked[-1] > 1.05 * checked[best]  # validation has turned
    assert learnt[-1] < 0.5 * learnt[best]  # while the training goes on getting better
    hand.click(tab.timeline.best)
    assert session.chosen is session.timeline.best is not None
    assert session.chosen.position == best + 1
    wait(qtbot, lambda: session.evaluation is not None and session.evaluation.epoch == best + 1)


def test_a_pause_a_drawing_and_another_learning_rate_leave_one_run(story: Story) -> None:
    qtbot, workbench, hand = story
    session, tab = workbench.session, workbench.training_tab
    write(hand, tab.plan.plan, "epochs", "2000")
    hand.press("F5")
    wait(qtbot, lambda: session.run is not None and session.run.progress.epoch >= 3)
    hand.press("F5")
    wait_for(qtbot, session, Stand.PAUSED)
    run = session.run
    assert run is not None
    held = run.progress.done
    go_to(hand, workbench, PREDICTION)
    pad = workbench.prediction_tab.pad.pad
    middle, radius = pad.rect().center(), 0.28 * pad.width()
    turns = np.linspace(0.0, 2 * math.pi, 17)
    ring = [
        middle + QPoint(round(0.75 * radius * math.sin(turn)), round(-radius * math.cos(turn)))
        for turn in turns
    ]
    hand.drag([(pad, point) for point in ring])
    qtbot.waitUntil(lambda: workbench.prediction_tab.pad.guess.name == "0")
    go_to(hand, workbench, TRAINING)
    assert run.progress.done == held
    write(hand, tab.plan.rate, "learning_rate", "0.0002")
    hand.press("F5")
    wait(qtbot, lambda: run.progress.done > held + 50)
    hand.press("F5")
    wait_for(qtbot, session, Stand.PAUSED)
    rates, iterations = (run.history.steps.column(name) for name in ("learning_rate", "iteration"))
    assert session.run is run and iterations.tolist() == list(range(1, len(iterations) + 1))
    assert set(rates[:held]) == {0.001} and set(rates[held:]) == {0.0002}
    assert {(mark.kind, mark.iteration) for mark in run.marks} == {
        (MarkKind.PAUSE, held),
        (MarkKind.RATE, held),
    }


def test_a_run_that_diverges_goes_on_after_a_click(story: Story) -> None:
    qtbot, workbench, hand = story
    session, tab = workbench.session, workbench.training_tab
    design = session.document.design
    for layer in design.layers:
        if layer.name.startswith("hidden"):
            design = design.with_layer(layer.name, activation="linear")
    session.document.edit_design("steps that nothing bounds", replace(design, optimizer=SGD(0.01)))
    qtbot.wait(300)  # another optimizer has another form
    write(hand, tab.plan.rate, "learning_rate", "10")
    assert session.document.design.optimizer.learning_rate == 10.0
    hand.press("F5")
    wait_for(qtbot, session, Stand.DIVERGED)
    assert "learning rate" in tab.diverged.text
    hand.click(tab.diverged.back)
    assert session.stand is Stand.PAUSED and not tab.diverged.isVisible()
    assert session.snapshot is not None and np.isfinite(session.snapshot.parameters).all()
    assert session.document.design.optimizer.learning_rate == pytest.approx(1.0)
    write(hand, tab.plan.rate, "learning_rate", "0.001")
    write(hand, tab.plan.plan, "epochs", "2")
    hand.press("F5")
    wait_for(qtbot, session, Stand.FINISHED)
    assert np.isfinite(session.run.history.steps.column("loss")).all()  # type: ignore[union-attr]


def test_two_runs_are_laid_over_each_other_and_compared(story: Story) -> None:
    qtbot, workbench, hand = story
    session, tab = workbench.session, workbench.training_tab
    write(hand, tab.plan.plan, "epochs", "2")
    for rate in ("0.003", "0.0003"):
        write(hand, tab.plan.rate, "learning_rate", rate)
        hand.press("F5")
        wait_for(qtbot, session, Stand.FINISHED)
    runs = session.all_runs
    assert [run.study.design.optimizer.learning_rate for run in runs[-2:]] == [0.003, 0.0003]
    panel = tab.runs
    if not panel.is_open:
        hand.click(panel.fold)
    rows = [run.key for run in panel.table.runs.runs]
    places = [
        panel.table.visualRect(panel.table.runs.index(rows.index(run.key), 1)).center() for run in runs[-2:]
    ]
    hand.click(panel.table.viewport(), places[0])
    hand.press("space")
    assert [run.key for run in panel.overlay] == [runs[-2].key]
    assert [run.key for run in tab.curves.legend.runs] == [runs[-2].key]
    hand.click(panel.table.viewport(), places[1], "ctrl")
    hand.click(panel.compare)
    wait(qtbot, lambda: workbench.window.findChild(DifferenceDialog) is not None)
    dialog = workbench.window.findChild(DifferenceDialog)
    assert dialog.sentence.text() == "One setting differs."
    shown = {dialog.table.item(0, column).text() for column in range(4)}
    assert {"0.003", "0.0003"} <= shown and any("learning rate" in words.lower() for words in shown)
    hand.press("Escape")
    wait(qtbot, lambda: workbench.window.findChild(DifferenceDialog) is None)


def test_epoch_3_is_gone_back_to_and_exported(story: Story, tmp_path: Path) -> None:
    qtbot, workbench, hand = story
    session, tab = workbench.session, workbench.training_tab
    write(hand, tab.plan.plan, "epochs", "5")
    hand.press("F5")
    wait_for(qtbot, session, Stand.FINISHED)
    track = tab.timeline.track
    hand.click(track, QPoint(round(track.x_of(3.0)), track.height() // 2))
    for _ in range(len(session.timeline)):
        if session.chosen is not None and session.chosen.position == 3.0:
            break
        hand.press("Left" if session.chosen is None or session.chosen.position > 3.0 else "Right")
    assert session.chosen is not None and session.chosen.position == 3.0
    weights = session.chosen.parameters.copy()
    assert session.run is not None and session.run.snapshot is not None
    assert not np.array_equal(weights, session.run.snapshot.parameters)
    hand.press("ctrl+e")
    wait(qtbot, lambda: workbench.window.findChild(ExportDialog) is not None)
    dialog = workbench.window.findChild(ExportDialog)
    wait(qtbot, dialog.isActiveWindow)
    hand.click(dialog.place)
    hand.press("ctrl+a")
    hand.type(str(tmp_path / "epoch3.h5"))
    with qtbot.waitSignal(session.exporter.written):
        hand.click(dialog.export_button)
    wait(qtbot, lambda: workbench.window.findChild(ExportedDialog) is not None)
    found = workbench.window.findChild(ExportedDialog)
    wait(qtbot, found.isActiveWindow)
    hand.click(visible(found, "Close"))
    model = read_model(tmp_path / "epoch3.h5")
    assert np.array_equal(model.snapshot.parameters, weights)
