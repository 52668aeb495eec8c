"""Recovering: a training that diverged becomes one that goes on from where it was last good, more slowly."""

from __future__ import annotations

from dataclasses import replace

from nnstudio.engine.saved_state import SavedState
from nnstudio.experiments.going_on import at_its_state, place_of
from nnstudio.experiments.marks import Mark, MarkKind, added
from nnstudio.experiments.run import Outcome, Run

SLOWER = 0.1
_MUCH_WORSE = 10.0  # a loss so many times the best one is a training that is about to diverge


def is_good(loss: float, best: float | None) -> bool:
    """Return whether a training with this loss is worth going back to."""
    return best is None or loss <= max(_MUCH_WORSE * best, best + 1.0)


def recovered(run: Run, good: SavedState) -> Run:
    """Return ``run`` as it was in the state ``good``, with a tenth of the learning rate that it had then."""
    optimizer = run.study.design.optimizer
    slower = replace(optimizer, learning_rate=rounded(SLOWER * optimizer.learning_rate))
    study = replace(run.study, design=replace(run.study.design, optimizer=slower))
    set_now = good.numbers.get("learning_rate", optimizer.learning_rate)
    numbers = {**good.numbers, "learning_rate": min(slower.learning_rate, float(set_now))}
    state = SavedState(good.arrays, numbers)
    back = at_its_state(replace(run, study=study, state=state, outcome=Outcome.PAUSED))
    place = place_of(state)
    if place is None:
        return back
    diverged = int(run.history.steps.last("position")) + 1 if len(run.history.steps) else 1
    rates = f"{optimizer.learning_rate:.4g} → {slower.learning_rate:.4g}"
    words = f"Diverged in epoch {diverged}: back to epoch {place.epoch}, learning rate {rates}"
    seconds = back.history.steps.last("seconds") if len(back.history.steps) else 0.0
    mark = Mark(MarkKind.DIVERGED, place.iteration, place.epoch + place.batch / place.batches, seconds, words)
    return replace(back, marks=added(back.marks, mark), seconds=seconds)


def rounded(rate: float) -> float:
    """Return a rate without the noise that a product leaves in its last digits."""
    return float(f"{rate:.12g}")
