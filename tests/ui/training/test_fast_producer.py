"""A made-up training of 20,000 batches a second beside the window: each is recorded once, in order."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.progress import Step
from nnstudio.engine.run_state import RunState
from nnstudio.session import training_run
from nnstudio.session.steering_table import Stand
from nnstudio.ui.workbench import Workbench

PER_SECOND, COUNT, BURST = 20_000, 30_000, 200
TRAINING = 2


def produced(state: RunState) -> Iterator[Step]:
    """Yield batches by the clock, a burst at a time; where the window held it up it hurries."""
    started = time.perf_counter()
    for iteration in range(1, COUNT + 1):
        if iteration % BURST == 0:
            time.sleep(max(0.0, started + iteration / PER_SECOND - time.perf_counter()))
        yield Step(1, 1, iteration, 32, 0.001, {"loss": 1.0 / iteration, "accuracy": iteration / COUNT})


def test_every_batch_of_a_fast_producer_is_recorded_and_drawn(
    qtbot: QtBot, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_run, "train", produced)
    session = workbench.session
    workbench.window.stages.setCurrentIndex(TRAINING)
    session.train()
    qtbot.waitUntil(lambda: session.stand is Stand.FINISHED)
    assert session.run is not None and session.run.join(60)
    qtbot.wait(50)
    steps = session.run.history.steps
    wanted = np.arange(1, COUNT + 1)
    assert np.array_equal(steps.column("iteration"), wanted)
    assert np.array_equal(steps.column("loss"), 1.0 / wanted)
    assert np.array_equal(steps.column("accuracy"), wanted / COUNT)
    assert (np.diff(steps.column("seconds")) >= 0.0).all()
    assert np.array_equal(workbench.training_tab.loss.curves.raw, 1.0 / wanted)
