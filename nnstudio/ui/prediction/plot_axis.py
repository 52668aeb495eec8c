"""PlotAxis: from which number to which a plot goes, and where its figures stand."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.arrays import Array
from nnstudio.ui.training.ticks import linear_ticks, padded, tick_words

_TICKS = 6
_MARGIN = 0.04


@dataclass(frozen=True)
class Axis:
    """Numbers from ``low`` to ``high``."""

    low: float
    high: float

    def figures(self) -> list[tuple[float, str]]:
        """Return round numbers and how they are written."""
        values = linear_ticks(self.low, self.high, _TICKS)
        return list(zip(values, tick_words(values), strict=True))

    def share(self, value: Array | float) -> Array | float:
        """Return how far along ``value`` is, 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def axis_for(values: Array) -> Axis:
    """Return the axis that shows all ``values`` (n,), with a little room at both ends."""
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    if not high > low:
        room = abs(low) * 0.1 or 1.0
        low, high = low - room, high + room
    return Axis(*padded(low, high, _MARGIN))
