"""What every initializer promises, tested over the registry, and Keras' formulas for their spreads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.checks import check_design
from nnstudio.engine.design import design_of
from nnstudio.engine.initializers import (
    INITIALIZERS,
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Identity,
    Initializer,
    LecunNormal,
    LecunUniform,
    Orthogonal,
    RandomNormal,
    RandomUniform,
    TruncatedNormal,
    VarianceScaling,
    fans,
)
from nnstudio.engine.layers import Dense
from nnstudio.errors import ShapeError
from nnstudio.task import DataFacts, Shape, Task

CUT = 0.87962566103423978  # the deviation of a normal distribution that is cut at two deviations
NORMAL, UNIFORM = (1.0, 2.0 / CUT), (1.0, 3.0**0.5)  # deviation and largest magnitude, for variance 1

of_every_initializer = pytest.mark.parametrize("kind", INITIALIZERS)


def takes(initializer: Initializer, shape: Shape) -> bool:
    """Whether an array of ``shape`` can start so."""
    try:
        initializer.check("kernel", shape)
    except ShapeError as error:
        assert str(error).endswith(".") and "kernel" in str(error)
        return False
    return True


def drawn(initializer: Initializer, *shape: int, seed: int = 0) -> np.ndarray:
    return initializer.draw(np.random.default_rng(seed), shape)


@of_every_initializer
@pytest.mark.parametrize("shape", [(), (5,), (4, 3), (1, 1), (3, 3, 2, 4)])
def test_an_initializer_draws_finite_numbers_of_the_shape_or_refuses_it(
    kind: type[Initializer], shape: Shape
) -> None:
    if not takes(kind(), shape):
        assert len(shape) != 2
        return
    values = [drawn(kind(), *shape, seed=seed) for seed in (0, 0, 1)]
    assert values[0].shape == shape and np.isfinite(values[0]).all()
    assert values[0].tobytes() == values[1].tobytes()
    constant = kind.__name__ in ("Zeros", "Ones", "Constant", "Identity") or values[0].size == 1
    assert constant or values[0].tobytes() != values[2].tobytes()


# Which fans count, twice the mean of them being their sum; the variance by them; normal or uniform.
SPREADS = [
    (GlorotUniform(), (1, 1), 2.0, UNIFORM),
    (GlorotNormal(), (1, 1), 2.0, NORMAL),
    (HeUniform(), (1, 0), 2.0, UNIFORM),
    (HeNormal(), (1, 0), 2.0, NORMAL),
    (LecunUniform(), (1, 0), 1.0, UNIFORM),
    (LecunNormal(), (1, 0), 1.0, NORMAL),
    (VarianceScaling(), (1, 0), 1.0, NORMAL),
    (VarianceScaling(0.5, "fan_out"), (0, 1), 0.5, NORMAL),
    (VarianceScaling(3.0, "fan_avg", "uniform"), (1, 1), 6.0, UNIFORM),
]


@pytest.mark.parametrize(("initializer", "sides", "scale", "kind"), SPREADS, ids=repr)
@pytest.mark.parametrize("shape", [(300, 200), (3, 3, 40, 50)])
def test_weights_spread_as_in_keras(
    initializer: Initializer, sides: Shape, scale: float, kind: tuple[float, float], shape: Shape
) -> None:
    unit = (scale / np.dot(fans(shape), sides)) ** 0.5
    values = drawn(initializer, *shape)
    assert values.std() / unit == pytest.approx(kind[0], rel=0.02)
    assert np.abs(values).max() / unit == pytest.approx(kind[1], rel=0.02)
    assert np.abs(values).max() <= kind[1] * unit
    assert abs(values.mean()) < 4 * values.std() / values.size**0.5


@pytest.mark.parametrize(
    ("initializer", "mean", "stddev", "lowest", "highest"),
    [
        (RandomNormal(), 0.0, 0.05, -np.inf, np.inf),
        (RandomNormal(2.0, 0.5), 2.0, 0.5, -np.inf, np.inf),
        (VarianceScaling(90.0, "fan_in", "untruncated_normal"), 0.0, 0.3, -np.inf, np.inf),
        (RandomUniform(), 0.0, 0.1 / 12**0.5, -0.05, 0.05),
        (RandomUniform(1.0, 4.0), 2.5, 3.0 / 12**0.5, 1.0, 4.0),
        (TruncatedNormal(), 0.0, 0.05 * CUT, -0.1, 0.1),
        (TruncatedNormal(3.0, 2.0), 3.0, 2.0 * CUT, -1.0, 7.0),
    ],
)
def test_a_spread_that_is_set_is_kept(
    initializer: Initializer, mean: float, stddev: float, lowest: float, highest: float
) -> None:
    values = drawn(initializer, 1000, 100)
    assert values.mean() == pytest.approx(mean, abs=0.02 * stddev)
    assert values.std() == pytest.approx(stddev, rel=0.01)
    assert lowest <= values.min() and values.max() <= highest
    if np.isinf(highest):
        assert np.abs(values - mean).max() > 4.0 * stddev


@given(st.lists(st.integers(1, 6), min_size=2, max_size=4), st.floats(0.1, 3.0), st.integers(0, 9))
def test_orthogonal_rows_or_columns_stand_at_right_angles(shape: list[int], gain: float, seed: int) -> None:
    rows = drawn(Orthogonal(gain), *shape, seed=seed).reshape(-1, shape[-1])
    fewer = rows if rows.shape[0] <= rows.shape[1] else rows.T
    np.testing.assert_allclose(fewer @ fewer.T, gain**2 * np.eye(len(fewer)), atol=1e-12 * gain**2)


def test_orthogonal_directions_have_no_favourite_side() -> None:
    firsts = [drawn(Orthogonal(), 2, 2, seed=seed) for seed in range(400)]
    assert np.abs(np.mean(firsts, axis=0)).max() < 5 * 0.5**0.5 / 400**0.5
    assert np.mean([np.linalg.det(turned) > 0 for turned in firsts]) == pytest.approx(0.5, abs=0.13)


def test_identity_and_constant_are_what_they_say() -> None:
    assert drawn(Identity(2.0), 2, 3).tolist() == [[2.0, 0.0, 0.0], [0.0, 2.0, 0.0]]
    assert drawn(Constant(-1.5), 2, 1).tolist() == [[-1.5], [-1.5]]


@pytest.mark.parametrize("initializer", [Orthogonal(), Identity()])
def test_a_design_tells_which_array_cannot_start_so(initializer: Initializer) -> None:
    facts = DataFacts("Points", (4,), Task.TWO_CLASSES, ("no", "yes"))
    report = check_design(design_of(Dense(units=1, bias_initializer=initializer)), facts)
    (problem,) = report.at("dense")
    assert "bias has the shape (1,)" in problem.sentence
    assert check_design(design_of(Dense(units=1, kernel_initializer=initializer)), facts).parameters == 5
