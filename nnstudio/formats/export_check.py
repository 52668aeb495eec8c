"""ExportCheck: whether what was written predicts what the network predicts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Dataset
from nnstudio.data.scaler import PLAIN, Scaler
from nnstudio.engine.layers import Embedding
from nnstudio.engine.network import Snapshot
from nnstudio.errors import FileError

CHECKED = 100
_LARGEST_DIFFERENCE = 1e-4  # of NumPy's sums in another order; a file has the very same weights


def samples_to_check(snapshot: Snapshot, dataset: Dataset | None, *, raw: bool = False) -> Array:
    """Return up to `CHECKED` samples: of the test part, else of the training part, else made up.

    They are prepared as the network takes them, or ``raw`` as they came.
    """
    for samples in (dataset.test, dataset.training) if dataset is not None else ():
        if len(samples) and samples.shape == snapshot.input_shape:
            rows = np.arange(min(CHECKED, len(samples)))
            if raw:
                return np.asarray(samples.x[: len(rows)], np.float32)
            return samples.x_rows(rows, np.empty((len(rows), *samples.shape), np.float32)).copy()
    first, rng = snapshot.design.layers[0], np.random.default_rng(0)
    size = (CHECKED, *snapshot.input_shape)
    if isinstance(first, Embedding):
        return rng.integers(0, first.input_dim, size).astype(np.float32)
    return rng.normal(size=size).astype(np.float32)


class Difference:
    """Compares what was written with the network on ``x``, and keeps how far they were apart.

    What was written may scale samples ``inside``; the network gets them scaled.
    """

    def __init__(self, snapshot: Snapshot, x: Array, inside: Scaler = PLAIN) -> None:
        self.inside = inside
        self.largest: float | None = None
        self._x, self._wanted = x, snapshot.predictor()(inside.apply(x)).copy()

    def of(self, predict: Callable[[Array], Array]) -> None:
        """Raise FileError where ``predict`` says something else."""
        with np.errstate(invalid="ignore"):
            apart = np.abs(predict(self._x) - self._wanted)
        self.largest = float(np.nan_to_num(apart).max(initial=0.0))
        if self.largest > _LARGEST_DIFFERENCE * max(1.0, float(np.nanmax(np.abs(self._wanted)))):
            raise FileError(
                f"What was written predicts otherwise, by up to {self.largest:.2g}, so nothing was changed. "
                "Save it again, and report it if it happens again."
            )
