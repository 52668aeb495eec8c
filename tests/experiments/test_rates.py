"""Rates: what layers and optimizers cost tells what any network takes; kept in a file that may be damaged."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from nnstudio.data.watch import Watch
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import GRU, LAYERS, Conv2D, Dense, Flatten, Reshape
from nnstudio.engine.layers.recurrent import Recurrent
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Guess
from nnstudio.engine.plan import TrainingPlan
from nnstudio.errors import Cancelled
from nnstudio.experiments.kind_pace import KindPace, Point, cost_of, fitted
from nnstudio.experiments.pace import Trial
from nnstudio.experiments.rates import Rates, measure_rates
from nnstudio.experiments.templates.known_facts import DIGITS
from nnstudio.formats.rates_file import read_rates, write_rates

PLAN = TrainingPlan(batch_size=100)
RATES = Rates({kind.__name__: KindPace(1e-6, 1e-9, 1e-9, 0.5) for kind in LAYERS}, {"SGD": 1e-9}, 1e-5, 1e-9)


class Ticks:
    """A clock on which every look takes a second."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def test_all_kinds_of_layers_and_all_that_follow_gradients_are_measured() -> None:
    rates = measure_rates(clock=Ticks())
    assert set(rates.kinds) == {kind.__name__ for kind in LAYERS}
    assert set(rates.walks) == {kind.__name__ for kind in OPTIMIZERS} - {Guess.__name__}


def test_prices_are_found_out_of_times() -> None:
    true, layers = KindPace(3e-5, 2e-10, 4e-9, 0.25), (Dense(8), Dense(300))
    points = []
    for layer, shape in zip(layers, ((12,), (784,)), strict=True):
        for batch_size in (1, 128):
            cost = cost_of(layer, shape, layer.output_shape(shape), layer.multiply_adds(shape))
            seconds = true.layer(cost, batch_size)
            points.append(Point(layer, shape, batch_size, seconds, 0.25 * seconds))
    found = fitted(points)
    assert (found.call, found.work, found.number) == pytest.approx((3e-5, 2e-10, 4e-9), rel=1e-3)
    assert found.check == pytest.approx(0.25)


def test_prices_are_never_below_nothing() -> None:
    points = [
        Point(Dense(8), (12,), 1, 1e-5, 1e-6),
        Point(Dense(8), (12,), 128, 9e-6, 1e-6),  # a larger batch that was faster, by chance
        Point(Dense(300), (784,), 1, 5e-3, 1e-6),
        Point(Dense(300), (784,), 128, 5e-3, 1e-6),
    ]
    found = fitted(points)
    assert min(found.call, found.work, found.number) >= 0.0 and max(found.call, found.work) > 0.0


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        (design_of(Flatten(), Dense(10)), design_of(Flatten(), Dense(50), Dense(10))),
        (design_of(GRU(8), Dense(10)), design_of(GRU(80), Dense(10))),
        (
            design_of(Reshape((28, 28, 1)), Conv2D(4, (3, 3)), Flatten(), Dense(10)),
            design_of(Reshape((28, 28, 1)), Conv2D(4, (5, 5)), Flatten(), Dense(10)),
        ),
    ],
    ids=["more layers", "more units", "larger kernels"],
)
def test_a_larger_network_takes_longer(smaller: object, larger: object) -> None:
    paces = [RATES.guess(Trial(design, PLAN, DIGITS)) for design in (smaller, larger)]  # type: ignore[arg-type]
    assert 0.0 < paces[0].batch < paces[1].batch


def test_the_first_layer_that_learns_costs_less_than_one_behind_it() -> None:
    first = Trial(design_of(Flatten(), Dense(784)), PLAN, DIGITS)
    both = replace(first, design=design_of(Flatten(), Dense(784), Dense(784)))
    rates = replace(RATES, step=0.0, gather=0.0, walks={"Adam": 0.0})
    one, two = (rates.guess(trial).batch for trial in (first, both))
    assert two - one > 1.4 * one


def test_an_optimizer_that_remembers_more_takes_longer() -> None:
    design = design_of(Flatten(), Dense(10), optimizer=SGD())
    slow = replace(RATES, walks={"SGD": 1e-6})
    fast, slower = (rates.guess(Trial(design, PLAN, DIGITS)).batch for rates in (RATES, slow))
    assert slower - fast == pytest.approx(7850 * (1e-6 - 1e-9))


def test_a_recurrent_layer_is_called_at_every_step() -> None:
    layer = next(kind for kind in LAYERS if issubclass(kind, Recurrent))()
    assert cost_of(layer, (28, 3), (64,), 10).calls == 28


def test_measuring_can_be_cancelled() -> None:
    class Stopped(Watch):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        measure_rates(Stopped())


def test_rates_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "rates.json"
    write_rates(path, RATES)
    assert read_rates(path) == RATES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"kinds": {}}',
        '{"kinds": {}, "walks": {}, "step": 1, "gather": 1}',
        json.dumps(asdict(replace(RATES, step=-1.0))),
        json.dumps(asdict(replace(RATES, gather=float("nan")))),
    ],
    ids=["empty", "a list", "parts are missing", "layers are missing", "negative", "no number"],
)
def test_a_damaged_file_of_rates_counts_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rates.json"
    path.write_text(text)
    assert read_rates(path) is None
