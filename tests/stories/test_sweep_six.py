"""Sweep six trials: put together, trained, compared, and the best taken, with real mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.experiments.sweep.report import TrialState
from nnstudio.experiments.sweep.running import SweepPhase
from nnstudio.ui.training.sweep_dialog import SweepDialog
from nnstudio.ui.workbench import Workbench
from tests.stories.hand import Hand

pytestmark = pytest.mark.x11


def opened(qtbot: QtBot, hand: Hand, workbench: Workbench) -> SweepDialog:
    """Open the dialog by its button."""
    hand.press("ctrl+3")
    qtbot.wait(500)
    hand.click(workbench.training_tab.results.begin)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SweepDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, SweepDialog)
    qtbot.wait(300)
    return dialog


def test_six_trials_are_put_together_trained_and_the_best_is_used(
    qtbot: QtBot, workbench: Workbench, hand: Hand
) -> None:
    session, sweeps = workbench.session, workbench.session.sweeps
    dialog = opened(qtbot, hand, workbench)
    for words, values in (("hidden_1 units", "16, 32, 64"), ("learning rate", "1e-3, 1e-2")):
        hand.type(words)
        hand.press("Return")
        hand.type(values)
        hand.press("Return")
    epochs = dialog.form.editor("epochs").field
    hand.click(epochs)
    hand.press("ctrl+a")
    hand.type("2")
    hand.press("Tab")
    qtbot.waitUntil(lambda: dialog.words.text().startswith("6 trials, 12 epochs in all: "))
    hand.click(dialog.start)
    qtbot.waitUntil(lambda: sweeps.phase is SweepPhase.RUNNING)
    panel = workbench.training_tab.results.sweep
    assert panel.isVisible()
    qtbot.waitUntil(lambda: bool(workbench.training_tab.curves.legend.runs))
    hand.click(panel.hold)
    qtbot.waitUntil(lambda: sweeps.phase in (SweepPhase.PAUSED, SweepPhase.FINISHED))
    if sweeps.phase is SweepPhase.PAUSED:
        hand.click(panel.hold)
    qtbot.waitUntil(lambda: sweeps.phase is SweepPhase.FINISHED)
    assert [one.state for one in sweeps.reports] == [TrialState.FINISHED] * 6
    assert len([run for run in session.all_runs if run.tags == "sweep"]) == 6

    hand.click(panel.best)
    best = sweeps.run.best if sweeps.run is not None else None
    assert best is not None and [one.trial.number for one in panel.table.chosen] == [best.trial.number]
    before = session.document.study
    hand.click(panel.use)
    units, rate = best.trial.values
    assert session.document.design.layers[1].units == units  # type: ignore[attr-defined]
    assert session.document.design.optimizer.learning_rate == rate
    hand.press("ctrl+z")
    assert session.document.study == before
