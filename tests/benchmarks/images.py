"""Images: MNIST from the folder that NNSTUDIO_SHARED names, or random pixels of the same shape."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np

from tests.engine.helpers import ArraySamples

PIXELS = 28 * 28


def load_images(count: int) -> tuple[ArraySamples, str]:
    """Return images as rows of float32 from 0 to 1 with their digits, and where they are from."""
    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("NNSTUDIO_SHARED", beside)) / "data" / "mnist"
    if not (folder / "train-images-idx3-ubyte.gz").exists():
        rng = np.random.default_rng(0)
        pixels, digits = rng.integers(0, 256, (count, PIXELS)), rng.integers(0, 10, count)
        return _samples(pixels, digits), f"random pixels (there is no MNIST in {folder})"
    pixels = _read(folder / "train-images-idx3-ubyte.gz", 16).reshape(-1, PIXELS)
    digits = _read(folder / "train-labels-idx1-ubyte.gz", 8)
    return _samples(pixels[:count], digits[:count]), f"MNIST, the first {count:,} training images"


def _samples(pixels: np.ndarray, digits: np.ndarray) -> ArraySamples:
    return ArraySamples((pixels / np.float32(255)).astype(np.float32), digits.astype(np.int64))


def _read(path: Path, header: int) -> np.ndarray:
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)
