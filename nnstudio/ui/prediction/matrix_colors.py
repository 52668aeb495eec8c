"""Matrix colours: which ground each cell has, one scale for the diagonal, another for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from nnstudio.ui import theme
from nnstudio.ui.prediction.pictures import ramp_of

Array = npt.NDArray[Any]

_POWER = 0.8  # lifts small counts, which are most of what is wrong
_ENTRIES = 256


@lru_cache(maxsize=8)
def ramp(stops: tuple[str, ...]) -> tuple[QColor, ...]:
    """Return 256 colours over evenly spaced ``stops``, low to high."""
    return tuple(QColor(int(r), int(g), int(b)) for r, g, b in ramp_of(stops).T)


@dataclass(frozen=True, eq=False)
class Levels:
    """How high each cell is on its scale, (classes, classes), 0 to 255, and what the scales go to.

    ``lowest`` is where the diagonal's scale begins, a share in whole percent; it ends at 1.
    ``most`` is the highest value off the diagonal.
    """

    table: Array
    lowest: float
    most: float


def levels_of(values: Array, shares: Array) -> Levels:
    """Return the levels for ``values`` (classes, classes) off the diagonal and ``shares`` on it."""
    values, diagonal = np.nan_to_num(values), np.diagonal(shares)
    lowest = np.fmin.reduce(diagonal, initial=0.99)  # passes over what is not a number
    lowest = float(np.floor(lowest * 100 + 1e-9)) / 100
    wrong = values * (1 - np.eye(len(values)))
    most = float(wrong.max())
    heights = (wrong / most if most else wrong) ** _POWER
    np.fill_diagonal(heights, (np.nan_to_num(diagonal) - lowest) / (1 - lowest))
    return Levels(np.rint(np.clip(heights, 0, 1) * (_ENTRIES - 1)).astype(int), lowest, most)


def ground(level: int, right: bool) -> QColor:
    """Return the colour of a cell in the theme in force."""
    of_right, of_wrong = _stops()
    return ramp(of_right if right else of_wrong)[level]


def cell_colors(levels: Levels, counts: Array) -> QImage:
    """Return all cells as an image with a pixel for each."""
    colors, classes = theme.current(), len(counts)
    right, wrong = (np.array([color.rgb() for color in ramp(stops)], np.uint32) for stops in _stops())
    pixels = np.where(counts > 0, wrong[levels.table], np.uint32(colors.color("base").rgb()))
    np.fill_diagonal(pixels, right[np.diagonal(levels.table)])
    pixels = np.ascontiguousarray(pixels)
    return QImage(pixels.data, classes, classes, 4 * classes, QImage.Format.Format_RGB32).copy()


def _stops() -> tuple[theme.Ramp, theme.Ramp]:
    colors = theme.current()
    return colors.matrix_right, colors.matrix_wrong


@lru_cache(maxsize=4096)
def text_on(rgb: int) -> QColor:
    """Return black or white, whichever contrasts more with the ground ``rgb``."""
    color = QColor.fromRgb(rgb)
    red, green, blue = (_linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # The contrasts (L + 0.05) / 0.05 with black and 1.05 / (L + 0.05) with white are equal at L = 0.179.
    return QColor(0, 0, 0) if luminance > 0.179 else QColor(255, 255, 255)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
