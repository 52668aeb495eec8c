"""A tiny network at full speed with the window open: memory is flat, and the window does not get later."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.toys import Circle
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy
from nnstudio.engine.network import Network
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments import history
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.session import Session
from nnstudio.ui.collector import Collector
from nnstudio.ui.workbench import Workbench

TICK_MS, LOOK_MS = 5, 500
TRAINING = 2
FEW_ROWS = 2**14
MANY = 4_000  # points: as many epochs as a plan may have take longer than the test
WARM_SHARE = 0.25  # a program that has just begun still takes what it will need
MOST_GROWTH_BYTES = 40 * 2**20
MOST_DRIFT = 2.0
DRIFT_FLOOR_MS = 10.0  # what nobody sees is no drift
SWITCH_SECONDS = 0.001

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


@dataclass(frozen=True)
class Figures:
    """Lateness of each tick in ms, (ticks,), and memory at each look in bytes, (looks,)."""

    late: np.ndarray
    memory: np.ndarray
    steps: int

    @property
    def growth(self) -> float:
        """How much more the last quarter holds than that after the warming up, in bytes."""
        first, last = _quarter(self.memory, 1), _quarter(self.memory, 3)
        return float(np.median(last) - np.median(first))

    def lateness(self, quarter: int) -> tuple[float, float, float]:
        """Return p50, p95 and p99 of a quarter from 0 to 3, in ms."""
        p50, p95, p99 = np.percentile(_quarter(self.late, quarter), (50, 95, 99))
        return float(p50), float(p95), float(p99)

    def __str__(self) -> str:
        quarters = " | ".join(
            "/".join(f"{one:.1f}" for one in self.lateness(quarter)) for quarter in range(4)
        )
        memory = " ".join(f"{one / 2**20:.0f}" for one in self.memory[:: max(1, len(self.memory) // 12)])
        return f"{self.steps:,} batches; late p50/p95/p99 ms by quarter: {quarters}; memory MB: {memory}"


class Watcher(QObject):
    """Notes how late a timer is, and what memory is the program's own, while the window lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[float] = []
        self.memory: list[int] = []
        self._last = time.perf_counter()
        self._timers = []
        for interval, noted in ((TICK_MS, self._tick), (LOOK_MS, self._look)):
            timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=interval)
            timer.timeout.connect(noted)
            timer.start()
            self._timers.append(timer)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000.0 * (now - self._last) - TICK_MS))
        self._last = now

    def _look(self) -> None:
        self.memory.append(own_memory())


def own_memory() -> int:
    """Return the bytes that only this program has: not those of files, which the system can take back."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))


def _quarter(values: np.ndarray, quarter: int) -> np.ndarray:
    return np.array_split(values, 4)[quarter]


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    """A network of 2-5-1 on points around a ring, ten at a time: thousands of batches a second."""
    layers = (Dense(5, activation="relu"), Dense(1, activation="sigmoid"))
    design = replace(design_of(*layers), loss=BinaryCrossentropy())
    dataset = load(Recipe(Circle(count=MANY)))
    study = Study(design=design, plan=TrainingPlan(epochs=100_000, batch_size=10), recipe=dataset.recipe)
    snapshot = Network(design, dataset.facts.sample_shape).snapshot()
    return Session(TrainedModel(study, snapshot, history.History.of(design)), dataset)


def endured(qtbot: QtBot, workbench: Workbench, seconds: float) -> Figures:
    """Train with the window open and seen; every batch is recorded once and in order."""
    session = workbench.session
    workbench.window.stages.setCurrentIndex(TRAINING)
    Collector(workbench.window)
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        session.train()
        watcher = Watcher(workbench.window)
        qtbot.wait(round(1000 * seconds))
        session.pause()
        qtbot.waitUntil(lambda: not session.running)
    finally:
        sys.setswitchinterval(before)
    assert session.run is not None
    iterations = session.run.history.steps.column("iteration")
    assert iterations[0] == 1 and (np.diff(iterations) == 1).all()
    assert session.run.progress.done == len(iterations)
    return Figures(np.array(watcher.late), np.array(watcher.memory), len(iterations))


def test_twenty_seconds_at_full_speed(
    qtbot: QtBot, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST_ROWS_IN_MEMORY", FEW_ROWS)
    seconds = float(os.environ.get("NNSTUDIO_ENDURE_SECONDS", "15"))
    figures = endured(qtbot, workbench, seconds)
    print(figures)
    assert figures.steps > FEW_ROWS and figures.growth < MOST_GROWTH_BYTES, str(figures)


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_twenty_minutes_at_full_speed(qtbot: QtBot, workbench: Workbench) -> None:
    figures = endured(qtbot, workbench, 20 * 60)
    print(figures)
    assert figures.growth < MOST_GROWTH_BYTES, str(figures)
    first, last = figures.lateness(0)[1], figures.lateness(3)[1]
    assert last < max(DRIFT_FLOOR_MS, MOST_DRIFT * first), str(figures)
