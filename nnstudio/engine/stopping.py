"""Stopping: when a training that does not become better ends before its last epoch."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.waiting import Waiting
from nnstudio.settings import setting


@dataclass(frozen=True)
class EarlyStopping:
    """End the training when the validation loss does not become lower.

    Where nothing validates, the training loss is watched. What counts as lower, and when it is enough, is as
    in Keras; the weights that are put back are those with the lowest loss of all, whatever ``min_delta``.
    """

    patience: int = setting(
        3, "How many epochs may pass without a lower loss.", minimum=1, maximum=100_000, unit="epochs"
    )
    min_delta: float = setting(
        0.0, "By how much a loss has to be lower to count.", minimum=0.0, maximum=1e6, ladder=True
    )
    restore_best_weights: bool = setting(
        True, "Whether the weights of the best epoch are put back at the end of the training."
    )

    def after(self, waiting: Waiting, loss: float) -> Waiting:
        """Return how long the training waits for a lower loss, after an epoch with ``loss``."""
        return waiting.after(loss, self.min_delta)

    def ends(self, waiting: Waiting) -> bool:
        """Whether it has waited long enough."""
        return waiting.epochs >= self.patience
