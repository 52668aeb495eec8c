"""Photographs of digits become what MNIST made of them, whatever the light, the paper and the pen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnstudio.data.digits import digit_from_image
from nnstudio.data.load import load
from nnstudio.data.morphology import narrowed, widened
from nnstudio.data.own_picture import own_picture, read_own_picture
from nnstudio.data.photograph import parts_in
from nnstudio.data.recipe import Recipe
from tests.data.photographs import KINDS, on_paper, pixels, placed, transparent_file, turned_file

COUNT = 10
# The mean pixel of a digit is 34, and a digit moved by one pixel differs by 16.
MOST_ERROR = 14.0
RESAMPLED = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


@pytest.fixture(scope="module")
def digits() -> np.ndarray:
    """Some test digits that ship with the program, of all classes."""
    return load(Recipe()).test.x[:: 1000 // COUNT][:COUNT]


@pytest.mark.parametrize("kind", KINDS)
def test_a_photograph_becomes_the_digit(digits: np.ndarray, kind: str) -> None:
    rng = np.random.default_rng(0)
    found = [own_picture(kind, pixels(KINDS[kind](digit, rng))) for digit in digits]
    errors = [
        np.abs(one.image - digit.astype(float)).mean() for one, digit in zip(found, digits, strict=True)
    ]
    assert np.median(errors) < MOST_ERROR
    for one in found:
        inked = np.argwhere(one.image)
        assert 19 <= np.ptp(inked, axis=0).max() + 1 <= 21 and one.image.max() == 255
        assert ("inverted" in one.words) == (kind != "white on black")


@pytest.mark.parametrize("name", RESAMPLED)
def test_enlarging_smoothly_does_not_shrink_a_digit(digits: np.ndarray, name: str) -> None:
    rng, errors = np.random.default_rng(0), []
    for digit in digits:
        image = digit_from_image(255 * placed(digit, rng, resample=RESAMPLED[name]))
        assert image is not None
        errors.append(np.abs(image - digit.astype(float)).mean())
    assert np.median(errors) < 8


def test_a_camera_held_sideways_and_a_picture_on_nothing(digits: np.ndarray, tmp_path: Path) -> None:
    for digit in digits[:6]:
        ink = placed(digit, np.random.default_rng(0))
        (tmp_path / "turned.jpg").write_bytes(turned_file(on_paper(ink)))
        (tmp_path / "clear.png").write_bytes(transparent_file(ink))
        (tmp_path / "chalk.png").write_bytes(transparent_file(ink, (250, 250, 250)))
        for name in ("turned.jpg", "clear.png", "chalk.png"):
            found = read_own_picture(tmp_path / name)
            assert np.abs(found.image - digit.astype(float)).mean() < 22, name


def test_several_digits_are_told(digits: np.ndarray) -> None:
    row = np.concatenate([np.pad(digit, 6) for digit in digits[:3]], axis=1)
    assert "separate parts are read as one digit" in own_picture("row", pixels(on_paper(row / 255))).words


def test_what_was_done_is_told_only_where_it_was_done(digits: np.ndarray) -> None:
    rng = np.random.default_rng(0)
    assert "freed of shades" in own_picture("shadow", pixels(KINDS["shadow"](digits[0], rng))).words
    assert "freed of shades" not in own_picture("plain", pixels(KINDS["plain"](digits[0], rng))).words


@pytest.mark.parametrize("size", [(1, 1), (2, 5), (4, 3), (9, 9)])
def test_windows_are_those_of_their_definition(size: tuple[int, int]) -> None:
    grey = np.random.default_rng(0).normal(size=(12, 9))
    down, across = size
    above, left = (down - 1) // 2, (across - 1) // 2
    padded = np.pad(grey, ((above, down - 1 - above), (left, across - 1 - left)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)
    np.testing.assert_array_equal(widened(grey, down, across), windows.max(axis=(2, 3)))
    np.testing.assert_array_equal(narrowed(grey, down, across), windows.min(axis=(2, 3)))


def test_parts_are_counted() -> None:
    inked = np.zeros((9, 9), bool)
    inked[0:3, 0] = inked[3, 1] = True  # corners touch
    inked[6:9, 5] = inked[6:9, 7] = inked[8, 6] = True
    labels = parts_in(inked)
    assert set(labels[inked]) == {1, 2} and labels[0, 0] == labels[3, 1] and labels[6, 5] == labels[6, 7]
