"""The window while a network trains: lateness of a 5 ms timer, and the share of the speed that is kept.

`python -m tests.benchmarks.window ` on a display (Xvfb); the load of the machine is told with it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.toys import Circle
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense, Flatten
from nnstudio.engine.losses import BinaryCrossentropy
from nnstudio.engine.network import Network
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.theme_switch import ThemeSwitch
from nnstudio.ui.workbench import Workbench

_ROUNDS = 3  # alone and with the window in turn: a machine is not as fast all the time
_SECONDS, _WARM_SECONDS = 4.0, 1.0
_TICK_MS = 5


def _images(*units: int) -> Design:
    hidden = (Dense(count, activation="relu") for count in units)
    return design_of(Flatten(), *hidden, Dense(10, activation="softmax"))


def _tiny() -> Design:
    layers = (Dense(5, activation="relu"), Dense(1, activation="sigmoid"))
    return replace(design_of(*layers), loss=BinaryCrossentropy(), metrics=design_of(*layers).metrics[:0])


CASES: dict[str, tuple[Design, Recipe, int]] = {
    "tiny: 2-5-1, batch 10": (_tiny(), Recipe(Circle()), 10),
    "medium: 784-64-10, batch 32": (_images(64), Recipe(), 32),
    "large: 784-512-512-10, batch 128": (_images(512, 512), Recipe(), 128),
}


def _session(design: Design, dataset: Dataset, batch: int) -> Session:
    plan = TrainingPlan(epochs=100_000, batch_size=batch)
    study = Study(design=design, plan=plan, recipe=dataset.recipe)
    snapshot = Network(design, dataset.facts.sample_shape).snapshot()
    return Session(TrainedModel(study, snapshot, History.of(design)), dataset)


@contextmanager
def _window(app: QApplication, session: Session) -> Iterator[Workbench]:
    preferences = Preferences(QSettings("/tmp/nnstudio-window.ini", QSettings.Format.IniFormat))
    theme.apply(app, theme.LIGHT)
    window = MainWindow()
    window.resize(1280, 800)
    workbench = Workbench(window, session, preferences, ThemeSwitch(app, preferences))
    window.show()
    window.stages.setCurrentIndex(2)
    yield workbench
    window.hide()
    workbench.deleteLater()
    window.deleteLater()


def _run(app: QApplication, seconds: float) -> np.ndarray:
    """Turn the event loop; return the lateness of each tick in ms."""
    late: list[float] = []
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK_MS)
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        late.append(max(0.0, 1000.0 * (now - last[0]) - _TICK_MS))
        last[0] = now

    timer.timeout.connect(tick)
    timer.start()
    loop = QEventLoop()  # not app.quit, which would ask the window whether it may close
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
    return np.array(late)


def _speed(app: QApplication, session: Session) -> tuple[float, np.ndarray]:
    session.train()
    _run(app, _WARM_SECONDS)
    assert session.run is not None
    before, started = session.run.progress.done, time.perf_counter()
    late = _run(app, _SECONDS)
    speed = (session.run.progress.done - before) / (time.perf_counter() - started)
    session.pause()
    session.run.join(60)
    return speed, late


def _round(
    app: QApplication, design: Design, dataset: Dataset, batch: int
) -> tuple[float, float, np.ndarray]:
    """Return the steps per second without and with the window, and how late its ticks were."""
    alone, session = (_session(design, dataset, batch) for _ in range(2))
    bare, _ = _speed(app, alone)
    with _window(app, session):
        shown, late = _speed(app, session)
    alone.close()
    session.close()
    return bare, shown, late


def main() -> None:
    """Print a table."""
    sys.setswitchinterval(0.001)
    app = QApplication([])
    print("network".ljust(34), "p50/p95/p99 ms".ljust(20), "steps/s alone", "with window", "kept", "load")
    for name, (design, recipe, batch) in CASES.items():
        rounds = [_round(app, design, load(recipe), batch) for _ in range(_ROUNDS)]
        p50, p95, p99 = np.percentile(np.concatenate([late for _, _, late in rounds]), (50, 95, 99))
        figures = f"{p50:.1f}/{p95:.1f}/{p99:.1f}".ljust(20)
        bare, shown = (np.median([one[part] for one in rounds]) for part in (0, 1))
        shares = sorted(100.0 * with_window / alone for alone, with_window, _ in rounds)
        kept = f"{shares[_ROUNDS // 2]:.0f} % ({shares[0]:.0f} to {shares[-1]:.0f})"
        print(name.ljust(34), figures, f"{bare:,.0f}", f"{shown:,.0f}", kept, f"{os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
