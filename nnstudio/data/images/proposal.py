"""Proposal: which size, colour and ground fit the pictures of a folder, from some of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from nnstudio.data.files import LIMIT_BYTES
from nnstudio.data.images.decoding import Unreadable, glance
from nnstudio.data.images.shaping import BLACK, COLOUR, GREY, WHITE, Glance, Shaping
from nnstudio.data.watch import UNWATCHED, Watch

_LOOKED_AT = 48
_LARGEST_PX = 64
_SMALL_PX = 40
_DIGIT_PX = 28
_MOST_COLOURED = 0.1  # share of the pictures that may have colour where all become grey


def propose(paths: Sequence[Path], watch: Watch = UNWATCHED) -> Shaping:
    """Return what the pictures ``paths`` should become."""
    seen = _glances(paths, watch)
    if not seen:
        return Shaping(GREY, _DIGIT_PX, _DIGIT_PX)
    coloured = sum(not one.grey for one in seen) / len(seen)
    colour = COLOUR if coloured > _MOST_COLOURED else GREY
    background = WHITE if 2 * sum(one.bright_ground for one in seen) >= len(seen) else BLACK
    height, width = _size(seen, colour)
    shaping = Shaping(colour, height, width, background=background)
    while len(paths) * math.prod(shaping.shape) > LIMIT_BYTES:
        height, width = max(1, height * 3 // 4), max(1, width * 3 // 4)
        shaping = Shaping(colour, height, width, background=background)
    return shaping


def _glances(paths: Sequence[Path], watch: Watch) -> list[Glance]:
    """Return what some pictures are, taken evenly from all of them."""
    step = max(1, len(paths) // _LOOKED_AT)
    seen = []
    for path in paths[::step]:
        watch.told(None, f"Looking at some of {len(paths):,} images")
        try:
            seen.append(glance(path))
        except Unreadable:  # it is told when all are read
            continue
    return seen


def _size(seen: Sequence[Glance], colour: str) -> tuple[int, int]:
    """Return height and width: the commonest, no larger than 64; a square where sizes differ."""
    sizes = Counter((one.height, one.width) for one in seen)
    (height, width), count = sizes.most_common(1)[0]
    if 2 * count >= len(seen):
        scale = min(1.0, _LARGEST_PX / max(height, width))
        return max(1, round(height * scale)), max(1, round(width * scale))
    middle = sorted(max(one.height, one.width) for one in seen)[len(seen) // 2]
    side = _DIGIT_PX if colour == GREY and middle <= _SMALL_PX else min(_LARGEST_PX, middle)
    return side, side
