"""Progress: what a training tells whoever iterates over it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One batch was learnt from. ``values`` are its own loss and metrics, by Keras' names."""

    epoch: int
    batch: int
    iteration: int
    count: int
    learning_rate: float
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Check:
    """A part of the validation samples was evaluated: ``done`` of ``count``."""

    done: int
    count: int


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch is complete; ``epoch`` counts from 1.

    ``values`` holds the means over the epoch, and with ``val_`` before the name those of the validation.
    ``notes`` are sentences on what was done about them: a smaller learning rate, an early end, the best
    weights put back.
    """

    epoch: int
    iteration: int
    values: dict[str, float]
    notes: tuple[str, ...] = ()
