"""Pictures: files of images for the tests, right ones and awkward ones, made with Pillow."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image


def noise(seed: int, *shape: int) -> Any:
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def png(pixels: Any) -> bytes:
    return encoded(Image.fromarray(pixels))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_that_says(width: int, height: int) -> bytes:
    """Return a PNG whose header promises pixels that are not there."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def write_folder(
    folder: Path, classes: tuple[str, ...] = ("cat", "dog"), count: int = 4, side: int = 8
) -> Path:
    """Write grey pictures, another in each file, into a folder for each class."""
    for index, name in enumerate(classes):
        for number in range(count):
            write(folder, f"{name}/{number}.png", png(noise(100 * index + number, side, side)))
    return folder


def turned() -> bytes:
    """Return a JPEG whose upper half is dark as it lies in the file, and that lies on its left side."""
    pixels = np.repeat(np.array([0] * 16 + [255] * 16, np.uint8)[:, None], 24, axis=1)
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(Image.fromarray(pixels), "JPEG", exif=exif, quality=95)


def animated() -> bytes:
    frames = [Image.fromarray(np.full((9, 9), value, np.uint8)) for value in (200, 0, 100)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def transparent() -> bytes:
    """Return black ink in the middle of nothing."""
    pixels = np.zeros((9, 9, 4), np.uint8)
    pixels[3:6, 3:6, 3] = 255
    return png(pixels)


def palette() -> bytes:
    image = Image.fromarray(np.zeros((9, 9), np.uint8), "P")
    image.putpalette([10, 200, 30] + [0] * 765)
    return encoded(image)


def cmyk() -> bytes:
    return encoded(Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG", quality=95)


def flat(colour: Any, mode: str = "RGB", kind: str = "PNG") -> bytes:
    return encoded(Image.new(mode, (9, 9), colour), kind)


GOOD_PNG = png(noise(5, 9, 9))
# Pictures that open: what they are, and the colour of the pixel in their middle, in a 9 x 9 colour folder.
READABLE: dict[str, tuple[Callable[[], bytes], tuple[int, int, int]]] = {
    "grey.png": (lambda: flat(77, "L"), (77, 77, 77)),
    "colour.png": (lambda: flat((1, 2, 3)), (1, 2, 3)),
    "upper.PNG": (lambda: flat((9, 8, 7)), (9, 8, 7)),
    "bits.png": (lambda: flat(1, "1"), (255, 255, 255)),
    "16-bit.png": (lambda: png(np.full((9, 9), 0x8080, np.uint16)), (128, 128, 128)),
    "16-bit.tif": (
        lambda: encoded(Image.fromarray(np.full((9, 9), 65535, np.uint16)), "TIFF"),
        (255, 255, 255),
    ),
    "fractions.tif": (
        lambda: encoded(Image.fromarray(np.full((9, 9), 0.2, np.float32)), "TIFF"),
        (51, 51, 51),
    ),
    "palette.png": (palette, (10, 200, 30)),
    "cmyk.jpg": (cmyk, (255, 0, 0)),
    "animated.gif": (animated, (200, 200, 200)),
    "picture.bmp": (lambda: flat((4, 5, 6), kind="BMP"), (4, 5, 6)),
    "picture.webp": (lambda: encoded(Image.new("RGB", (9, 9), (4, 5, 6)), "WEBP", lossless=True), (4, 5, 6)),
    "picture.pgm": (lambda: flat(66, "L", "PPM"), (66, 66, 66)),
    "wrong-ending.png": (lambda: flat((255, 255, 255), kind="JPEG"), (255, 255, 255)),
    "ink.png": (transparent, (0, 0, 0)),
    "nothing.png": (lambda: flat((9, 9, 9, 0), "RGBA"), (255, 255, 255)),
    "grey-alpha.png": (lambda: flat((0, 0), "LA"), (255, 255, 255)),
    "wide.png": (lambda: png(np.full((1, 4000), 50, np.uint8)), (50, 50, 50)),
    "ünï-файл 猫.png": (lambda: flat((3, 3, 3)), (3, 3, 3)),
}
# Files that are skipped and told, with what is told.
UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "one-pixel.png": (lambda: png(noise(1, 1, 1)), "a single pixel"),
    "truncated.png": (lambda: GOOD_PNG[:-40], "damaged"),
    "truncated.jpg": (lambda: encoded(Image.fromarray(noise(2, 90, 90)), "JPEG")[:700], "damaged"),
    "signature.png": (lambda: GOOD_PNG[:8], "no picture"),
    "damaged.png": (lambda: GOOD_PNG[:50] + bytes(20) + GOOD_PNG[70:], "damaged"),
    "empty.png": (lambda: b"", "an empty file"),
    "text.png": (lambda: b"Dear network, this is a cat.\n", "no picture"),
    "page.jpg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
    "postscript.png": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture"),
    "bomb.png": (lambda: png_that_says(20_000, 20_000), "too large"),
    "larger-bomb.png": (lambda: png_that_says(2_000_000, 2_000_000), "too large"),
    "lies.png": (lambda: png_that_says(5_000, 5_000), "damaged"),
    "short.gif": (lambda: b"GIF89a\xff\xff\xff\xff", "no picture"),
    "torn.tif": (lambda: b"II*\0\x08\0\0\0\xff\xff", "no picture"),
}


def write_shapes(folder: Path, training: int = 60, test: int = 20) -> Path:
    """Write colour pictures of bars that lie and bars that stand, in any two colours, with a test part."""
    rng = np.random.default_rng(11)
    for part, count in (("train", training), ("test", test)):
        for number in range(count):
            for name in ("lying", "standing"):
                pixels = np.empty((16, 16, 3), np.uint8)
                pixels[:] = rng.integers(150, 256, 3)
                top, left = rng.integers(1, 5), rng.integers(1, 12)
                pixels[top : top + 10, left : left + 3] = rng.integers(0, 100, 3)
                pixels = pixels.transpose(1, 0, 2) if name == "lying" else pixels
                write(folder, f"{part}/{name}/{number}.png", png(np.ascontiguousarray(pixels)))
    return folder
