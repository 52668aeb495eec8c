"""Matrix outline: the lines around cells that are chosen together."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF

from nnstudio.data.arrays import Array, Flags
from nnstudio.ui.prediction.matrix_geometry import MatrixGeometry


def outline(mask: Flags, geometry: MatrixGeometry) -> list[QLineF]:
    """Return the lines that part the cells of ``mask`` (classes, classes) from all others, in pixels."""
    left, top, pitch = geometry.left, geometry.top, geometry.pitch
    upright = [
        QLineF(left + column * pitch, top + row * pitch, left + column * pitch, top + (row + 1) * pitch)
        for row, column in _edges(mask)
    ]
    level = [
        QLineF(left + column * pitch, top + row * pitch, left + (column + 1) * pitch, top + row * pitch)
        for column, row in _edges(mask.T)
    ]
    return upright + level


def _edges(mask: Flags) -> Array:
    """Return where the cells of each row begin and end, (n, 2)."""
    padded = np.pad(mask, ((0, 0), (1, 1)))
    return np.argwhere(padded[:, 1:] != padded[:, :-1])
