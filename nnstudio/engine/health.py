"""Health: how each layer of a network learns, as figures, and what they mean in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_MANY_DEAD, _MANY_SATURATED = 0.5, 0.9
_LEAST_RATIO, _MOST_RATIO = 1e-6, 0.2
_LEARNABLE_GRADIENT = 1e-3  # a smaller one is what is left when there is nothing more to learn
_LARGE_GRADIENT = 1e3
_VANISHED = 1e-3  # of what the layer with the largest gradient gets

EXPLODING = "Exploding gradient: try a smaller learning rate"
DEAD = "Most units are dead: try a smaller learning rate or leaky ReLU"
SATURATED = "Saturated: scale the inputs, or use ReLU"
JUMPING = "Weights jump: try a smaller learning rate"
VANISHING = "Vanishing gradient: use ReLU, or fewer layers"
CUT_OFF = "No gradient arrives: look at the layers behind this one"
SLOW = "Hardly learns: try a larger learning rate"


@dataclass(frozen=True)
class LayerHealth:
    """How one layer with weights learns; None where a figure means nothing for it.

    ``gradient`` is the length of its gradient, and ``reach`` that as a share of the longest of all layers.
    ``update`` is the size of the change in one batch as a share of the weights; ``dead`` the share of its
    ``units`` that give 0 for all samples; ``saturated`` the share of outputs at an end of their function.
    """

    name: str
    gradient: float
    update: float | None
    dead: float | None
    saturated: float | None
    reach: float = 1.0
    units: int = 0

    @property
    def advice(self) -> str:
        """What is wrong and what to try, in a line; "" where nothing is."""
        return next((words for words, holds in self._findings() if holds), "")

    def _findings(self) -> tuple[tuple[str, bool], ...]:
        """Return what may be said, worst first, and whether it is so."""
        update = 0.0 if self.update is None else self.update
        learns = self.update is not None
        lost = not np.isfinite(self.gradient) or not np.isfinite(update)
        exploded = self.gradient > _LARGE_GRADIENT and update > _MOST_RATIO / 10
        return (
            (EXPLODING, lost or exploded),
            (DEAD, self.dead is not None and self.dead > _MANY_DEAD),
            (JUMPING, update > _MOST_RATIO),
            (SATURATED, self.saturated is not None and self.saturated > _MANY_SATURATED),
            (CUT_OFF, self.gradient == 0.0 and self.reach == 0.0),
            (VANISHING, 0.0 < self.reach < _VANISHED),
            (SLOW, learns and update < _LEAST_RATIO and self.gradient > _LEARNABLE_GRADIENT),
        )
