"""Images: MNIST from the folder that NNSTUDIO_SHARED names, or random pixels of the same shape."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np

from tests.engine.helpers import ArraySamples

PIXELS = 28 * 28


def load_images(count: int) -> tuple[ArraySamples, str]:
    """Return training images as rows of float32 from 0 to 1 with their digits, and where they are from."""
    if not has_mnist():
        rng = np.random.default_rng(0)
        pixels, digits = rng.integers(0, 256, (count, PIXELS)), rng.integers(0, 10, count)
        return _samples(pixels, digits), f"random pixels (there is no MNIST in {mnist_folder()})"
    samples = load_mnist("train")
    return ArraySamples(samples.x[:count], samples.y[:count]), f"MNIST, the first {count:,} training images"


def has_mnist() -> bool:
    """Whether the four files of MNIST are there."""
    return all((mnist_folder() / f"{part}-images-idx3-ubyte.gz").exists() for part in ("train", "t10k"))


def load_mnist(part: str) -> ArraySamples:
    """Return all images of ``part``, "train" or "t10k", as `load_images` does."""
    pixels = _read(mnist_folder() / f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, PIXELS)
    return _samples(pixels, _read(mnist_folder() / f"{part}-labels-idx1-ubyte.gz", 8))


def mnist_folder() -> Path:
    """Where the files of MNIST are if they are anywhere."""
    beside = Path(__file__).parents[3] / "shared"
    return Path(os.environ.get("NNSTUDIO_SHARED", beside)) / "data" / "mnist"


def _samples(pixels: np.ndarray, digits: np.ndarray) -> ArraySamples:
    return ArraySamples((pixels / np.float32(255)).astype(np.float32), digits.astype(np.int64))


def _read(path: Path, header: int) -> np.ndarray:
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)
