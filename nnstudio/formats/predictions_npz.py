"""Predictions as npz: arrays of an evaluation, as NumPy reads them without nnstudio."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from nnstudio.formats.atomic import replace_file


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write ``arrays`` under their names; the file is whole or as it was.

    Raises:
        FileError: the system does not let us; the message says why.
    """

    def write(file: IO[bytes]) -> None:
        np.savez_compressed(file, allow_pickle=False, **arrays)

    replace_file(path, write)
