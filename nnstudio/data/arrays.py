"""Arrays: the names of array types that the data modules share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.integer[Any]]
