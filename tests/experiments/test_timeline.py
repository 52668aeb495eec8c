"""Checkpoints are thinned to a bound; the first, the last, the best and the ends of epochs stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnstudio.experiments import timeline
from nnstudio.experiments.timeline import MOST_CHECKPOINTS, Checkpoint, Timeline

WEIGHTS = np.zeros(3, np.float32)


def checkpoint(iteration: int, batches: int = 100) -> Checkpoint:
    return Checkpoint(iteration, iteration / batches, WEIGHTS)


def filled(iterations: list[int], best: int | None = None, batches: int = 100) -> Timeline:
    found = Timeline()
    for iteration in iterations:
        found.add(checkpoint(iteration, batches), best=iteration == best)
    return found


def iterations(found: Timeline) -> list[int]:
    return [one.iteration for one in found]


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 5000), min_size=1, max_size=600), st.data())
def test_first_last_and_best_stay_within_the_bound(drawn: set[int], data: st.DataObject) -> None:
    best = data.draw(st.sampled_from(sorted(drawn)))
    found = filled(sorted(drawn), best)
    kept = iterations(found)
    assert kept == sorted(set(kept)) and set(kept) <= drawn
    assert len(kept) == min(len(drawn), MOST_CHECKPOINTS)
    assert {min(drawn), max(drawn), best} <= set(kept)
    assert found.best is not None and found.best.iteration == best


def test_the_checkpoint_nearest_to_the_end_of_each_epoch_stays() -> None:
    found = filled([7 * step for step in range(1, 1000)])  # 70 epochs, none of which ends on a checkpoint
    kept = np.array([one.position for one in found])
    for epoch in range(1, 70):
        assert np.abs(kept - epoch).min() <= 0.035 + 1e-9


def test_more_epochs_than_have_room_are_spread_evenly() -> None:
    kept = np.array(iterations(filled([100 * epoch for epoch in range(2000)])))
    assert len(kept) == MOST_CHECKPOINTS
    assert np.diff(kept).max() <= 4 * np.median(np.diff(kept))


def test_a_checkpoint_of_the_same_iteration_takes_the_place_of_the_last_one() -> None:
    found = filled([1, 2, 3])
    again = checkpoint(3)
    found.add(again)
    assert iterations(found) == [1, 2, 3] and found.checkpoints[-1] is again


def test_going_back_drops_what_came_after() -> None:
    found = filled([1, 2, 3, 4])
    found.add(checkpoint(2))
    assert iterations(found) == [1, 2]


def test_large_networks_keep_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "MOST_BYTES", 20 * WEIGHTS.nbytes)
    assert len(filled(list(range(100)))) == 20
    monkeypatch.setattr(timeline, "MOST_BYTES", 0)
    assert iterations(filled(list(range(100)), best=40))[::7] == [0, 99]


def test_the_nearest_checkpoint_is_found() -> None:
    found = filled([0, 100, 250])
    nearest = [found.nearest(position) for position in (-1.0, 0.4, 1.9, 9.0)]
    assert [one and one.iteration for one in nearest] == [0, 0, 250, 250]
    assert Timeline().nearest(1.0) is None


def test_a_timeline_that_is_put_away_keeps_its_ends_and_its_best() -> None:
    found = filled(list(range(0, 1000, 7)), best=70)
    thin = found.thinned(4)
    assert len(thin) == 4 and {0, 70, 994} <= set(iterations(thin))
    assert iterations(found.up_to(70))[-1] == 70 and len(found) == 143


def test_a_position_beyond_reason_takes_no_memory() -> None:
    found = Timeline((*filled(list(range(30))), Checkpoint(31, 2.0**53, WEIGHTS)))
    assert len(found.thinned(5)) == 5
