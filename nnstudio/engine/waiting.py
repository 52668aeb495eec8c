"""Waiting: how long a loss has not become lower."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """The lowest loss until now, None before the first, and the epochs that have passed since."""

    best: float | None = None
    epochs: int = 0

    def after(self, loss: float, min_delta: float) -> Waiting:
        """Return how it stands after an epoch with ``loss``, which counts as lower by ``min_delta`` or more.

        A loss that is not a number is never lower.
        """
        lower = loss == loss if self.best is None else loss + min_delta < self.best
        return Waiting(loss) if lower else Waiting(self.best, self.epochs + 1)

    def anew(self) -> Waiting:
        """Return the same with no epoch passed."""
        return Waiting(self.best)
