"""Rises: the learning rate begins small and grows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from nnstudio.engine.schedules.schedule import Schedule
from nnstudio.settings import setting


@dataclass(frozen=True)
class LinearWarmup(Schedule):
    """The learning rate grows in a straight line and then stays, so that the first steps do no harm.

    factor = min((step + 1) / warmup_steps, 1).
    Source: Goyal et al. 2017, Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour.
    """

    warmup_steps: int = setting(500, "After how many steps all of it is in force.", minimum=1, unit="steps")

    def factor(self, step: int, total: int) -> float:
        return min((step + 1) / self.warmup_steps, 1.0)


@dataclass(frozen=True)
class OneCycle(Schedule):
    """The learning rate grows to a height that would be too much for long, and falls almost to nothing.

    Two half waves over the whole training: from 1 / start_divisor up to 1 at the peak, and down to
    1 / final_divisor in the last step. The learning rate that is set is the greatest one.
    Source: Smith and Topin 2017, Super-Convergence: Very Fast Training of Neural Networks Using Large
    Learning Rates.
    """

    peak: float = setting(0.3, "After which share of the training it is greatest.", minimum=0.0, maximum=1.0)
    start_divisor: float = setting(
        25.0, "What the greatest rate is divided by at the beginning.", minimum=1.0, maximum=1e9, ladder=True
    )
    final_divisor: float = setting(
        10_000.0, "What the greatest rate is divided by at the end.", minimum=1.0, maximum=1e9, ladder=True
    )

    def factor(self, step: int, total: int) -> float:
        last = max(total - 1, 1)
        top, step = self.peak * last, min(step, last)
        if step < top:
            return _half_wave(1.0 / self.start_divisor, 1.0, step / top)
        return _half_wave(1.0, 1.0 / self.final_divisor, (step - top) / (last - top)) if step > top else 1.0


def _half_wave(start: float, end: float, share: float) -> float:
    return end + (start - end) * 0.5 * (1.0 + math.cos(math.pi * share))
