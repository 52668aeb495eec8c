"""RunProgress: where a run is, in plain numbers that any thread may read."""

from __future__ import annotations

import math
from dataclasses import dataclass

_SPEED_SECONDS = 0.5  # the speed shown is that of about the last half second


@dataclass(frozen=True)
class Progress:
    """Epochs, batches, time and speed of a run; the worker replaces it as a whole.

    ``waited`` counts the epochs that early stopping has waited for a lower loss; a run that ``ended_early``
    has as many ``epochs`` as were done. ``seconds`` is pure training time.
    """

    epoch: int = 0
    epochs: int = 0
    batch: int = 0
    batches: int = 0
    seconds: float = 0.0
    samples_per_second: float = 0.0
    checking: bool = False
    waited: int = 0
    ended_early: bool = False

    @property
    def fraction(self) -> float:
        """The share of all batches that is done, 0 to 1."""
        return self.done / self.total if self.total else 0.0

    @property
    def done(self) -> int:
        """How many batches are done."""
        return self.epoch * self.batches + self.batch

    @property
    def total(self) -> int:
        """How many batches there will be."""
        return self.epochs * self.batches

    @property
    def seconds_left(self) -> float:
        """The time that the rest will take at the mean speed until now; nan before the first batch."""
        return self.seconds / self.done * (self.total - self.done) if self.done else math.nan

    def speed_after(self, count: int, seconds: float) -> float:
        """Return the samples per second after ``count`` more samples took ``seconds``."""
        newest = count / max(seconds, 1e-9)
        before = self.samples_per_second
        share = 1.0 if not before else min(1.0, seconds / _SPEED_SECONDS)
        return before + share * (newest - before)


def clock_words(seconds: float) -> str:
    """Return a duration as people read it: "0:40", "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
