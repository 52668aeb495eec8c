"""Maxima: the largest number of each window and channel, and the way back to where it was."""

from __future__ import annotations

from math import prod

import numpy as np

from nnstudio.engine.images.blocks import each_look
from nnstudio.engine.images.windows import Windows
from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch


def winners(batch: int, piece: slice, windows: Windows, channels: int, scratch: Scratch) -> Array:
    """Return the room for which cell of its window is the largest, for a piece of a batch.

    It is (*places, images, channels) and keeps its numbers as long as a batch is cut in the same way.
    """
    kind = np.min_scalar_type(prod(windows.size) - 1)
    room = scratch.array("winners", (batch, prod(windows.places) * channels), kind)
    return room[piece].reshape(*windows.places, -1, channels)


def take_maxima(frame: Array, windows: Windows, winner: Array, scratch: Scratch) -> Array:
    """Return the largest numbers (*places, images, channels) of a framed block; fill ``winner`` likewise.

    Of cells that are equal the first one wins.
    """
    first, *others = each_look(frame, windows)
    largest = scratch.array("largest", winner.shape)
    larger = scratch.array("larger", winner.shape, np.bool_)
    claim = scratch.array("claim", winner.shape, winner.dtype)
    np.copyto(largest, first)
    winner.fill(0)
    for cell, look in enumerate(others, 1):
        np.greater(look, largest, out=larger)
        np.maximum(look, largest, out=largest)
        np.multiply(larger.view(np.uint8), winner.dtype.type(cell), out=claim)
        np.maximum(winner, claim, out=winner)  # cells claim in order, so that the last claim is the largest
    return largest


def give_to_maxima(dy: Array, windows: Windows, winner: Array, frame: Array, scratch: Scratch) -> None:
    """Fill a framed block with ``dy`` (*places, images, channels) where the largest numbers were."""
    if not windows.are_everywhere:
        frame.fill(0)
    won = scratch.array("larger", winner.shape, np.bool_)
    for cell, look in enumerate(each_look(frame, windows)):
        np.equal(winner, winner.dtype.type(cell), out=won)
        if windows.are_apart:
            np.multiply(dy, won, out=look)
        else:
            np.add(look, np.multiply(dy, won, out=scratch.array("part", dy.shape)), out=look)
