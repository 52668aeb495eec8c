"""A drawing comes out as MNIST's digits are: their size, their place, their pen."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.data.digits import Stroke, digit_from_strokes

T = np.linspace(0, 1, 300)
PEN = 22.0


def drawn(points: Any, width: float = PEN) -> Stroke:
    return Stroke(np.array(points, dtype=float), width)


def erased(points: Any, width: float) -> Stroke:
    return Stroke(np.array(points, dtype=float), width, erases=True)


def curve(x: Any, y: Any) -> Stroke:
    return drawn(np.stack((140 + 60 * x, 140 + 100 * y), axis=1))


ZERO = curve(np.sin(2 * np.pi * T), np.cos(2 * np.pi * T))
EIGHT = curve(np.sin(4 * np.pi * T), np.cos(2 * np.pi * T))
WIPE = erased([(x, y) for y in range(0, 300, 20) for x in (0, 280)], 40)
DRAWINGS = {
    "0": [ZERO],
    "1": [drawn([(140, 40), (140, 240)])],
    "4": [drawn([(150, 30), (60, 150), (220, 150)]), drawn([(170, 90), (170, 250)])],
    "7": [drawn([(50, 50), (200, 50), (100, 250)])],
    "8": [EIGHT],
    "a dash": [drawn([(40, 140), (240, 140)])],
    "a dot": [drawn([(12, 250)])],
    "a dot that trembles": [drawn([(12, 250), (13, 251), (12, 251)])],
    "two dots": [drawn([(12, 20)]), drawn([(100, 250)])],
    "tiny": [Stroke(ZERO.points / 20, PEN / 20)],
    "tiny with a wide pen": [Stroke(ZERO.points / 5, PEN)],
    "huge": [Stroke(ZERO.points * 50, PEN)],
    "far away": [Stroke(ZERO.points + 1e5, PEN)],
    "erased in part": [EIGHT, erased([(140, 0), (140, 90)], 40)],
    "drawn again after erasing": [EIGHT, WIPE, ZERO],
    "a doubled point": [drawn([(50, 50), (50, 50), (200, 200), (200, 200)])],
}
BLANKS: dict[str, list[Stroke]] = {
    "no stroke": [],
    "a stroke without points": [drawn(np.empty((0, 2)))],
    "an eraser alone": [WIPE],
    "everything erased": [ZERO, EIGHT, WIPE],
    "a dot erased": [drawn([(50, 50)]), erased([(52, 50)], 30)],
}


def box(image: Any) -> tuple[int, int]:
    """Return height and width of the ink."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)


def centre(image: Any) -> Any:
    """Return the centre of mass as (row, column)."""
    return (np.indices(image.shape) * image).sum(axis=(1, 2)) / image.sum()


@pytest.mark.parametrize("strokes", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_has_the_size_and_the_place_of_a_mnist_digit(strokes: list[Stroke]) -> None:
    drawing = digit_from_strokes(strokes)
    assert drawing is not None
    assert drawing.image.shape == (28, 28) and drawing.image.dtype == np.uint8
    assert max(box(drawing.image)) == 20 and drawing.image.max() == 255
    rows_free, columns_free = (np.array(28) - box(drawing.image)) // 2
    off = np.abs(centre(drawing.image) - 14)
    assert (off <= 0.5 + 1e-6).all() or min(rows_free, columns_free) <= 4


@pytest.mark.parametrize("name", ["0", "4", "8", "tiny", "huge", "erased in part"])
def test_the_centre_of_mass_lies_at_14(name: str) -> None:
    drawing = digit_from_strokes(DRAWINGS[name])
    assert drawing is not None and (np.abs(centre(drawing.image) - 14) <= 0.5 + 1e-6).all()


@pytest.mark.parametrize("strokes", BLANKS.values(), ids=BLANKS)
def test_a_blank_pad_is_no_digit(strokes: list[Stroke]) -> None:
    assert digit_from_strokes(strokes) is None


@pytest.mark.parametrize("size", [0.1, 0.5, 1, 4])
@pytest.mark.parametrize("pen", [1.0, 5.0, 15.0])
def test_the_pen_is_as_wide_as_in_mnist_however_large_a_person_draws(size: float, pen: float) -> None:
    drawing = digit_from_strokes([drawn(np.array([(0, 0), (0, 200)]) * size, pen)])
    assert drawing is not None
    assert drawing.image[14].sum() / 255 == pytest.approx(2.35, abs=0.2)


def test_a_drawing_can_be_laid_over_its_image() -> None:
    drawing = digit_from_strokes([drawn([(50, 50), (200, 50), (100, 250)])])
    assert drawing is not None
    column, row = np.floor(np.array([100, 50]) * drawing.scale + drawing.offset).astype(int)
    assert drawing.image[row, column] == 255


def test_without_centring_the_box_lies_in_the_middle() -> None:
    drawing = digit_from_strokes(DRAWINGS["7"], centred=False)
    assert drawing is not None
    assert np.flatnonzero(drawing.image.any(axis=1))[[0, -1]].tolist() == [4, 23]


def test_ink_never_leaves_the_image() -> None:
    heavy = [drawn([(x, y) for y in (0, 10, 20, 30) for x in (0, 200, 0)]), drawn([(100, 0), (100, 280)])]
    plain, centred = digit_from_strokes(heavy, centred=False), digit_from_strokes(heavy)
    assert plain is not None and centred is not None
    assert plain.image.sum(dtype=int) == centred.image.sum(dtype=int)
    assert centred.image[-1].any() or (np.abs(centre(centred.image) - 14) <= 0.5).all()


def test_an_eraser_that_passes_beside_the_line_takes_nothing() -> None:
    line = drawn([(140, 40), (140, 240)])
    beside = digit_from_strokes([line, erased([(180, 0), (180, 280)], 40)])
    alone = digit_from_strokes([line])
    assert beside is not None and alone is not None and np.array_equal(beside.image, alone.image)


def test_an_eraser_cuts_a_line_in_two() -> None:
    drawing = digit_from_strokes([drawn([(140, 40), (140, 240)]), erased([(100, 140), (180, 140)], 60)])
    assert drawing is not None
    inked = drawing.image.sum(axis=1)[4:24]
    assert inked[0] and inked[-1] and not inked[9:11].any()


points = st.tuples(st.floats(0, 280), st.floats(0, 280))
strokes_of_any_kind = st.builds(
    Stroke, st.lists(points, min_size=1, max_size=12).map(np.array), st.floats(0, 60), st.booleans()
)


@given(st.lists(strokes_of_any_kind, max_size=6))
def test_whatever_is_drawn_becomes_an_image_or_nothing(strokes: list[Stroke]) -> None:
    drawing = digit_from_strokes(strokes)
    assert drawing is None or (drawing.image.any() and max(box(drawing.image)) <= 20)


def test_a_stroke_of_300_points_is_quick() -> None:
    times = []
    for _ in range(20):
        start = time.process_time()
        digit_from_strokes([EIGHT])
        times.append(time.process_time() - start)
    # Measured: 1.6 ms. The bound only catches an accident.
    assert min(times) < 0.02
