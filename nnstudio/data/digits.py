"""Digits: a drawing or a picture becomes a 28 x 28 image the way MNIST made its images.

Measured on MNIST: the longer side of the ink is 20 pixels in nearly every image, strokes are about 2.35
pixels wide, and the image is moved by whole pixels so that its centre of mass lies at index 14.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, Bytes, Floats
from nnstudio.data.photograph import PaperInk, ink_on_paper, is_uneven, with_pen
from nnstudio.data.raster import ink_of, resampled
from nnstudio.data.strokes import Stroke, lines_left

__all__ = ["Drawing", "Stroke", "digit_from_image", "digit_from_strokes", "digit_on_pad"]

SIDE_PX = 28
INK_PX = 20
PEN_PX = 2.35
_CENTRE = 14
# Share of the darkest ink below which all is paper: what JPEG leaves around an edge is mostly less.
_FAINT = 0.01
# Share of it where the edge of a blurred line is taken to be.
_EDGE = 0.25
# A step from one pixel to the next of more than this share of the ink is a sharp edge.
_SHARP = 0.5
_SMALL_PX = 40  # no larger picture can be one of MNIST's own
# Nearly all digits of MNIST were drawn with a pen between these widths.
_LEAST_PEN_PX, _MOST_PEN_PX = 0.95, 5.0


@dataclass(frozen=True, eq=False)
class Drawing:
    """What the network sees of a drawing.

    ``image`` is (28, 28), uint8, ink bright on 0. A point of the pad lies in it at
    ``point * scale + offset``, in pixels from its top left corner, x before y.
    """

    image: Bytes
    scale: float
    offset: tuple[float, float]


def digit_from_strokes(strokes: Sequence[Stroke], centred: bool = True) -> Drawing | None:
    """Draw ``strokes`` again at MNIST's size, or return None where no ink is left.

    Lines are scaled before they are drawn, so that the pen is as wide as in MNIST however large a person
    draws. ``centred`` moves the centre of mass to the middle; without it the box of the ink is there.
    """
    lines = lines_left(strokes)
    if not lines:
        return None
    scale, pen = _scale_and_pen(lines, _pen_width(strokes))
    points = np.concatenate(lines)
    offset = SIDE_PX / 2 - (points.min(axis=0) + points.max(axis=0)) / 2 * scale
    image = ink_of([line * scale + offset for line in lines], pen, SIDE_PX)
    down, right = _shift_to_centre(image) if centred else (0, 0)
    image = np.roll(image, (down, right), axis=(0, 1))
    return Drawing(image, scale, (float(offset[0]) + right, float(offset[1]) + down))


def digit_on_pad(strokes: Sequence[Stroke], pad: float) -> Drawing | None:
    """Draw ``strokes`` where they stand on a pad of side ``pad``; None where no ink is left.

    Neither moved nor enlarged: what a network meets that nobody prepares digits for.
    """
    lines = lines_left(strokes)
    if not lines:
        return None
    scale = SIDE_PX / pad
    image = ink_of([line * scale for line in lines], _pen_width(strokes) * scale, SIDE_PX)
    return Drawing(image, scale, (0.0, 0.0))


def _pen_width(strokes: Sequence[Stroke]) -> float:
    return max([stroke.width for stroke in strokes if not stroke.erases and len(stroke.points)] + [1e-6])


def _scale_and_pen(lines: Sequence[Floats], width: float) -> tuple[float, float]:
    """Return how many pixels a unit of the pad becomes, and how wide the pen is in pixels.

    The longer side of the ink is `INK_PX`, the pen `PEN_PX`. But one width of the pen never becomes more
    than all of the ink: a dot, whose line has no length, becomes a disc.
    """
    points = np.concatenate(lines)
    length = float(np.ptp(points, axis=0).max())
    scale = min(INK_PX / width, (INK_PX - PEN_PX) / length if length else np.inf)
    return scale, INK_PX - scale * length


def _shift_to_centre(image: Bytes) -> tuple[int, int]:
    """Return by how many pixels (down, right) the centre of mass comes to the middle, all ink kept."""
    down, right = (_shift(image.sum(axis=axis, dtype=np.int64)) for axis in (1, 0))
    return down, right


def _shift(mass: Array) -> int:
    """Return the shift along one axis for the sums ``mass`` (28,) across it."""
    inked = np.flatnonzero(mass)
    shift = round(_CENTRE - float(mass @ np.arange(len(mass)) / mass.sum()))
    return int(np.clip(shift, -inked[0], len(mass) - 1 - inked[-1]))


@dataclass(frozen=True, eq=False)
class Ink:
    """The ink of a picture (height, width) without what is empty around it, 0 on paper, and what was done.

    ``bright`` ink is on darker paper. ``evened`` tells that shades, lines and grain of the paper were taken
    out; ``other_pen`` that its lines were too thin or too thick for a digit of MNIST.
    """

    box: Array
    bright: bool
    evened: bool
    other_pen: bool


def digit_from_image(grey: Array) -> Bytes | None:
    """Return a picture ``grey`` (height, width), 0..255, as a 28 x 28 image; None where it is blank.

    Paper may be dark or bright, in shade, grained or ruled.
    """
    ink = ink_of_picture(grey)
    return None if ink is None else digit_from_ink(ink.box)


def ink_of_picture(grey: Array) -> Ink | None:
    """Return the ink of a picture ``grey`` (height, width), 0..255; None where there is none."""
    grey = np.asarray(grey, dtype=np.float32)
    evened = max(grey.shape) > _SMALL_PX and is_uneven(grey)
    found = ink_on_paper(grey) if evened else _plain_ink(grey)
    if found is None:
        return None
    box, other_pen = found.box, False
    if max(box.shape) > _SMALL_PX:
        box, other_pen = with_pen(box, _LEAST_PEN_PX, PEN_PX, _MOST_PEN_PX, INK_PX)
    return Ink(box, found.bright, evened, other_pen)


def digit_from_ink(box: Array) -> Bytes:
    """Return ink (height, width) that fills its box as a 28 x 28 image, in MNIST's size and place."""
    height, width = (max(1, round(length * INK_PX / max(box.shape))) for length in box.shape)
    small = resampled(box, height, width)
    image = np.zeros((SIDE_PX, SIDE_PX), dtype=np.uint8)
    top, left = (SIDE_PX - height) // 2, (SIDE_PX - width) // 2
    image[top : top + height, left : left + width] = np.rint(small * (255 / small.max()))
    return np.roll(image, _shift_to_centre(image), axis=(0, 1))


def _plain_ink(grey: Array) -> PaperInk | None:
    """Return the ink on paper of one colour, which is that of most of the border."""
    border = np.concatenate((grey[0], grey[-1], grey[:, 0], grey[:, -1]))
    paper = np.median(border)
    bright = bool(grey.max() - paper >= paper - grey.min())
    ink: Array = grey - paper if bright else paper - grey
    # What scatters on the border is grain of the paper or the camera, not ink.
    grain = 8 * np.median(np.abs(border - paper)) + _FAINT * ink.max()
    ink[ink <= grain] = 0
    # Enlarging and blurring put faint ink around the edge, where there was none.
    inked = ink > (_EDGE * ink.max() if _is_blurred(ink) else 0)
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    box = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else ink
    return PaperInk(box, bright) if box.max() > 0 else None


def _is_blurred(ink: Array) -> bool:
    steps = [np.abs(np.diff(ink, axis=axis)).max(initial=0) for axis in (0, 1)]
    return bool(max(steps) < _SHARP * ink.max())
