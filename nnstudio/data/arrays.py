"""Arrays: the names of array types that the data modules share.

`ClassIndices` and `OneHot` say the same in two ways; each is a type of its own, so that what takes the one
refuses the other before the program runs.
"""

from __future__ import annotations

from typing import Any, NewType

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.integer[Any]]
ClassIndices = NewType("ClassIndices", npt.NDArray[np.int64])  # (n,): the number of a class
OneHot = NewType("OneHot", npt.NDArray[Any])  # (n, classes): a 1 in the column of the class, else 0
