"""OwnPicture: a picture of a digit, from anywhere, on its way to an image as MNIST made its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, Bytes
from nnstudio.data.digits import Ink, digit_from_ink, ink_of_picture
from nnstudio.data.files import CHOOSE_OTHER, opened, wrong_file
from nnstudio.data.picture_parts import parts_of
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import DataError

MOST_PX = 1024  # a side: plenty for an image of 28
_EXPECTED = "a picture of a digit"
_GREY_PARTS = np.array([0.299, 0.587, 0.114], np.float32)  # how bright red, green and blue look
_COLOURED = 24  # of 255: less is what JPEG makes of grey
_FAR_MORE = 1.4  # times the contrast
_GREY_STEP, _INK_STEP, _IMAGE_STEP = "grey", "its ink", "centred"


@dataclass(frozen=True, eq=False)
class Step:
    """What became of the picture, uint8 (height, width) or (height, width, 3), and what that is called."""

    name: str
    picture: Bytes


@dataclass(frozen=True, eq=False)
class OwnPicture:
    """The picture called ``name``: what was done to it, and the image (28, 28) that came out."""

    name: str
    steps: tuple[Step, ...]
    words: str
    image: Bytes


def read_own_picture(path: Path, watch: Watch = UNWATCHED) -> OwnPicture:
    """Return what becomes of the picture in the file ``path``.

    Raises:
        FileError: it is no picture, or nothing is on it.
    """
    from nnstudio.data.images.decoding import Unreadable, shown_picture

    with opened(path, _EXPECTED):
        pass  # a folder or a missing file has better words than a decoder
    try:
        return own_picture(path.name, shown_picture(path, MOST_PX))
    except Unreadable as error:
        raise wrong_file(path, _EXPECTED, str(error), CHOOSE_OTHER) from error
    except DataError as error:
        raise wrong_file(path, _EXPECTED, "one plain colour", CHOOSE_OTHER) from error


def own_picture(name: str, colours: Bytes) -> OwnPicture:
    """Return what becomes of ``colours`` (height, width, 3).

    Raises:
        DataError: nothing is on the picture.
    """
    grey = _grey(colours)
    ink = ink_of_picture(grey)
    if ink is None:
        raise DataError(f"Expected {_EXPECTED}, found one plain colour. Take a picture with ink on it.")
    image = digit_from_ink(ink.box)
    coloured = int(np.ptp(colours, axis=2).max()) > _COLOURED
    pictures = (colours, _bytes(grey), _bytes(ink.box * (255 / ink.box.max())), image)
    names = ("original", _GREY_STEP, _INK_STEP, _IMAGE_STEP)
    steps = tuple(
        Step(*both) for both in zip(names, pictures, strict=True) if coloured or both[0] != _GREY_STEP
    )
    return OwnPicture(name, steps, _words(coloured, ink, parts_of(image)), image)


def _grey(colours: Array) -> Array:
    """Return how bright the picture looks, or its red, green or blue where ink stands out far more."""
    values = colours.astype(np.float32)
    looks = values @ _GREY_PARTS
    parts = [values[:, :, index] for index in range(values.shape[2])]
    best = max(parts, key=_contrast)
    return best if _contrast(best) > _FAR_MORE * _contrast(looks) else looks


def _contrast(grey: Array) -> float:
    return float(np.abs(grey - np.median(grey)).max())


def _words(coloured: bool, ink: Ink, parts: int) -> str:
    """Say what was done, as a sentence, and what is odd."""
    done = ["turned to grey"] if coloured else []
    done += ["freed of shades, lines and grain of the paper"] if ink.evened else []
    done += ["inverted, for MNIST's ink is bright on black"] if not ink.bright else []
    done += ["cropped to its ink"]
    done += ["drawn with a pen as wide as MNIST's"] if ink.other_pen else []
    done += ["scaled to 20 pixels and centred by its mass"]
    odd = f" Its {parts} separate parts are read as one digit." if parts > 1 else ""
    return f"It was {', '.join(done[:-1])}, and {done[-1]}.{odd}"


def _bytes(grey: Array) -> Bytes:
    values: Bytes = np.clip(np.rint(grey), 0, 255).astype(np.uint8)
    return values
