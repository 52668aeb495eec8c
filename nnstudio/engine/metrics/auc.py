"""AUC: how well the outputs sort what should be yes from what should be no, whatever the threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.activations import sigmoid
from nnstudio.engine.metrics.metric import Array, Metric, target_rows
from nnstudio.settings import setting

_ROC, _PR = "ROC", "PR"


@dataclass(frozen=True)
class AUC(Metric):
    """The area under the curve of all thresholds: 1 sorts without a mistake, 0.5 of ROC is guessing.

    ROC draws the share of yes that is found over that of false alarms, PR precision over recall. Thresholds
    are spread evenly over 0 to 1, as in Keras; all outputs count alike.
    The tally counts the outputs between two thresholds: first those that should be no, then those yes.
    """

    keras_name: ClassVar[str] = "auc"
    title: ClassVar[str] = "Area under the curve"
    rises: ClassVar[bool] = True
    for_values: ClassVar[bool] = False

    num_thresholds: int = setting(
        200, "How many thresholds the curve has.", minimum=2, maximum=100_000, label="Thresholds"
    )
    curve: str = setting(_ROC, "What the curve shows.", choices=(_ROC, _PR))
    from_logits: bool = setting(False, "Whether the outputs still have to go through a sigmoid.")

    def tally(self, y: Array, p: Array) -> Array:
        last = self.num_thresholds - 1
        outputs = p.astype(np.float32)  # in Keras' type: another one would move outputs over a threshold
        if self.from_logits:
            sigmoid(outputs, outputs)
        np.fmax(outputs, 0.0, out=outputs)  # fmax and fmin put nan at 0
        np.fmin(outputs, 1.0, out=outputs)
        outputs *= last
        places = np.maximum(np.ceil(outputs) - 1.0, 0.0).astype(np.intp)
        places[target_rows(y, p) != 0] += self.num_thresholds
        return np.bincount(places.reshape(-1), minlength=2 * self.num_thresholds).astype(np.float64)

    def value(self, tally: Array) -> float:
        false, true = (np.cumsum(part[::-1])[::-1] for part in tally.reshape(2, -1))
        return _roc_area(false, true) if self.curve == _ROC else _pr_area(false, true)


def _roc_area(false: Array, true: Array) -> float:
    """Return the area by trapezia, from the false and true positives of each threshold."""
    x, y = false / max(false[0], 1.0), true / max(true[0], 1.0)
    return float(np.vecdot(x[:-1] - x[1:], y[:-1] + y[1:])) / 2.0


def _pr_area(false: Array, true: Array) -> float:
    """Return the area where true positives lie on a straight line over all positives between two thresholds.

    Source: Davis and Goadrich 2006, The Relationship Between Precision-Recall and ROC Curves.
    """
    positives = true + false
    gained, steps = true[:-1] - true[1:], positives[:-1] - positives[1:]
    slope = gained / np.where(steps > 0.0, steps, np.inf)
    offset = true[1:] - slope * positives[1:]
    both = positives[1:] > 0.0
    ratio = np.where(both, positives[:-1], 1.0) / np.where(both, positives[1:], 1.0)
    return float(np.vecdot(slope, gained + offset * np.log(ratio))) / max(float(true[0]), 1.0)
