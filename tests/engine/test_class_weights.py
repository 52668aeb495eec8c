"""Class weights: how much each class counts in the loss, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.class_weights import CLASS_WEIGHTS, Balanced, ClassWeights, Even, Given
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import LOSSES, BinaryCrossentropy, CategoricalCrossentropy, Loss
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import SGD
from nnstudio.engine.progress import Epoch, Step
from nnstudio.engine.training import evaluate, train
from nnstudio.errors import DataError
from nnstudio.settings import problems_with
from tests.engine.helpers import ArraySamples, numbers, start

WEIGHTS = (0.5, 3.0, 1.25)
of_every_rule = pytest.mark.parametrize("rule", [Even(), Balanced(), Given(WEIGHTS)])


def design(loss: Loss, outputs: int = 3) -> Design:
    last = Dense(units=outputs, activation=loss.fuses or "sigmoid")
    return design_of(last, loss=loss, optimizer=SGD(learning_rate=0.1), metrics=(METRICS[0](),))


def samples() -> ArraySamples:
    return ArraySamples(numbers(12, 4), np.array([0, 1, 0, 2, 0, 0, 1, 0, 2, 0, 1, 0]))


@given(st.lists(st.integers(0, 50), min_size=2, max_size=12).filter(any))
def test_balanced_weights_make_every_class_that_occurs_count_the_same(counts: list[int]) -> None:
    weights = Balanced().of(np.array(counts))
    shares = [weight * count for weight, count in zip(weights, counts, strict=True) if count]
    assert shares == pytest.approx([sum(counts) / len(shares)] * len(shares))
    assert np.isfinite(weights).all()


@pytest.mark.parametrize("loss", LOSSES)
@of_every_rule
def test_the_loss_is_the_weighted_sum_over_the_size_of_the_batch(
    rule: ClassWeights, loss: type[Loss]
) -> None:
    data = samples()
    state = start(design(loss()), data, batch_size=12, epochs=1, class_weight=rule)
    predictor = state.network.predictor
    predictor(data.x)
    each = predictor.losses(data.y).astype(np.float64)
    weights = rule.of(np.bincount(data.y))[data.y]
    step = next(train(state))
    assert isinstance(step, Step)
    assert step.values["loss"] == pytest.approx((weights * each).sum() / 12, rel=1e-5)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_step_is_that_of_the_weighted_mean_of_the_samples_gradients(loss: type[Loss]) -> None:
    data, wanted = samples(), design(loss())
    state = start(wanted, data, batch_size=12, epochs=1, shuffle=False, class_weight=Given(WEIGHTS))
    alone = Network(wanted, (4,), seed=state.plan.seed)
    expected, before = np.zeros(alone.gradients.size), state.network.parameters.copy()
    for x, y in zip(data.x, data.y, strict=True):
        alone.backpropagate(x[None], y[None])
        expected += WEIGHTS[y] * alone.gradients / 12
    next(train(state))
    np.testing.assert_allclose(before - state.network.parameters, 0.1 * expected, rtol=1e-4, atol=1e-6)


def test_even_weights_give_the_bits_of_weights_of_one() -> None:
    runs = [
        start(design(CategoricalCrossentropy()), samples(), batch_size=5, epochs=2, class_weight=rule)
        for rule in (Even(), Given((1.0, 1.0, 1.0)))
    ]
    assert list(train(runs[0])) == list(train(runs[1]))
    assert runs[0].network.parameters.tobytes() == runs[1].network.parameters.tobytes()


def test_metrics_and_validation_are_not_weighted() -> None:
    data = samples()
    state = start(
        design(CategoricalCrossentropy()), data, data, batch_size=12, epochs=1, class_weight=Given(WEIGHTS)
    )
    before = evaluate(state.network.predictor, data)
    *_, epoch = train(state)
    after = evaluate(state.network.predictor, data)
    assert isinstance(epoch, Epoch)
    name = METRICS[0].keras_name
    assert epoch.values[name] == pytest.approx(before[name])
    assert epoch.values["loss"] != pytest.approx(before["loss"])
    assert epoch.values["val_loss"] == pytest.approx(after["loss"])


@pytest.mark.parametrize("shape", [(12,), (12, 1)])
@pytest.mark.parametrize("kind", [np.int64, np.uint8])
def test_two_classes_with_one_output_are_weighted(shape: tuple[int, ...], kind: type) -> None:
    data = ArraySamples(numbers(12, 4), (np.arange(12) % 2).reshape(shape).astype(kind))
    state = start(
        design(BinaryCrossentropy(), 1), data, batch_size=12, epochs=1, class_weight=Given((0.0, 1.0))
    )
    assert state.class_weights is not None and state.class_weights.dtype == np.float32
    predictor = state.network.predictor
    predictor(data.x)
    each = predictor.losses(data.y).astype(np.float64)
    step = next(train(state))
    assert isinstance(step, Step)
    assert step.values["loss"] == pytest.approx(each[1::2].sum() / 12, rel=1e-5)


def test_values_to_predict_have_no_classes_to_weigh() -> None:
    data = ArraySamples(numbers(12, 4), numbers(12, 3))
    with pytest.raises(DataError, match="values to predict"):
        start(design(CategoricalCrossentropy()), data, class_weight=Balanced())


def test_a_class_without_a_weight_is_refused_before_the_training() -> None:
    with pytest.raises(DataError, match=r"each of the 3 classes, not 2 class weights\.$"):
        start(design(CategoricalCrossentropy()), samples(), class_weight=Given((1.0, 2.0)))


@pytest.mark.parametrize("kind", CLASS_WEIGHTS)
def test_only_even_weights_go_with_values_to_predict(kind: type[ClassWeights]) -> None:
    assert kind.one_line().endswith(".")
    assert bool(list(kind().misfits(0))) != kind().is_even
    assert list(kind().misfits(2)) == []


def test_weights_of_nothing_but_zero_are_a_problem() -> None:
    assert problems_with(Given((0.0, 0.0))) == ("The weight of at least one class must be above 0.",)
    assert problems_with(Given((0.0, 1.0))) == ()
