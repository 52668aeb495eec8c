"""What every activation promises, tested over the registry, and against definitions in float64."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.activations.function import PIECE_SIZE
from tests.engine.helpers import difference_quotients, numbers

of_every_activation = pytest.mark.parametrize("name", ACTIVATIONS)
OF_ROWS = {name for name, function in ACTIVATIONS.items() if function.of_rows}
OVERFLOWING = {"exponential"}  # by its nature: there is no finite number that exp(1e30) could be
# Where a slope jumps or bends, so that a difference quotient does not tell it.
CORNERS = {name: [0.0] for name in ("relu", "leaky_relu", "elu", "selu", "softsign")} | {
    "relu6": [0.0, 6.0],
    "hard_sigmoid": [-3.0, 3.0],
    "hard_sigmoid_keras2": [-2.5, 2.5],
}


def normal_share(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else 0.0


def softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


# Keras' definitions of all that take each number alone, for one number.
DEFINITIONS: dict[str, Callable[[float], float]] = {
    "linear": lambda x: x,
    "relu": lambda x: max(x, 0.0),
    "sigmoid": sigmoid,
    "tanh": math.tanh,
    "leaky_relu": lambda x: x if x > 0.0 else 0.2 * x,
    "elu": lambda x: x if x > 0.0 else math.expm1(x),
    "selu": lambda x: 1.05070098735548049342 * (x if x > 0.0 else 1.67326324235437728482 * math.expm1(x)),
    "gelu": lambda x: x * normal_share(x),
    "silu": lambda x: x * sigmoid(x),
    "mish": lambda x: x * math.tanh(softplus(x)),
    "softplus": softplus,
    "softsign": lambda x: x / (1.0 + abs(x)),
    "relu6": lambda x: min(max(x, 0.0), 6.0),
    "hard_sigmoid": lambda x: min(max(x / 6.0 + 0.5, 0.0), 1.0),
    "hard_sigmoid_keras2": lambda x: min(max(0.2 * x + 0.5, 0.0), 1.0),
    "exponential": math.exp,
}


def forward(name: str, x: np.ndarray) -> np.ndarray:
    return ACTIVATIONS[name].forward(x, np.empty_like(x))


def backward(name: str, x: np.ndarray, dy: np.ndarray) -> np.ndarray:
    return ACTIVATIONS[name].backward(x, forward(name, x), dy, np.empty_like(x))


@of_every_activation
@pytest.mark.parametrize("shape", [(4, 5), (2, 3, 4)])
def test_a_derivative_is_that_of_difference_quotients(name: str, shape: tuple[int, ...]) -> None:
    x, dy = 2.0 * numbers(*shape, dtype=np.float64), numbers(*shape, seed=1, dtype=np.float64)
    expected = difference_quotients(lambda: float(np.sum(forward(name, x) * dy)), x)
    np.testing.assert_allclose(backward(name, x, dy), expected, rtol=1e-6, atol=1e-8)


def test_every_activation_has_a_definition_to_be_compared_with() -> None:
    assert {*DEFINITIONS, *OF_ROWS} == {*ACTIVATIONS}


@pytest.mark.parametrize("name", DEFINITIONS)
def test_float32_is_right_to_the_sixth_digit(name: str) -> None:
    x = np.concatenate([np.linspace(-30.0, 30.0, 6001), np.linspace(-1e-3, 1e-3, 101)]).astype(np.float32)
    expected = np.array([DEFINITIONS[name](float(number)) for number in x])
    np.testing.assert_allclose(forward(name, x), expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_derivative_in_float32_is_right_to_the_sixth_digit(name: str) -> None:
    x = np.append(np.linspace(-30.0, 30.0, 3000), 0.0).astype(np.float32)
    away = np.all([np.abs(x - corner) > 1e-3 for corner in CORNERS.get(name, [])], axis=0)
    x = x[away] if CORNERS.get(name) else x
    step = 1e-4 * np.maximum(1.0, np.abs(x.astype(np.float64)))
    above, below = ([DEFINITIONS[name](float(v)) for v in x + sign * step] for sign in (1.0, -1.0))
    expected = (np.array(above) - np.array(below)) / (2.0 * step)
    np.testing.assert_allclose(backward(name, x, np.ones_like(x)), expected, rtol=2e-6, atol=2e-6)


@of_every_activation
def test_an_activation_may_write_over_its_input(name: str) -> None:
    for shape in ((3, 4), (100, 600)):
        x = numbers(*shape)
        y = forward(name, x)
        assert ACTIVATIONS[name].forward(x, x) is x
        assert x.tobytes() == y.tobytes()


@of_every_activation
def test_a_derivative_that_needs_no_input_never_looks_at_it(name: str) -> None:
    x, dy = numbers(3, 4), numbers(3, 4, seed=1)
    function, y = ACTIVATIONS[name], forward(name, x)
    blind = function.backward(y, y, dy, np.empty_like(x))
    assert (blind.tobytes() == backward(name, x, dy).tobytes()) or function.needs_input


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - OF_ROWS))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_large_array_is_treated_like_its_parts(name: str, dtype: type) -> None:
    size = 2 * PIECE_SIZE + 78
    x, dy = 5.0 * numbers(size, dtype=dtype), numbers(size, seed=1, dtype=dtype)
    y, dx = forward(name, x), backward(name, x, dy)
    for part in (slice(0, 100), slice(PIECE_SIZE - 50, PIECE_SIZE + 50), slice(size - 9, size)):
        np.testing.assert_allclose(forward(name, x[part].copy()), y[part], rtol=1e-6, atol=1e-7)
        again = backward(name, x[part].copy(), dy[part].copy())
        np.testing.assert_allclose(again, dx[part], rtol=1e-6, atol=1e-6)


def with_gaps(*arrays: np.ndarray) -> list[np.ndarray]:
    return list(np.moveaxis(np.stack(arrays, axis=-1), -1, 0))


def transposed(*arrays: np.ndarray) -> list[np.ndarray]:
    return [array.reshape(50, -1).copy().T for array in arrays]


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - OF_ROWS))
@pytest.mark.parametrize("laid_out", [with_gaps, transposed])
@pytest.mark.parametrize(("dtype", "copies"), [(np.float32, 4), (np.float64, 8)])
@pytest.mark.parametrize("size", [100, 2 * PIECE_SIZE + 78])
def test_an_array_may_lie_in_memory_as_it_likes(
    name: str, laid_out: Callable[..., list[np.ndarray]], dtype: type, copies: int, size: int
) -> None:
    function, values = ACTIVATIONS[name], 5.0 * numbers(size, dtype=dtype)
    x, dy, y, dx, *_ = laid_out(values, numbers(size, seed=1, dtype=dtype), *[values] * (copies - 2))
    straight = [array.copy(order="C") for array in (x, dy)]
    function.forward(x, y)
    function.backward(x, y, dy, dx)
    np.testing.assert_allclose(y, forward(name, straight[0]), rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(dx, backward(name, *straight), rtol=1e-6, atol=1e-6)


@of_every_activation
@pytest.mark.filterwarnings("error")
def test_an_activation_neither_overflows_nor_leaves_float32(name: str) -> None:
    x = np.array([[-1e30, -200.0, -1.0, -1e-40, 0.0, 1e-40, 1.0, 80.0, 200.0, 1e30]], np.float32)
    x = x[:, :-2] if name in OVERFLOWING else x
    y, dx = forward(name, x), backward(name, x, np.ones_like(x))
    assert y.dtype == dx.dtype == np.float32
    assert np.isfinite(y).all() and np.isfinite(dx).all()


@pytest.mark.parametrize("name", OVERFLOWING)
def test_what_must_overflow_says_so(name: str) -> None:
    with np.errstate(over="ignore"):
        assert forward(name, np.array([200.0], np.float32)).tolist() == [math.inf]


@of_every_activation
def test_what_is_not_a_number_stays_so(name: str) -> None:
    """A run that has gone wild must not look sound."""
    for bad in (np.nan, -np.nan):
        x = np.full((3, 2000), bad, np.float32)
        with np.errstate(invalid="ignore"):
            assert np.isnan(forward(name, x)).all()
            assert np.isnan(forward(name, x[:1, :2])).all()


def test_softmax_rows_add_up_to_one_and_log_softmax_is_their_logarithm() -> None:
    x = numbers(20, 7)
    y = forward("softmax", x)
    np.testing.assert_allclose(y.sum(axis=-1), 1.0, atol=1e-6)
    np.testing.assert_allclose(forward("log_softmax", x), np.log(y), rtol=1e-5, atol=1e-6)
