"""GoingOn: where a kept run goes on, and its record as it was at that place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnstudio.engine.saved_numbers import SavedNumbers
from nnstudio.engine.saved_state import SavedState
from nnstudio.errors import FileError
from nnstudio.experiments.marks import up_to
from nnstudio.experiments.run import Run


@dataclass(frozen=True)
class Place:
    """How far a saved state is: ``batch`` of ``batches`` after ``epoch`` complete epochs of ``epochs``."""

    iteration: int
    epoch: int
    epochs: int
    batch: int
    batches: int
    best_epoch: int
    ended_early: bool


def place_of(state: SavedState) -> Place | None:
    """Return where ``state`` is; None where its numbers make no sense."""
    numbers = SavedNumbers(state.numbers)
    try:
        batches = -(-numbers.whole("samples") // max(1, numbers.whole("batch_size")))
        return Place(
            numbers.whole("iteration"),
            numbers.whole("epoch"),
            numbers.whole("epochs"),
            numbers.whole("batch", batches),
            batches,
            numbers.part("best").whole("epoch"),
            numbers.yes("ended_early"),
        )
    except FileError:
        return None


def at_its_state(run: Run) -> Run:
    """Return ``run`` as it was when its state was saved, which its record may have outrun."""
    place = place_of(run.state) if run.state is not None else None
    if place is None:
        return replace(run, state=None)
    history = run.history.up_to(place.iteration, place.epoch)
    timeline, marks = run.timeline.up_to(place.iteration), up_to(run.marks, place.iteration)
    return replace(run, history=history, timeline=timeline, marks=marks)
