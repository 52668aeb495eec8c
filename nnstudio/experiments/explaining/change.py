"""Change: the smallest change of a picture that is found which makes the network say another class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.experiments.explaining.answers import Answers
from nnstudio.experiments.explaining.gradient import refuse_indices

_MOST_STEPS = 100
_MOST_HALVINGS = 12
_BEYOND = 1.02  # a step goes a little too far: the slope is not the same all the way
_LEAST_LEAD = 1e-3
_LONGEST = 0.25  # of the range: how far one step may move a value


@dataclass(frozen=True, eq=False)
class Change:
    """A changed sample that is read as class ``target``; ``raw`` (*shape), as the data come.

    ``share`` is how sure the network then is. ``difference`` is raw less what it was.
    """

    raw: Array
    difference: Array
    target: int
    share: float

    @property
    def pixels(self) -> int:
        """How many pixels differ; a coloured one counts once."""
        changed = self.difference != 0
        return int(np.count_nonzero(changed.any(axis=2) if changed.ndim == 3 else changed))

    @property
    def largest(self) -> float:
        """How far the value moved that moved farthest."""
        return float(np.abs(self.difference).max())


class _Search:
    """What the search asks of the network, always within ``low`` to ``high`` and whole where bytes came."""

    def __init__(self, answers: Answers, raw: Array, low: float, high: float, target: int) -> None:
        self.answers, self.target, self.low, self.high = answers, target, low, high
        self.raw = raw.astype(np.float32)
        self.whole = raw.dtype == np.uint8

    def bounded(self, moved: Array) -> Array:
        moved = np.rint(moved) if self.whole else moved
        return np.clip(moved, self.low, self.high).astype(np.float32)

    def holds(self, moved: Array) -> bool:
        found = self.answers.of(self.bounded(moved)[None])[0]
        return bool(np.isfinite(found).all() and found.argmax() == self.target)

    def step(self, here: Array) -> Array | None:
        """Return the next place on the way; None where no value can move on."""
        slopes = self.answers.slopes(self.answers.prepared(here[None]), self.target, best_only=True)
        spread = self.answers.scaler.spread
        slope = slopes[0].reshape(here.shape) / (1.0 if spread is None else spread)
        stuck = ((here <= self.low) & (slope < 0)) | ((here >= self.high) & (slope > 0))
        slope = np.where(stuck, 0.0, slope)
        steep = float(np.sum(slope.astype(np.float64) ** 2))
        gap = max(-float(self.answers.leads(here[None], self.target)[0]), 0.0) + _LEAST_LEAD
        if not steep > 0 or not np.isfinite(gap / steep):
            return None
        longest = _LONGEST * (self.high - self.low)
        move = np.clip(_BEYOND * gap / steep * slope, -longest, longest)
        return np.clip(here + move, self.low, self.high).astype(np.float32)

    def far_enough(self, watch: Watch) -> Array | None:
        """Walk until the network says the class; None where the walk ends before."""
        here = self.raw
        for step in range(_MOST_STEPS):
            watch.told(step / _MOST_STEPS, "Looking for a change")
            if self.holds(here):
                return here
            there = self.step(here)
            if there is None:
                return None
            here = there
        return None

    def nearest(self, far: Array) -> Array:
        """Return the place nearest to the start, on the line to ``far``, where the network says the class."""
        least, enough = 0.0, 1.0
        for _ in range(_MOST_HALVINGS):
            middle = 0.5 * (least + enough)
            if self.holds(self.raw + middle * (far - self.raw)):
                enough = middle
            else:
                least = middle
        return self.bounded(self.raw + enough * (far - self.raw))


def smallest_change(
    answers: Answers, raw: Array, low: float, high: float, target: int, watch: Watch = UNWATCHED
) -> Change | None:
    """Return a small change that makes ``raw`` (*shape) be read as class ``target``; None if none is found.

    Each step goes where the score of the class would overtake the best other one if slopes stayed as they
    are; values stay between ``low`` and ``high``, bytes whole. In the end as much as possible is taken back.
    It is the smallest that this search finds, not the smallest there is.

    Source: Moosavi-Dezfooli et al. 2016, DeepFool; the question is that of Wachter et al. 2017,
    Counterfactual Explanations without Opening the Black Box.

    Raises:
        DataError: the inputs are whole numbers, which have no gradient.
        Cancelled: a person stopped it.
    """
    refuse_indices(answers)
    search = _Search(answers, raw, low, high, target)
    far = search.far_enough(watch)
    if far is None:
        return None
    found = search.nearest(far)
    share = float(answers.of(found[None])[0, target])
    return Change(found.astype(raw.dtype), found - search.raw, target, share)
