"""Decays: the learning rate falls by a formula of Keras.

In the formulas step is the number of the batch from 0, and the learning rate is the base times the factor.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nnstudio.engine.schedules.schedule import Schedule
from nnstudio.settings import setting


@dataclass(frozen=True)
class ExponentialDecay(Schedule):
    """The learning rate is multiplied with the decay rate again and again.

    factor = decay_rate^(step / decay_steps); staircase: the exponent is rounded down.
    """

    decay_steps: int = setting(1000, "After how many steps it is multiplied once.", minimum=1, unit="steps")
    decay_rate: float = setting(0.5, "What it is multiplied with.", above=0.0, maximum=1.0)
    staircase: bool = setting(False, "Whether it falls at once after these steps, not a little in each.")

    def factor(self, step: int, total: int) -> float:
        return float(self.decay_rate ** _times(step, self.decay_steps, self.staircase))


@dataclass(frozen=True)
class InverseTimeDecay(Schedule):
    """The learning rate is divided by a number that grows steadily.

    factor = 1 / (1 + decay_rate step / decay_steps); staircase: the quotient is rounded down.
    """

    decay_steps: int = setting(
        1000, "After how many steps the divisor has grown once.", minimum=1, unit="steps"
    )
    decay_rate: float = setting(1.0, "By how much the divisor grows.", minimum=0.0, maximum=1e6)
    staircase: bool = setting(False, "Whether it grows at once after these steps, not a little in each.")

    def factor(self, step: int, total: int) -> float:
        return 1.0 / (1.0 + self.decay_rate * _times(step, self.decay_steps, self.staircase))


@dataclass(frozen=True)
class PiecewiseConstantDecay(Schedule):
    """The learning rate changes at certain steps and stays the same in between.

    factor = 1 up to and including the first boundary, then the factor of the last boundary that is passed.
    """

    boundaries: tuple[int, ...] = setting((1000,), "After which steps it changes.", minimum=0)
    factors: tuple[float, ...] = setting(
        (0.1,), "Which part of it is in force behind each boundary.", minimum=0.0, maximum=1e6
    )

    def conflicts(self) -> Iterator[str]:
        """Tell where the two lists do not go together."""
        if len(self.boundaries) != len(self.factors):
            counts = f"{len(self.boundaries)} boundaries and {len(self.factors)} factors"
            yield f"Every boundary needs one factor, but there are {counts}."
        if any(later <= earlier for earlier, later in pairwise(self.boundaries)):
            yield "Each boundary must be greater than the one before."

    def factor(self, step: int, total: int) -> float:
        passed = bisect_left(self.boundaries, step)
        return float(self.factors[passed - 1]) if passed else 1.0


@dataclass(frozen=True)
class PolynomialDecay(Schedule):
    """The learning rate falls to an end in a straight line, or in a curve where the power is not 1.

    factor = (1 - end_factor)(1 - step / decay_steps)^power + end_factor, and end_factor behind these steps;
    cycle: each time the end is reached it begins anew from a lower height.
    """

    decay_steps: int | None = setting(
        None,
        "How many steps the way down takes; left out, all of the training.",
        minimum=1,
        unit="steps",
        start=1000,
        absent="all of them",
    )
    end_factor: float = setting(0.01, "Which part of it is left at the end.", minimum=0.0, maximum=1e6)
    power: float = setting(1.0, "How it is bent: 1 is straight, 2 falls early.", above=0.0, maximum=100.0)
    cycle: bool = setting(False, "Whether it begins anew at the end.")

    def factor(self, step: int, total: int) -> float:
        steps = self.decay_steps or max(total, 1)
        if self.cycle:
            steps *= max(1, -(-step // steps))
        left = 1.0 - min(step, steps) / steps
        return float((1.0 - self.end_factor) * left**self.power + self.end_factor)


@dataclass(frozen=True)
class CosineDecay(Schedule):
    """The learning rate falls along half a wave: slowly, then fast, then slowly.

    factor = (1 - alpha)(1 + cos(pi step / decay_steps)) / 2 + alpha, and alpha behind these steps;
    warm-up: before that it grows from 0 in a straight line.
    Source: Loshchilov and Hutter 2017, SGDR: Stochastic Gradient Descent with Warm Restarts.
    """

    decay_steps: int | None = setting(
        None,
        "How many steps the way down takes; left out, all of the training.",
        minimum=1,
        unit="steps",
        start=1000,
        absent="all of them",
    )
    alpha: float = setting(0.0, "Which part of it is left at the end.", minimum=0.0, maximum=1.0)
    warmup_steps: int = setting(0, "How many steps it grows before.", minimum=0, unit="steps")

    def factor(self, step: int, total: int) -> float:
        if step < self.warmup_steps:
            return step / self.warmup_steps
        steps = self.decay_steps or max(total - self.warmup_steps, 1)
        done = min((step - self.warmup_steps) / steps, 1.0)
        return (1.0 - self.alpha) * 0.5 * (1.0 + math.cos(math.pi * done)) + self.alpha


def _times(step: int, steps: int, whole: bool) -> float:
    return step // steps if whole else step / steps
