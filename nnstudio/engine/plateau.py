"""Plateau: smaller steps where larger ones do not make the loss lower any more."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.waiting import Waiting
from nnstudio.settings import setting


@dataclass(frozen=True)
class ReduceLROnPlateau:
    """Reduce the learning rate when the validation loss does not become lower.

    Where nothing validates, the training loss is watched. After ``patience`` epochs without a loss that is
    lower by ``min_delta``: learning rate = max(learning rate * factor, min_lr), and for ``cooldown`` epochs
    nothing is counted. All as in Keras.
    """

    factor: float = setting(
        0.1, "What the learning rate is multiplied with.", above=0.0, below=1.0, ladder=True
    )
    patience: int = setting(
        10, "How many epochs may pass without a lower loss.", minimum=1, maximum=100_000, unit="epochs"
    )
    min_delta: float = setting(
        1e-4, "By how much a loss has to be lower to count.", minimum=0.0, maximum=1e6, ladder=True
    )
    cooldown: int = setting(
        0, "How many epochs after a reduction do not count.", minimum=0, maximum=100_000, unit="epochs"
    )
    min_lr: float = setting(
        0.0,
        "The learning rate does not fall below this.",
        minimum=0.0,
        maximum=1e6,
        ladder=True,
        label="Min rate",
    )


@dataclass(frozen=True)
class Plateau:
    """How a plateau stands: what was waited, and the epochs of the cooldown that are left."""

    waiting: Waiting = Waiting()
    cooldown: int = 0

    def after(self, rule: ReduceLROnPlateau, loss: float, rate: float) -> tuple[Plateau, float]:
        """Return how it stands after an epoch with ``loss``, and the learning rate of the next one."""
        cooldown = max(0, self.cooldown - 1)
        waiting = (self.waiting.anew() if self.cooldown else self.waiting).after(loss, rule.min_delta)
        if cooldown:
            return Plateau(waiting.anew(), cooldown), rate
        if waiting.epochs < rule.patience or rate <= rule.min_lr:
            return Plateau(waiting), rate
        return Plateau(waiting.anew(), rule.cooldown), max(rate * rule.factor, rule.min_lr)
