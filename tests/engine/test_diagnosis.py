"""A run that diverges says where it began and why, and nothing but the message comes of looking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.diagnosis import diagnose
from nnstudio.engine.initializers import Ones, Zeros
from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec
from nnstudio.engine.layers import LAYERS, Dense, Dropout, Flatten
from nnstudio.engine.losses import Loss, MeanSquaredError
from nnstudio.engine.optimizers import SGD
from nnstudio.engine.regularizers import L2
from nnstudio.engine.run_state import RunState
from nnstudio.engine.scratch import Scratch
from nnstudio.engine.training import train
from nnstudio.errors import DivergedError
from nnstudio.settings import setting
from nnstudio.task import Shape
from tests.engine.helpers import ArraySamples, modest, numbers, shapes_of, start

pytestmark = pytest.mark.filterwarnings("error")


@dataclass(frozen=True)
class Bomb(Layer):
    """Pass numbers on, times ``there`` on the way there and times ``back`` on the way back."""

    there: float = setting(1.0, "On the way there.")
    back: float = setting(1.0, "On the way back.")
    activation: str = setting("linear", "What it claims to be.")
    weight: str = setting("kernel", "What it calls its weight.")

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        return WeightSpec(self.weight, (1,), Ones()), WeightSpec("seen", (1,), Zeros(), trainable=False)

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        weights["seen"] += 1.0
        return x * x.dtype.type(self.there)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        grads[self.weight][...] = 1.0
        return dy * dy.dtype.type(self.back)


@dataclass(frozen=True)
class Surprise(Loss):
    """The logarithm of the outputs."""

    keras_name = "surprise"

    def per_sample(self, y: Array, p: Array) -> Array:
        losses: Array = -np.log(p).mean(axis=-1)
        return losses

    def gradient(self, y: Array, p: Array) -> Array:
        slope: Array = -1.0 / (p * p.size)
        return slope

    def with_gradient(self, y: Array, p: Array) -> tuple[Array, Array]:
        return self.per_sample(y, p), self.gradient(y, p)


def design(*layers: Layer, rate: float = 0.01, loss: Loss | None = None, **settings: object) -> Design:
    optimizer = SGD(rate, **settings)  # type: ignore[arg-type]
    return design_of(
        *layers, Dense(units=2), loss=loss or MeanSquaredError(), optimizer=optimizer, metrics=()
    )


def samples(count: int = 8) -> ArraySamples:
    return ArraySamples(numbers(count, 3), numbers(count, 2, seed=1))


def state_of(wanted: Design, data: ArraySamples | None = None, **plan: object) -> RunState:
    return start(wanted, data or samples(), batch_size=4, shuffle=False, **plan)


def told(state: RunState) -> str:
    """Train until it diverges and return what is said."""
    with pytest.raises(DivergedError, match=r"\.$") as caught:
        list(train(state))
    return str(caught.value)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_inputs_that_are_not_finite_are_told_with_their_sample(value: float) -> None:
    data = samples()
    data.x[6, 1] = value
    assert told(state_of(design(Dense(units=4)), data)) == (
        "The loss stopped being a number in epoch 1, batch 2: the inputs of training sample 7 are not "
        "finite. Mend that sample or leave it out. The weights before that batch are kept."
    )


def test_the_sample_is_told_by_its_number_in_the_data_however_it_was_shuffled() -> None:
    data = samples(40)
    data.x[23] = np.nan
    state = start(design(), data, batch_size=8)
    assert "training sample 24 " in told(state)


def test_targets_that_are_not_finite_are_told() -> None:
    data = samples()
    data.y[2, 0] = np.nan
    assert "the targets of training sample 3 are not finite" in told(state_of(design(), data))


def test_weights_that_were_not_finite_at_the_beginning_are_told_with_their_layer() -> None:
    state = state_of(design(Dense(units=4), Dense(units=4)))
    state.network.weights[1]["kernel"][0, 0] = np.nan
    message = told(state)
    assert 'the weights of layer "dense_1" were not finite before it' in message
    assert "fresh weights" in message and "learning rate" not in message


def test_a_learning_rate_that_is_too_large_is_told_with_the_first_layer_that_ran_over() -> None:
    message = told(state_of(design(Dense(units=8), Dense(units=8), rate=1e6), epochs=50))
    assert "A learning rate of 1e+06 is probably too large: try a tenth of it." in message
    assert 'layer "dense' in message or "their loss" in message


def test_the_layer_whose_outputs_run_over_is_named() -> None:
    message = told(state_of(design(Dense(units=4), Bomb(there=1e39, name="bomb"))))
    assert 'layer "bomb" is the first whose outputs are not finite' in message


def test_inputs_that_are_too_large_should_be_scaled() -> None:
    data = samples()
    data.x[:] *= 1e20
    message = told(state_of(design(Bomb(there=1e19)), data))
    assert "The inputs are as large as" in message and "scale them" in message


def test_an_exponential_function_is_blamed_for_outputs_that_run_over() -> None:
    message = told(state_of(design(Bomb(activation="exponential", name="wild"), Bomb(there=1e39))))
    assert 'The function exponential of layer "wild" grows without bounds' in message


@pytest.mark.parametrize("layer", [Bomb(there=1e39), Bomb(back=1e39), Bomb(back=1e25)])
def test_a_recurrent_layer_should_have_its_gradients_clipped(layer: Bomb) -> None:
    recurrent = replace(layer, weight="recurrent_kernel", name="memory")
    message = told(state_of(design(Dense(units=4), recurrent)))
    assert 'layer "memory"' in message and "clipnorm to 1" in message
    message = told(state_of(design(Dense(units=4), recurrent, clipnorm=1.0)))
    assert "clipnorm" not in message and "learning rate" in message


def test_the_layer_whose_gradients_run_over_is_named() -> None:
    message = told(state_of(design(Dense(units=4), Bomb(back=1e39, name="bomb"), Dense(units=4))))
    assert 'on the way back, layer "bomb" is the first whose gradients are not finite' in message


def test_gradients_that_only_together_are_too_large_are_told_with_the_largest() -> None:
    message = told(state_of(design(Dense(units=4, name="first"), Bomb(back=1e25))))
    assert 'its gradients are too large to be added up, most of all those of layer "first"' in message


def test_what_no_gradient_goes_through_is_not_looked_at() -> None:
    frozen = Bomb(back=1e39, trainable=False, name="frozen")
    data = samples()
    data.x[:] *= 100.0
    data.y[:] = 1e18
    message = told(state_of(design(frozen), data))
    assert 'too large to be added up, most of all those of layer "dense"' in message


def test_a_logarithm_of_nothing_is_told() -> None:
    message = told(state_of(design(loss=Surprise())))
    assert "the outputs of all layers are finite, but not their loss" in message
    assert "Surprise takes the logarithm" in message


def test_a_loss_that_runs_over_is_told() -> None:
    data = samples()
    data.y[:] = 1e30
    message = told(state_of(design(), data))
    assert "the outputs of all layers are finite, but not their loss" in message


def test_weights_whose_penalty_runs_over_are_told() -> None:
    state = state_of(design(Dense(units=3, kernel_regularizer=L2(1e5)), Bomb(there=0.0)))
    state.network.weights[0]["kernel"][:] = 1e19
    assert "but not their loss. A learning rate of" in told(state)


def test_a_batch_that_runs_well_the_second_time_is_no_riddle() -> None:
    state = state_of(design(Dense(units=3)))
    found = diagnose(state.network, numbers(4, 3), numbers(4, 2), np.arange(4), 0.01)
    assert "all its numbers are finite" in found.where and "learning rate of 0.01" in found.cause
    frozen = state_of(design_of(Dense(units=2, trainable=False), loss=MeanSquaredError()))
    found = diagnose(frozen.network, numbers(4, 3), numbers(4, 2), np.arange(4), 0.01)
    assert "all its numbers are finite" in found.where


def test_looking_changes_neither_weights_nor_statistics_nor_random_numbers() -> None:
    layers = (Dropout(rate=0.5), Bomb(), Dense(units=4))
    state, plain = (state_of(design(*layers), epochs=1) for _ in range(2))
    for run in (state, plain):
        next(train(run))
    before = state.network.parameters.copy(), [v.copy() for v in state.slots.vectors.values()]
    state.training.x[4:] = np.nan  # type: ignore[attr-defined]
    told(state)
    assert state.network.parameters.tobytes() == before[0].tobytes()
    assert state.batch == 1 and state.network.weights[1]["seen"] == 1.0
    plain.network.forward(numbers(4, 3))
    assert state.network.rng.bit_generator.state == plain.network.rng.bit_generator.state


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("spoil", [lambda x, y: x.fill(np.inf), lambda x, y: y.fill(1e30)], ids=["x", "y"])
def test_every_layer_can_be_looked_through(kind: type[Layer], spoil: Callable[[Array, Array], None]) -> None:
    shape = shapes_of(modest(kind))[0]
    x, y = np.zeros((4, *shape), np.float32), numbers(4, 2)
    spoil(x, y)
    wanted = design_of(modest(kind), Flatten(), Dense(units=2), loss=MeanSquaredError(), metrics=())
    if kind.takes_indices and not np.isfinite(x).all():
        return
    assert "epoch 1, batch 1" in told(start(wanted, ArraySamples(x, y)))
