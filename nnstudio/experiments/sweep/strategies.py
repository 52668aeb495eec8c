"""Strategies: which of all combinations of values a sweep tries, and for how many epochs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnstudio.settings import setting

MOST_TRIALS = 1000


@dataclass(frozen=True)
class Rung:
    """``count`` trials are trained until they have ``epochs`` epochs; the best of them go on to the next."""

    count: int
    epochs: int


@dataclass(frozen=True)
class Strategy:
    """How combinations of values are picked; all of them have numbers, the last axis running fastest."""

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def count(self, combinations: int) -> int:
        """Return how many of so many combinations are tried."""
        return combinations

    def picked(self, combinations: int) -> Sequence[int]:
        """Return the numbers of the combinations that are tried, from 0, in the order of the trials."""
        return range(combinations)

    def rungs(self, trials: int, epochs: int) -> tuple[Rung, ...]:
        """Return after how many epochs trials are compared; the last rung has all ``epochs`` of the plan."""
        return (Rung(trials, epochs),)

    @property
    def drops(self) -> bool:
        """Whether trials may end before all their epochs."""
        return False


@dataclass(frozen=True)
class Grid(Strategy):
    """Every combination of the values."""

    title = "All combinations"


@dataclass(frozen=True)
class RandomSearch(Strategy):
    """Some of the combinations, drawn at random, none twice."""

    title = "Random"

    trials: int = setting(
        12, "How many combinations are drawn.", minimum=1, maximum=MOST_TRIALS, unit="trials"
    )
    seed: int = setting(
        1,
        "The same seed draws the same combinations.",
        minimum=0,
        maximum=2**31 - 1,
        advanced=True,
        arbitrary=True,
    )

    def count(self, combinations: int) -> int:
        return min(self.trials, combinations)

    def picked(self, combinations: int) -> Sequence[int]:
        rng = np.random.default_rng(self.seed)
        found: list[int] = rng.choice(combinations, self.count(combinations), replace=False).tolist()
        return found


@dataclass(frozen=True)
class SuccessiveHalving(Strategy):
    """Many combinations for a few epochs; the better part goes on for more, again and again.

    Source: Jamieson, Talwalkar 2016, Non-stochastic Best Arm Identification and Hyperparameter Optimization.
    """

    title = "Successive halving"

    trials: int = setting(16, "How many combinations begin.", minimum=2, maximum=MOST_TRIALS, unit="trials")
    factor: int = setting(
        2, "One of so many trials goes on, and trains so many times as long.", minimum=2, maximum=10
    )
    least_epochs: int = setting(
        1, "After how many epochs trials are compared first.", minimum=1, maximum=100_000, unit="epochs"
    )
    seed: int = setting(
        1,
        "The same seed draws the same combinations.",
        minimum=0,
        maximum=2**31 - 1,
        advanced=True,
        arbitrary=True,
    )

    def count(self, combinations: int) -> int:
        return min(self.trials, combinations)

    def picked(self, combinations: int) -> Sequence[int]:
        return RandomSearch(self.trials, self.seed).picked(combinations)

    def rungs(self, trials: int, epochs: int) -> tuple[Rung, ...]:
        rungs, count, until = [], trials, self.least_epochs
        while count > 1 and until < epochs:
            rungs.append(Rung(count, until))
            count, until = math.ceil(count / self.factor), until * self.factor
        return (*rungs, Rung(count, epochs))

    @property
    def drops(self) -> bool:
        return True


STRATEGIES: tuple[type[Strategy], ...] = (Grid, RandomSearch, SuccessiveHalving)
