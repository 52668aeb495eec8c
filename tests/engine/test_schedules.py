"""What every schedule promises, over the registry; and the numbers of Keras' own."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.schedules import (
    SCHEDULES,
    Constant,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    LinearWarmup,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
)
from nnstudio.settings import Setting, problems_with, settings_of

BASE = 0.5
STEPS = (0, 1, 9, 10, 11, 25, 30, 31, 99, 100, 1000)
# The learning rates of Keras 3.15 in float64 at STEPS, from the base.
OF_KERAS: list[tuple[Schedule, list[float]]] = [
    (
        ExponentialDecay(decay_steps=10, decay_rate=0.3),
        [0.5, 0.443284075, 0.169191731, 0.15, 0.132985223, 0.0246475151, 0.0135, 0.01196867]
        + [3.33020084e-06, 2.95245e-06, 2.5768876e-53],
    ),
    (
        ExponentialDecay(decay_steps=10, decay_rate=0.3, staircase=True),
        [0.5, 0.5, 0.5, 0.15, 0.15, 0.045, 0.0135, 0.0135, 9.8415e-06, 2.95245e-06, 2.5768876e-53],
    ),
    (
        InverseTimeDecay(decay_steps=10, decay_rate=0.3),
        [0.5, 0.485436893, 0.393700787, 0.384615385, 0.37593985, 0.285714286, 0.263157895, 0.259067358]
        + [0.125944584, 0.125, 0.0161290323],
    ),
    (
        InverseTimeDecay(decay_steps=10, decay_rate=0.3, staircase=True),
        [0.5, 0.5, 0.5, 0.384615385, 0.384615385, 0.3125, 0.263157895, 0.263157895]
        + [0.135135135, 0.125, 0.0161290323],
    ),
    (
        PiecewiseConstantDecay(boundaries=(10, 30), factors=(0.4, 0.1)),
        [0.5, 0.5, 0.5, 0.5, 0.2, 0.2, 0.2, 0.05, 0.05, 0.05, 0.05],
    ),
    (
        PolynomialDecay(decay_steps=30, end_factor=0.02, power=2.0),
        [0.5, 0.467877778, 0.2501, 0.227777778, 0.206544444, 0.0236111111, 0.01, 0.01, 0.01, 0.01, 0.01],
    ),
    (
        PolynomialDecay(decay_steps=30, end_factor=0.02, cycle=True),
        [0.5, 0.483666667, 0.353, 0.336666667, 0.320333333, 0.0916666667, 0.01, 0.246833333]
        + [0.09575, 0.0916666667, 0.0196078431],
    ),
    (
        CosineDecay(decay_steps=30, alpha=0.1),
        [0.5, 0.498767406, 0.407251686, 0.387499988, 0.366515756, 0.0801442862] + 5 * [0.0500000007],
    ),
    (
        CosineDecay(decay_steps=30, alpha=0.1, warmup_steps=10),
        [0.0, 0.05, 0.45, 0.5, 0.498767406, 0.274999976, 0.162499979, 0.142748326] + 3 * [0.0500000007],
    ),
]
of_every_schedule = pytest.mark.parametrize("kind", SCHEDULES)
to_the_end = pytest.mark.parametrize("schedule", [CosineDecay(alpha=0.02), PolynomialDecay(end_factor=0.02)])


def values_of(declared: Setting) -> st.SearchStrategy[Any]:
    """Return values that the setting takes."""
    if declared.kind is tuple:
        return st.just(declared.default)
    if declared.kind is bool:
        return st.booleans()
    if declared.kind is int:
        numbers: st.SearchStrategy[Any] = st.integers(int(declared.minimum or 0), 10_000)
    else:
        low = declared.minimum if declared.minimum is not None else declared.above
        numbers = st.floats(low, declared.largest).filter(lambda value: declared.problem(value) is None)
    return st.none() | numbers if declared.optional else numbers


def drawn(kind: type[Schedule]) -> st.SearchStrategy[Schedule]:
    """Return schedules of the class with any settings that it takes."""
    return st.builds(kind, **{declared.name: values_of(declared) for declared in settings_of(kind)})


@of_every_schedule
@given(data=st.data(), step=st.integers(0, 100_000), total=st.integers(0, 100_000))
def test_a_factor_is_finite_and_not_negative_at_every_step(
    kind: type[Schedule], data: st.DataObject, step: int, total: int
) -> None:
    schedule = data.draw(drawn(kind))
    assert problems_with(schedule) == ()
    factor = schedule.factor(step, total)
    assert type(factor) is float and math.isfinite(factor) and factor >= 0.0


@of_every_schedule
def test_a_factor_depends_on_nothing_but_the_step(kind: type[Schedule]) -> None:
    forwards = [kind().factor(step, 50) for step in range(60)]
    assert [kind().factor(step, 50) for step in reversed(range(60))] == forwards[::-1]


@of_every_schedule
def test_by_default_a_schedule_does_something_in_a_long_training(kind: type[Schedule]) -> None:
    factors = {kind().factor(step, 5_000) for step in range(5_000)}
    assert max(factors) == pytest.approx(1.0)
    assert len(factors) > 1 or kind is Constant


@pytest.mark.parametrize(("schedule", "rates"), OF_KERAS, ids=[str(schedule) for schedule, _ in OF_KERAS])
def test_learning_rates_are_those_of_keras(schedule: Schedule, rates: list[float]) -> None:
    found = [BASE * schedule.factor(step, total=7) for step in STEPS]
    assert found == pytest.approx(rates, rel=1e-6)


@to_the_end
def test_left_out_steps_reach_to_the_end_of_the_training(schedule: Schedule) -> None:
    assert schedule.factor(0, 80) == 1.0
    assert schedule.factor(40, 80) == pytest.approx(0.51)
    assert schedule.factor(80, 80) == schedule.factor(500, 80) == pytest.approx(0.02)


def test_left_out_steps_begin_behind_the_warm_up() -> None:
    schedule = CosineDecay(warmup_steps=20)
    assert [schedule.factor(step, 100) for step in (0, 10, 20)] == [0.0, 0.5, 1.0]
    assert schedule.factor(60, 100) == pytest.approx(0.5)
    assert schedule.factor(100, 100) == 0.0


def test_a_warm_up_learns_from_the_first_batch_on() -> None:
    schedule = LinearWarmup(warmup_steps=4)
    assert [schedule.factor(step, 0) for step in range(6)] == [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]


def test_one_cycle_rises_to_its_peak_and_falls_to_its_end() -> None:
    schedule = OneCycle(peak=0.25, start_divisor=10.0, final_divisor=100.0)
    factors = [schedule.factor(step, 101) for step in range(101)]
    assert factors[0] == pytest.approx(0.1)
    assert factors[25] == 1.0
    assert factors[100] == schedule.factor(5_000, 101) == pytest.approx(0.01)
    assert factors[:26] == sorted(factors[:26])
    assert factors[25:] == sorted(factors[25:], reverse=True)


@pytest.mark.parametrize(("peak", "first", "last"), [(0.0, 1.0, 0.01), (1.0, 0.1, 1.0)])
def test_one_cycle_may_have_its_peak_at_an_end(peak: float, first: float, last: float) -> None:
    schedule = OneCycle(peak=peak, start_divisor=10.0, final_divisor=100.0)
    assert schedule.factor(0, 50) == pytest.approx(first)
    assert schedule.factor(49, 50) == pytest.approx(last)


def test_boundaries_and_factors_must_go_together() -> None:
    (lengths,) = problems_with(PiecewiseConstantDecay(boundaries=(10, 20), factors=(0.1,)))
    assert "2 boundaries and 1 factors" in lengths
    (order,) = problems_with(PiecewiseConstantDecay(boundaries=(20, 20), factors=(0.1, 0.2)))
    assert order.endswith(".")
    assert problems_with(PiecewiseConstantDecay(boundaries=(), factors=())) == ()
