"""Photographs: digits of MNIST as people take pictures of theirs, made with Pillow."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

Array = np.ndarray
SIDE_PX = 320
_BICUBIC, _NEAREST = Image.Resampling.BICUBIC, Image.Resampling.NEAREST
_UPRIGHT = 0x0112


def placed(
    digit: Array, rng: np.random.Generator, low: float = 6, high: float = 10, resample: int = _BICUBIC
) -> Array:
    """Return the ink of ``digit``, 0..1, enlarged and anywhere on a square of `SIDE_PX`."""
    rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
    box = np.pad(digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], 2)
    scale = rng.uniform(low, high)
    height, width = (max(1, round(length * scale)) for length in box.shape)
    large = np.asarray(Image.fromarray(box).resize((width, height), resample), float) / 255
    ink = np.zeros((SIDE_PX, SIDE_PX))
    top, left = (int(rng.integers(10, SIDE_PX - length - 10)) for length in (height, width))
    ink[top : top + height, left : left + width] = large
    return ink


def on_paper(ink: Array, paper: object = (245, 243, 238), pen: object = (40, 42, 50)) -> Array:
    """Return ink 0..1 (height, width) in a colour on paper of another, (height, width, 3), 0..255."""
    light, dark = np.asarray(paper, float), np.asarray(pen, float)
    return light + ink[:, :, None] * (dark - light)


def _light(rng: np.random.Generator) -> Array:
    """Return how much light falls, 0.55 to 1, from a corner to the other and with a bulge."""
    y, x = np.mgrid[-1 : 1 : SIDE_PX * 1j, -1 : 1 : SIDE_PX * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    light = 0.78 + 0.14 * (np.cos(angle) * x + np.sin(angle) * y) - 0.06 * (x * x + y * y)
    return light[:, :, None]


def _grain(picture: Array, rng: np.random.Generator, much: float = 4.0) -> Array:
    return picture + rng.normal(0, much, picture.shape)


def plain(digit: Array, rng: np.random.Generator) -> Array:
    return on_paper(placed(digit, rng))


def uneven_light(digit: Array, rng: np.random.Generator) -> Array:
    return _grain(on_paper(placed(digit, rng)) * _light(rng), rng)


def shadow(digit: Array, rng: np.random.Generator) -> Array:
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    edge = np.clip((x + rng.uniform(-0.4, 0.4) * y - rng.uniform(100, 220)) / 25 + 0.5, 0, 1)
    return _grain(on_paper(placed(digit, rng)) * (0.55 + 0.45 * edge)[:, :, None], rng)


def ruled(digit: Array, rng: np.random.Generator) -> Array:
    lines = np.zeros((SIDE_PX, SIDE_PX))
    for row in range(int(rng.integers(5, 30)), SIDE_PX, 38):
        lines[row : row + 2] = 1
    paper = on_paper(lines, pen=(150, 175, 215))
    ink = placed(digit, rng)[:, :, None]
    return _grain(paper + ink * (np.array([40, 42, 50]) - paper), rng, 2)


def squared(digit: Array, rng: np.random.Generator) -> Array:
    lines = np.zeros((SIDE_PX, SIDE_PX))
    for place in range(int(rng.integers(3, 20)), SIDE_PX, 24):
        lines[place : place + 1] = lines[:, place : place + 1] = 1
    paper = on_paper(lines, pen=(170, 180, 200))
    ink = placed(digit, rng)[:, :, None]
    return _grain(paper + ink * (np.array([30, 40, 120]) - paper), rng, 2)


def coloured_pen(digit: Array, rng: np.random.Generator) -> Array:
    pens = ((200, 30, 40), (30, 140, 60), (40, 60, 200), (230, 120, 20), (245, 225, 60))
    return _grain(on_paper(placed(digit, rng), pen=pens[int(rng.integers(len(pens)))]), rng, 2)


def thin_pencil(digit: Array, rng: np.random.Generator) -> Array:
    core = np.clip((_blurred(placed(digit, rng, 9, 10), 2) - 0.55) * 6, 0, 1)  # only the middle of its lines
    return _grain(on_paper(core, pen=(140, 140, 145)), rng, 3)


def jpeg_noise(digit: Array, rng: np.random.Generator) -> Array:
    file = io.BytesIO()
    Image.fromarray(pixels(on_paper(placed(digit, rng)))).save(file, "JPEG", quality=12)
    return np.asarray(Image.open(file), float)


def white_on_black(digit: Array, rng: np.random.Generator) -> Array:
    return _grain(on_paper(placed(digit, rng), (35, 40, 38), (225, 228, 220)) * _light(rng), rng, 5)


def tiny(digit: Array, rng: np.random.Generator) -> Array:
    small = Image.fromarray(pixels(plain(digit, rng))).resize((48, 48), Image.Resampling.BOX)
    return np.asarray(small, float)


def small_on_a_large_sheet(digit: Array, rng: np.random.Generator) -> Array:
    sheet = np.full((1000, 760, 3), 240.0)
    top, left = int(rng.integers(20, 660)), int(rng.integers(20, 420))
    small = Image.fromarray(pixels(plain(digit, rng))).resize((110, 110), Image.Resampling.BOX)
    sheet[top : top + 110, left : left + 110] = np.asarray(small, float) * (240 / 245)
    y, x = np.mgrid[-1:1:1000j, -1:1:760j]
    return _grain(sheet * (0.85 + 0.1 * x + 0.05 * y)[:, :, None], rng, 3)


def blurred(digit: Array, rng: np.random.Generator) -> Array:
    return on_paper(_blurred(placed(digit, rng), 4))


KINDS: dict[str, Callable[[Array, np.random.Generator], Array]] = {
    "plain": plain,
    "uneven light": uneven_light,
    "shadow": shadow,
    "ruled paper": ruled,
    "squared paper": squared,
    "coloured pen": coloured_pen,
    "thin pencil": thin_pencil,
    "JPEG noise": jpeg_noise,
    "white on black": white_on_black,
    "tiny": tiny,
    "small on a large sheet": small_on_a_large_sheet,
    "blurred": blurred,
}


def _blurred(ink: Array, radius: float) -> Array:
    image = Image.fromarray(np.rint(ink * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), float) / 255


def pixels(picture: Array) -> Array:
    """Return a picture as bytes."""
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def turned_file(picture: Array) -> bytes:
    """Return a JPEG file that a camera held sideways would write, with the note that it is so."""
    image, file = Image.fromarray(pixels(picture)).transpose(Image.Transpose.ROTATE_90), io.BytesIO()
    notes = image.getexif()
    notes[_UPRIGHT] = 6
    image.save(file, "JPEG", exif=notes, quality=92)
    return file.getvalue()


def transparent_file(ink: Array, pen: tuple[int, int, int] = (20, 20, 20)) -> bytes:
    """Return a PNG file with ink on nothing."""
    rgba = np.zeros((*ink.shape, 4), np.uint8)
    rgba[:, :, :3], rgba[:, :, 3] = pen, np.rint(ink * 255)
    file = io.BytesIO()
    Image.fromarray(rgba).save(file, "PNG")
    return file.getvalue()
