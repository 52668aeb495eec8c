"""Answers: how much slower a training is while the Training tab shows what the network answers.

Run as ``python -m tests.benchmarks.answers`` on a display; the window opens by itself. Within one training
the answers are looked at and not looked at in turns, so that nothing else differs.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from nnstudio.app import Frame, fill_window, first_paint
from nnstudio.data.recipe import recipe_of
from nnstudio.data.sources.toys import Circle
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy
from nnstudio.engine.plan import TrainingPlan
from nnstudio.session.input_mapper import InputMapper
from nnstudio.session.session import Session
from tests.benchmarks.measure import processor

SIZES = ((5,), (16, 16))
BATCH, ROUNDS, SECONDS = 10, 30, 1.0
_TRAINING = 2


def design(units: tuple[int, ...]) -> Design:
    """Return 2-...-1 with sigmoid at the end."""
    hidden = (Dense(one, activation="tanh") for one in units)
    return design_of(*hidden, Dense(1, activation="sigmoid"), loss=BinaryCrossentropy())


def main() -> None:
    """Train each network without end, and print how many steps it takes a second."""
    frame = first_paint()
    frame.window.resize(1280, 800)
    workbench = fill_window(frame)
    session = workbench.session
    session.choose_recipe(recipe_of(Circle()))
    _live(frame, 1.0)
    workbench.window.stages.setCurrentIndex(_TRAINING)
    looks: list[float] = []
    session.mapper.looked.connect(lambda look: looks.append(look.seconds))
    print(processor())
    for units in SIZES:
        study = replace(session.document.study, design=design(units))
        plan = TrainingPlan(epochs=100_000, batch_size=BATCH)
        session.document.edit("measure", replace(study, plan=plan))
        session.train_or_pause()
        _live(frame, 2.0)
        looks.clear()
        without, with_ = _measure(frame, session)
        session.stop()
        _live(frame, 0.5)
        ratios = [a / b for a, b in zip(with_, without, strict=True)]
        title = f"2-{'-'.join(map(str, units))}-1, batch {BATCH}"
        print(
            f"{title}: {statistics.median(without):,.0f} steps/s without, "
            f"{statistics.median(with_):,.0f} with; ratio {statistics.median(ratios):.3f} "
            f"(quartiles {_quartiles(ratios)}); {len(looks) / (ROUNDS * SECONDS):.1f} looks/s of "
            f"{1000 * statistics.median(looks):.1f} ms",
            flush=True,
        )
    session.close()
    frame.window.hide()


def _quartiles(values: list[float]) -> str:
    low, _, high = statistics.quantiles(values, n=4)
    return f"{low:.3f} to {high:.3f}"


def _nothing(mapper: InputMapper) -> None:
    """Take the place of looking."""


def _measure(frame: Frame, session: Session) -> tuple[list[float], list[float]]:
    """Return the steps a second without and with the answers, round by round."""
    speeds: tuple[list[float], list[float]] = ([], [])
    begin = InputMapper._begin
    for number in range(2 * ROUNDS):
        shown = number % 4 in (1, 2)  # without, with, with, without: a drift hits both alike
        InputMapper._begin = begin if shown else _nothing  # type: ignore[method-assign]
        _live(frame, 0.2)
        assert session.run is not None
        before, began = session.run.progress.done, time.perf_counter()
        _live(frame, SECONDS)
        steps = session.run.progress.done - before
        speeds[shown].append(steps / (time.perf_counter() - began))
    InputMapper._begin = begin  # type: ignore[method-assign]
    return speeds


def _live(frame: Frame, seconds: float) -> None:
    """Let the window live as its own loop would, without waiting in Python."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
