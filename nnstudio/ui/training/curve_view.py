"""CurveView: how a person wants to see the curves."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.experiments.curves import Axis, Curves
from nnstudio.ui.training.ticks import round_end


@dataclass(frozen=True)
class CurveView:
    """The unit of x, how smooth the thick line is, and whether the loss is shown by its logarithm.

    ``no_outliers`` lets y go around most of the values, ``rate`` adds the learning rate, and ``figure``
    is the metric of the second plot, "" for the first there is.
    """

    axis: Axis = Axis.EPOCH
    smoothing: float = 0.8
    log: bool = False
    no_outliers: bool = False
    rate: bool = False
    figure: str = ""

    def end(self, curves: Curves, epochs: int) -> float:
        """Return where x ends: a round number, or the last epoch that is planned where that comes first."""
        end = round_end(curves.end)
        return min(end, float(epochs)) if self.axis is Axis.EPOCH and curves.end <= epochs else end

    def place_words(self, x: float) -> str:
        """Return a place on the axis in words: "Epoch 6.25", "Batch 2,532", "12.3 seconds"."""
        if self.axis is Axis.SECONDS:
            return f"{x:,.1f} seconds"
        return f"Epoch {x:.2f}" if self.axis is Axis.EPOCH else f"Batch {x:,.0f}"
