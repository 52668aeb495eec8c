"""PadPredictor: what the network says of one picture, at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.data.scaler import Scaler
from nnstudio.engine.network import Snapshot
from nnstudio.engine.predictor import Predictor

Array = npt.NDArray[Any]


class PadPredictor:
    """Keeps a predictor for the snapshot asked last, so that a stroke costs one forward pass."""

    def __init__(self) -> None:
        self._snapshot: Snapshot | None = None
        self._predictor: Predictor | None = None

    def predict(self, snapshot: Snapshot, picture: Array, scaler: Scaler) -> Array | None:
        """Return the outputs for a raw picture, (outputs,); None where the network takes another shape."""
        if picture.size != int(np.prod(snapshot.input_shape)):
            return None
        if snapshot is not self._snapshot or self._predictor is None:
            self._snapshot, self._predictor = snapshot, snapshot.predictor()
        x = scaler.apply(picture).reshape(1, *snapshot.input_shape)
        outputs: Array = self._predictor(x)[0].copy()
        return outputs
