"""Drawing: how well digits are told apart that come over the pad and out of pictures, beside MNIST's own.

Run as ``python -m tests.benchmarks.drawing``; needs the files of MNIST. A network learns from all 60,000
images. The 10,000 test images are then shown to it as they are, as pictures of 280 x 280 pixels, enlarged and
moved at random; some enlarged smoothly, as photographs of every kind, and as strokes, moved with the mouse
over the real pad.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnstudio.data.arrays import Array, Bytes
from nnstudio.data.digits import SIDE_PX, digit_from_image, digit_from_strokes
from nnstudio.data.own_picture import own_picture
from nnstudio.engine.predictor import Predictor
from nnstudio.engine.training import train
from nnstudio.ui.prediction.drawing_pad import DrawingPad
from tests.benchmarks.images import has_mnist, load_mnist
from tests.benchmarks.measure import processor
from tests.benchmarks.networks import MLP_512
from tests.benchmarks.skeleton import strokes_of
from tests.data.photographs import KINDS, placed
from tests.data.photographs import pixels as as_bytes
from tests.engine.helpers import ArraySamples, start

PICTURE_PX, DRAWN, EPOCHS = 280, 1000, 8
ENLARGED, PHOTOGRAPHS = 2000, 300


def main() -> None:
    """Train, show and print."""
    if not has_mnist():
        print("There is no MNIST where NNSTUDIO_SHARED points, so there is nothing to learn from.")
        return
    print(f"{processor()}; {MLP_512.title}, {EPOCHS} epochs of all 60,000 images")
    predictor, testing = trained(load_mnist("train")), load_mnist("t10k")
    digits = pixels(testing)
    _tell("the test images", predictor, digits, testing.y)
    pictures = from_pictures(digits, np.random.default_rng(0))
    _tell("the test images as pictures", predictor, pictures, testing.y)
    errors = np.abs(pictures.astype(float) - digits).mean(axis=(1, 2))
    p99 = np.quantile(errors, 0.99)
    print(f"  mean pixel error: median {np.median(errors):.2f}, 99 % below {p99:.2f} of 255")
    _tell_photographs(predictor, digits, testing.y)
    chosen = np.random.default_rng(1).choice(len(digits), DRAWN, replace=False)
    began = time.perf_counter()
    drawn = from_strokes(digits[chosen])
    took = (time.perf_counter() - began) / DRAWN
    _tell(f"{DRAWN:,} of them drawn", predictor, drawn, testing.y[chosen])
    print(f"  {1000 * took:.1f} ms each, drawing and preparing")


def _tell_photographs(predictor: Predictor, digits: Bytes, y: Array) -> None:
    """Print how many are read right of enlarged smoothly, and of each kind of photograph."""
    chosen = np.random.default_rng(2).choice(len(digits), ENLARGED, replace=False)
    for name, resample in (("bicubic", Image.Resampling.BICUBIC), ("Lanczos", Image.Resampling.LANCZOS)):
        rng = np.random.default_rng(0)
        images = [digit_from_image(255 * placed(digit, rng, resample=resample)) for digit in digits[chosen]]
        _tell_some(f"{ENLARGED:,} of them, {name}", predictor, images, y[chosen])
    for kind, make in KINDS.items():
        rng, some = np.random.default_rng(0), chosen[:PHOTOGRAPHS]
        images = [own_picture(kind, as_bytes(make(digit, rng))).image for digit in digits[some]]
        _tell_some(f"{PHOTOGRAPHS} of them, {kind}", predictor, images, y[some])


def _tell_some(name: str, predictor: Predictor, images: Sequence[Bytes | None], y: Array) -> None:
    empty = np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    _tell(name, predictor, np.stack([empty if image is None else image for image in images]), y)


def trained(learning: ArraySamples, epochs: int = EPOCHS) -> Predictor:
    """Return a network that learnt from ``learning``."""
    state = start(MLP_512.design, learning, batch_size=MLP_512.batch_size, epochs=epochs, seed=1)
    for _ in train(state):
        pass
    return state.network.predictor


def pixels(samples: ArraySamples) -> Bytes:
    """Return ``samples`` as images, (n, 28, 28)."""
    return np.rint(samples.x * 255).astype(np.uint8).reshape(-1, SIDE_PX, SIDE_PX)


def right(predictor: Predictor, images: Bytes, y: Array) -> float:
    """Return which share of ``images`` is read as ``y`` says."""
    x = (images.reshape(len(images), -1) / np.float32(255)).astype(np.float32)
    guesses = [predictor(x[first : first + 1000]).argmax(axis=1) for first in range(0, len(x), 1000)]
    return float(np.mean(np.concatenate(guesses) == y))


def from_pictures(digits: Bytes, rng: np.random.Generator) -> Bytes:
    """Return ``digits``, each enlarged and moved on a picture, as they come back out of it."""
    found = [digit_from_image(picture_of(digit, rng)) for digit in digits]
    return np.stack([np.zeros_like(digits[0]) if image is None else image for image in found])


def picture_of(digit: Bytes, rng: np.random.Generator) -> Array:
    """Return ``digit`` as a picture, 5 to 12 times as large and anywhere on it."""
    rows, columns = (np.flatnonzero(digit.any(axis=axis)) for axis in (1, 0))
    scale = rng.uniform(5, 12)
    weights = []
    for inked in (rows, columns):
        room = max(0.0, PICTURE_PX - scale * (inked[-1] + 1 - inked[0]))
        edges = (np.arange(PICTURE_PX + 1) - rng.uniform(0, room)) / scale + inked[0]
        weights.append(_shares(edges))
    picture: Array = np.rint(weights[0] @ digit @ weights[1].T)
    return picture


def from_strokes(digits: Bytes) -> Bytes:
    """Return ``digits`` drawn on the pad with the mouse, as they come off it."""
    pad = DrawingPad()
    images = []
    for digit in digits:
        draw(pad, digit)
        drawing = digit_from_strokes(pad.strokes)
        images.append(np.zeros_like(digit) if drawing is None else drawing.image)
        pad.clear()
    return np.stack(images)


def draw(pad: DrawingPad, digit: Bytes) -> None:
    """Move the mouse over ``pad`` along the lines of ``digit``."""
    left = Qt.MouseButton.LeftButton
    for line in strokes_of(digit):
        places = [QPoint(round(x), round(y)) for x, y in line * (pad.width() / SIDE_PX)]
        QTest.mousePress(pad, left, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(pad, place)
        QTest.mouseRelease(pad, left, pos=places[-1])


def _shares(edges: Array) -> Array:
    """Return how much of each of 28 pixels lies between neighbouring ``edges``, as rows that sum to 1."""
    places = np.arange(SIDE_PX)
    overlap = np.minimum(edges[1:, None], places + 1) - np.maximum(edges[:-1, None], places)
    shares: Array = np.clip(overlap, 0, None) / np.diff(edges)[:, None]
    return shares


def _tell(name: str, predictor: Predictor, images: Bytes, y: Array) -> None:
    print(f"{name}: {right(predictor, images, y):.2%}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _APP = QApplication([])
    main()
