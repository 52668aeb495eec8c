"""What every activation and initializer promises, tested over the registries."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.initializers import INITIALIZERS, Initializer, fans
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.settings import problems_with, settings_of
from tests.engine.helpers import difference_quotients, numbers

of_every_activation = pytest.mark.parametrize("name", ACTIVATIONS)
of_every_initializer = pytest.mark.parametrize("kind", INITIALIZERS)
of_everything = pytest.mark.parametrize("kind", [*LAYERS, *LOSSES, *OPTIMIZERS, *INITIALIZERS, *METRICS])


@of_everything
def test_a_default_value_is_free_of_problems_and_equal_to_another(kind: type) -> None:
    assert problems_with(kind()) == ()
    assert kind() == kind() and hash(kind()) == hash(kind())


@of_everything
def test_its_first_sentence_and_every_setting_say_what_they_are(kind: type) -> None:
    assert (kind.__doc__ or "").strip().split("\n")[0].rstrip().rfind(".") > 0
    assert all(declared.help.endswith(".") for declared in settings_of(kind))


@of_every_activation
@pytest.mark.parametrize("shape", [(4, 5), (2, 3, 4)])
def test_a_derivative_is_that_of_difference_quotients(name: str, shape: tuple[int, ...]) -> None:
    function = ACTIVATIONS[name]
    x, dy = numbers(*shape, dtype=np.float64), numbers(*shape, seed=1, dtype=np.float64)
    y = function.forward(x, np.empty_like(x))
    expected = difference_quotients(lambda: float(np.sum(function.forward(x, np.empty_like(x)) * dy)), x)
    np.testing.assert_allclose(function.backward(x, y, dy, np.empty_like(x)), expected, rtol=1e-6, atol=1e-8)


@of_every_activation
def test_an_activation_may_write_over_its_input(name: str) -> None:
    x = numbers(3, 4)
    y = ACTIVATIONS[name].forward(x, np.empty_like(x))
    assert ACTIVATIONS[name].forward(x, x) is x
    assert x.tobytes() == y.tobytes()


@of_every_activation
@pytest.mark.filterwarnings("error")
def test_an_activation_neither_overflows_nor_leaves_float32(name: str) -> None:
    x = np.array([[-1e30, -200.0, -1.0, 0.0, 1.0, 200.0, 1e30]], np.float32)
    y = ACTIVATIONS[name].forward(x, np.empty_like(x))
    dx = ACTIVATIONS[name].backward(x, y, np.ones_like(x), np.empty_like(x))
    assert y.dtype == dx.dtype == np.float32
    assert np.isfinite(y).all() and not np.isnan(dx).any()


def test_softmax_rows_add_up_to_one() -> None:
    x = numbers(20, 7)
    np.testing.assert_allclose(ACTIVATIONS["softmax"].forward(x, x).sum(axis=-1), 1.0, atol=1e-6)


@of_every_initializer
@pytest.mark.parametrize("shape", [(), (5,), (4, 3), (3, 3, 2, 4)])
def test_an_initializer_draws_finite_numbers_of_the_shape(
    kind: type[Initializer], shape: tuple[int, ...]
) -> None:
    drawn = [kind().draw(np.random.default_rng(seed), shape) for seed in (0, 0, 1)]
    assert drawn[0].shape == shape and np.isfinite(drawn[0]).all()
    assert drawn[0].tobytes() == drawn[1].tobytes()
    assert np.ptp(drawn[0]) == 0.0 or drawn[0].tobytes() != drawn[2].tobytes()


# Standard deviation and largest magnitude in units of sqrt(1 / fans): Keras' formulas.
SPREADS = {
    "GlorotUniform": ("both", 2.0**0.5, 6.0**0.5),
    "GlorotNormal": ("both", 2.0**0.5, 2.0 * 2.0**0.5 / 0.87962566103423978),
    "HeUniform": ("in", 2.0**0.5, 6.0**0.5),
    "HeNormal": ("in", 2.0**0.5, 2.0 * 2.0**0.5 / 0.87962566103423978),
    "LecunUniform": ("in", 1.0, 3.0**0.5),
    "LecunNormal": ("in", 1.0, 2.0 / 0.87962566103423978),
}


@pytest.mark.parametrize("kind", [kind for kind in INITIALIZERS if kind.__name__ in SPREADS])
@pytest.mark.parametrize("shape", [(300, 200), (3, 3, 40, 50)])
def test_weights_spread_as_in_keras(kind: type[Initializer], shape: tuple[int, ...]) -> None:
    sides, deviation, largest = SPREADS[kind.__name__]
    fan_in, fan_out = fans(shape)
    unit = (1.0 / (fan_in + fan_out if sides == "both" else fan_in)) ** 0.5
    drawn = kind().draw(np.random.default_rng(0), shape)
    assert drawn.std() / unit == pytest.approx(deviation, rel=0.02)
    assert np.abs(drawn).max() / unit == pytest.approx(largest, rel=0.02)
    assert np.abs(drawn).max() <= largest * unit
    assert abs(drawn.mean()) < 4 * drawn.std() / drawn.size**0.5
