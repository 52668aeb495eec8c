"""Photograph: the ink on a picture of paper, however the light fell and whatever else is on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.arrays import Array, Flags
from nnstudio.data.morphology import narrowed, widened, without_peaks
from nnstudio.data.raster import resampled

_COARSE_PX, _FINE_PX = 256, 280  # the longer side when ink is looked for, and when it is cut out
_BLOCKS = 24  # along each side, whose medians say how bright the paper is
_WINDOW = 0.3  # of the longer side: no stroke of a digit is as wide
_LINE_SHARE = 0.6  # ink lower than that of the darkest may be a ruled line
_WHOLE = 0.8  # of a row or column at the least is a line
_CLEAR, _FULL = 0.35, 0.75  # of the darkest ink: less is paper, more is all ink
_EDGE = 0.25  # of full ink: less is what blur or a line left beside it
_GRAIN = 5.0  # times what scatters on the paper is still grain
_LEAST_PART = 0.04  # of all ink: less is dust
_MARGIN = 0.3
_LEAST_CONTRAST = 4.0  # of 255
_DARK = 16.0  # of 255: darker paper is black


def is_uneven(grey: Array) -> bool:
    """Return whether the paper of a picture (height, width), 0..255, has shades, lines or grain."""
    border = np.concatenate((grey[0], grey[-1], grey[:, 0], grey[:, -1]))
    paper = np.median(border)
    contrast = np.abs(grey - paper).max()
    off = np.abs(border - paper)
    return bool(np.quantile(off, 0.75) > 0.02 * contrast or off.max() > 0.1 * contrast)


@dataclass(frozen=True, eq=False)
class PaperInk:
    """Ink (height, width), 0..1, without what is empty around it, and whether it is brighter than paper."""

    box: Array
    bright: bool


def ink_on_paper(grey: Array) -> PaperInk | None:
    """Return the ink of a photograph ``grey`` (height, width), 0..255; None where there is none.

    First all of it is looked over; then what lies around the ink, as fine as it is.
    """
    small = _at_most(grey, _COARSE_PX)
    flat = small - _surface(small)
    bright = bool(_extreme(flat) > _extreme(-flat))
    found = _inked(small, bright)
    if not found.any():
        return None
    part = _around(grey, found)
    fine = _inked(_at_most(part, _FINE_PX), bright)
    return PaperInk(_cropped(fine), bright) if fine.any() else None


def _at_most(grey: Array, side: int) -> Array:
    scale = side / max(grey.shape)
    if scale >= 1:
        return grey
    return resampled(grey, max(1, round(grey.shape[0] * scale)), max(1, round(grey.shape[1] * scale)))


def _surface(grey: Array) -> Array:
    """Return how bright the paper is everywhere: a surface of the second degree through most blocks."""
    y, x = (np.linspace(-1, 1, length) for length in grey.shape)
    blocks = [np.array_split(np.arange(length), min(length, _BLOCKS)) for length in grey.shape]
    medians = np.array(
        [[np.median(grey[np.ix_(rows, columns)]) for columns in blocks[1]] for rows in blocks[0]]
    )
    at_y = np.array([y[rows].mean() for rows in blocks[0]])
    at_x = np.array([x[columns].mean() for columns in blocks[1]])
    terms = _terms(*np.meshgrid(at_y, at_x, indexing="ij")).reshape(6, -1).T
    values, keep = medians.ravel(), np.ones(medians.size, bool)
    for _ in range(6):
        weights = np.linalg.lstsq(terms[keep], values[keep], rcond=None)[0]
        off = np.abs(values - terms @ weights)
        keep = off <= max(2.5 * float(np.median(off)), 1e-3)
    surface: Array = np.tensordot(weights, _terms(*np.meshgrid(y, x, indexing="ij")), axes=1)
    return surface


def _terms(y: Array, x: Array) -> Array:
    return np.stack((np.ones_like(y), y, x, y * y, x * y, x * x))


def _extreme(flat: Array) -> float:
    """Return how far the brightest stand out; single pixels are grain."""
    return float(without_peaks(flat, 2, 2).max())


def _inked(grey: Array, bright: bool) -> Array:
    """Return how much ink is in each pixel, 0..1, brighter or darker than paper; what is no ink is 0."""
    window, sign = max(3, round(_WINDOW * max(grey.shape))), 1 if bright else -1
    paper = sign * without_peaks(sign * grey, window, window)
    # In the shade paper and ink are darker by the same share.
    ink = 255 * sign * (grey - paper) / np.maximum(paper, _DARK)
    ink = _without_lines(ink)
    top, grain = _top_of(ink), _GRAIN * float(np.median(ink))
    if top < _LEAST_CONTRAST or grain >= top:
        return np.zeros_like(ink)
    clear = max(_CLEAR * top, grain)
    shares = np.clip((ink - clear) / max(_FULL * top - clear, 0.05 * top), 0, 1)
    return _without_dust(shares)


def _top_of(ink: Array) -> float:
    """Return how dark the darkest ink is, but for single pixels."""
    return float(without_peaks(ink, 2, 2).max())


def _without_lines(ink: Array) -> Array:
    """Take out what goes on along a whole row or column and is lighter than the darkest ink."""
    top = _top_of(ink)
    for axis, length in enumerate((ink.shape[1], ink.shape[0])):
        window = max(3, round(0.5 * length))
        lines = without_peaks(ink, 1 if axis == 0 else window, window if axis == 0 else 1)
        # A stroke of a digit does not go over all of the paper.
        whole = (lines > 0.1 * top).mean(axis=1 - axis, keepdims=True) >= _WHOLE
        lines = lines * whole
        if 0 < lines.max() < _LINE_SHARE * top:
            ink = np.maximum(ink - widened(lines, 3, 3), 0)
    return ink


def _without_dust(shares: Array) -> Array:
    """Take out parts that are too small to belong to what is drawn."""
    labels = parts_in(shares > _EDGE)
    mass = np.bincount(labels.ravel(), shares.ravel())
    mass[0] = 0
    kept = mass >= _LEAST_PART * mass.sum()
    return np.where(kept[labels], shares, 0)


def parts_in(inked: Flags) -> Array:
    """Return the number of the part that each pixel belongs to, 0 for paper; corners touch, too."""
    labels = np.where(inked, np.arange(1, inked.size + 1, dtype=np.int32).reshape(inked.shape), 0)
    while True:
        grown = np.where(inked, widened(labels, 3, 3), 0)
        # A label leads to the pixel that it is called after, whose own label may be larger by now.
        ahead = np.append(np.int32(0), grown.ravel())[grown]
        if (ahead == labels).all():
            return np.unique(labels, return_inverse=True)[1].reshape(labels.shape)
        labels = ahead


def _around(grey: Array, found: Array) -> Array:
    """Return the part of ``grey`` where a smaller copy of it has ink, with some paper around."""
    spans = []
    for axis in (0, 1):
        inked = np.flatnonzero(found.any(axis=1 - axis))
        scale = grey.shape[axis] / found.shape[axis]
        margin = _MARGIN * max(np.ptp(np.flatnonzero(found.any(axis=side))) + 1 for side in (0, 1)) * scale
        first, last = inked[0] * scale - margin, (inked[-1] + 1) * scale + margin
        spans.append(slice(max(0, int(first)), min(grey.shape[axis], int(last) + 1)))
    return grey[spans[0], spans[1]]


def _cropped(ink: Array) -> Array:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def with_pen(box: Array, least: float, wanted: float, most: float, side: int) -> tuple[Array, bool]:
    """Return ink (height, width) as if drawn with another pen where its own is too thin or too thick.

    Widths of pens are in pixels of a picture whose longer side is ``side``.
    """
    scale = max(box.shape) / side
    width = pen_width(box / box.max()) / scale
    if least <= width <= most:
        return box, False
    radius = max(1, round(abs(wanted - width) / 2 * scale))
    change = widened if width < wanted else narrowed
    padded = np.pad(box, radius if width < wanted else 0)
    for _ in range(radius):
        padded = change(padded, 3, 1) if _ % 2 else change(padded, 1, 3)
    return (_cropped(padded), True) if padded.any() else (box, False)


def pen_width(shares: Array) -> float:
    """Return how wide lines of ink 0..1 (height, width) are: twice their area by their outline."""
    padded = np.pad(shares, 1)
    down, across = np.gradient(padded)
    outline = float(np.hypot(down, across).sum())
    return 2 * float(shares.sum()) / outline if outline else 0.0
