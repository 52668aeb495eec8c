"""Decoding: the file of a picture becomes pixels of a size and a colour; only this file knows Pillow."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data.arrays import Bytes
from nnstudio.data.images.pixels import eight_bits, has_bright_ground, is_grey
from nnstudio.data.images.shaping import BLACK, COLOUR, CROP, STRETCH, WHITE, Glance, Shaping

ENDINGS = (".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".pgm", ".ppm", ".pbm")
MOST_PIXELS = 2**26  # a camera of 64 megapixels; decoded they take a quarter of a gigabyte
# Few on purpose: each format that may be tried is a parser that strangers' files reach.
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")
_JPEG = ("JPEG", "MPO")  # MPO is what some telephones write into .jpg: several pictures, of which the first
_DEEP = ("I", "F")  # and those that begin with "I;": more than 8 bits a pixel
_ORIENTATION = 0x0112
_TURNED = range(5, 9)  # values of EXIF's orientation that swap width and height
_GLANCE_PX = 64


class Unreadable(Exception):
    """A picture that cannot be had, with the reason in two or three words."""


def picture(path: Path, shaping: Shaping) -> Bytes:
    """Return the pixels of the first frame of the picture ``path``.

    Raises:
        Unreadable: there is none, or it is too large.
    """
    with _opened(path) as image:
        if image.format in _JPEG and image.mode == "RGB":
            # The decoder leaves out what a small picture does not show: several times as fast.
            image.draft("RGB", (2 * max(shaping.width, shaping.height),) * 2)
        image = _flat(_upright(image), shaping.background)
        return np.asarray(_resized(_in(image, shaping.colour), shaping))


def glance(path: Path) -> Glance:
    """Return what the picture ``path`` is, from a small copy of it; Unreadable as in `picture`."""
    with _opened(path) as image:
        width, height = image.size
        if image.getexif().get(_ORIENTATION) in _TURNED:
            width, height = height, width
        if image.format in _JPEG and image.mode == "RGB":
            image.draft("RGB", (_GLANCE_PX, _GLANCE_PX))
        image = image if _is_deep(image.mode) else image.convert("RGBA")
        image.thumbnail((_GLANCE_PX, _GLANCE_PX))
        grey = _is_deep(image.mode) or is_grey(np.asarray(image))
        small = _flat(image, WHITE) if _is_deep(image.mode) else image
        return Glance(height, width, grey, has_bright_ground(np.asarray(small.convert("RGBA"))))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a picture, of which only the header is read; whatever a decoder raises becomes Unreadable."""
    try:
        with _pillow().open(path, formats=_FORMATS) as image:
            _refuse_size(*image.size)
            yield image
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable("too large for the memory") from error
    except Exception as error:  # damaged bytes make decoders raise nearly anything
        raise Unreadable(_reason(path, error)) from error


@lru_cache(maxsize=1)
def _pillow() -> Any:
    """Return Pillow's module of images, with the readers of our formats."""
    from PIL import (  # noqa: F401
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        JpegImagePlugin,
        PngImagePlugin,
        PpmImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    # We check sizes ourselves, and tell of damaged pictures in our own words.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    return Image


def _refuse_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unreadable(f"{width:,} x {height:,} pixels, too large")
    if width * height < 2:
        raise Unreadable("a single pixel")


def _reason(path: Path, error: Exception) -> str:
    """Say in a few words why a picture could not be read."""
    if isinstance(error, FileNotFoundError):
        return "gone"
    if isinstance(error, PermissionError):
        return "reading it is not permitted"
    if type(error).__name__ == "DecompressionBombError":
        return "too large"
    if type(error).__name__ == "UnidentifiedImageError":
        return "an empty file" if not os.path.getsize(path) else "no picture"
    return "damaged"


def _upright(image: Any) -> Any:
    """Return ``image`` as the camera was held."""
    if image.format in ("PNG", "GIF", "BMP", "PPM") and "exif" not in image.info:
        return image  # asking would read a PNG to its end first
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def _is_deep(mode: str) -> bool:
    return mode in _DEEP or mode.startswith("I;")


def _flat(image: Any, background: str) -> Any:
    """Return ``image`` with 8 bits a channel, and ``background`` where it was transparent."""
    if _is_deep(image.mode):
        return _pillow().fromarray(eight_bits(np.asarray(image)))
    if not image.has_transparency_data:
        return image
    ground = _pillow().new("RGBA", image.size, background)
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")


def _in(image: Any, colour: str) -> Any:
    """Return ``image`` in grey or in colour."""
    mode = "RGB" if colour == COLOUR else "L"
    if image.mode not in ("1", "L", "P", "RGB"):
        image = image.convert("RGB")
    return image if image.mode == mode else image.convert(mode)


def _resized(image: Any, shaping: Shaping) -> Any:
    size = (shaping.width, shaping.height)
    if image.size == size:
        return image
    if shaping.fit == STRETCH:
        return _scaled(image, size)
    if shaping.fit == CROP:
        return _scaled(image, size, _box(image.size, size))
    scale = min(new / old for new, old in zip(size, image.size, strict=True))
    inner = [max(1, round(scale * old)) for old in image.size]
    framed = _pillow().new(image.mode, size, shaping.background)
    framed.paste(_scaled(image, (inner[0], inner[1])), ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2))
    return framed


def _scaled(image: Any, size: tuple[int, int], box: tuple[float, ...] | None = None) -> Any:
    return image.resize(size, _pillow().Resampling.BILINEAR, box, reducing_gap=2.0)


def _box(old: tuple[int, int], new: tuple[int, int]) -> tuple[float, ...]:
    """Return the middle of a picture of size ``old`` that has the proportions of ``new``."""
    scale = min(old[0] / new[0], old[1] / new[1])
    width, height = scale * new[0], scale * new[1]
    left, top = (old[0] - width) / 2, (old[1] - height) / 2
    return left, top, left + width, top + height


def shown_picture(path: Path, most_px: int) -> Bytes:
    """Return the picture ``path`` in colour, (height, width, 3), no side longer than ``most_px``.

    Raises:
        Unreadable: there is none, or it is too large.
    """
    with _opened(path) as image:
        if image.format in _JPEG and image.mode == "RGB":
            image.draft("RGB", (most_px, most_px))
        background = WHITE if _dark_on_nothing(image) else BLACK
        image = _in(_flat(_upright(image), background), COLOUR)
        image.thumbnail((most_px, most_px), _pillow().Resampling.BOX, reducing_gap=2.0)
        return np.asarray(image)


def _dark_on_nothing(image: Any) -> bool:
    if _is_deep(image.mode) or not image.has_transparency_data:
        return True
    return has_bright_ground(np.asarray(image.convert("RGBA")))
