"""Keras' callbacks as plain loops over the losses of epochs, written after how they are documented."""

from __future__ import annotations

from collections.abc import Sequence

from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.stopping import EarlyStopping


def last_epoch(rule: EarlyStopping, losses: Sequence[float]) -> int:
    """Return the epoch, from 1, after which ``EarlyStopping`` ends; the last one where it does not."""
    best, wait = float("inf"), 0
    for epoch, loss in enumerate(losses, start=1):
        wait += 1
        if loss + rule.min_delta < best:
            best, wait = loss, 0
        elif wait >= rule.patience:
            return epoch
    return len(losses)


def rates(rule: ReduceLROnPlateau, losses: Sequence[float], rate: float) -> list[float]:
    """Return the learning rate after each epoch."""
    best, wait, cooldown, found = float("inf"), 0, 0, []
    for loss in losses:
        if cooldown > 0:
            cooldown, wait = cooldown - 1, 0
        if loss + rule.min_delta < best:
            best, wait = loss, 0
        elif cooldown == 0:
            wait += 1
            if wait >= rule.patience and rate > rule.min_lr:
                rate, cooldown, wait = max(rate * rule.factor, rule.min_lr), rule.cooldown, 0
        found.append(rate)
    return found
