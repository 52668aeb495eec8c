"""AnswerColors: which colour an answer of the network has: a probability, a class, a value."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from nnstudio.ui import theme
from nnstudio.ui.data.class_colors import class_color
from nnstudio.ui.prediction.pictures import ramp_of
from nnstudio.ui.training.ticks import Range

Array = npt.NDArray[Any]

_STRENGTH = 0.5  # of the colours of a ground: what lies on it must stand out
_LAST = 255


def value_color(value: float, values: Range) -> QColor:
    """Return the colour of a value to predict."""
    level = int(_levels(np.array(value), values))
    return QColor(*map(int, ramp_of(theme.current().sequential)[:, level]))


def ground_image(answers: Array, classes: int, values: Range) -> QImage:
    """Return a picture of ``answers`` (rows, columns, n): shares of ``classes``, or with none, values.

    What is not a number is left in the colour of the card.
    """
    if classes == 2:
        rgb = _softened(ramp_of(theme.current().diverging)[:, _levels(answers[..., 1], (0.0, 1.0))])
    elif classes:
        rgb = _class_rgb(answers, classes)
    else:
        rgb = ramp_of(theme.current().sequential)[:, _levels(answers[..., 0], values)].astype(float)
    pixels = np.moveaxis(rgb, 0, -1)
    pixels[~np.isfinite(answers).all(axis=-1)] = _base()
    bytes_ = np.ascontiguousarray(np.rint(pixels), np.uint8)
    rows, columns = bytes_.shape[:2]
    return QImage(bytes_.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def bar_image(classes: int) -> QImage:
    """Return the scale of `ground_image` from its lowest to its highest answer, one row."""
    along = np.linspace(0.0, 1.0, _LAST + 1)
    answers = np.stack((1.0 - along, along), axis=-1) if classes == 2 else along[:, None]
    return ground_image(answers[None], classes, (0.0, 1.0))


def _class_rgb(answers: Array, classes: int) -> Array:
    """Return the colour of the surest class, the paler the less sure it is, (3, rows, columns)."""
    table = np.array([[c.red(), c.green(), c.blue()] for c in map(class_color, range(classes))], float)
    shares = np.nan_to_num(answers)
    share = np.clip((shares.max(axis=-1) - 1.0 / classes) / (1.0 - 1.0 / classes), 0.0, 1.0)
    return _mixed(np.moveaxis(table[shares.argmax(axis=-1)], -1, 0), _STRENGTH * (0.15 + 0.85 * share))


def _softened(rgb: Array) -> Array:
    return _mixed(rgb, np.array(_STRENGTH))


def _mixed(rgb: Array, share: Array) -> Array:
    base = _base()[:, None, None]
    mixed: Array = base + share * (rgb - base)
    return mixed


def _base() -> Array:
    base = theme.current().color("base")
    return np.array([base.red(), base.green(), base.blue()], float)


def _levels(answers: Array, values: Range) -> Array:
    low, high = values
    shares = np.clip(np.nan_to_num((answers - low) / (high - low)), 0.0, 1.0)
    levels: Array = np.rint(_LAST * shares).astype(int)
    return levels
