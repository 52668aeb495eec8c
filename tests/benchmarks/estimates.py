"""Estimates: how near the seconds of an epoch that are told come to those that training then takes.

Run as ``python -m tests.benchmarks.estimates``; over all templates and some odd networks: what is told at
once, out of what layers and optimizers cost, and what is told after the network itself was tried. The exit
status tells how many of the latter are off by more than a factor of 1.5. Processor time is compared, so that
what else the machine does hits neither.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from threadpoolctl import threadpool_limits

from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import GRU, Conv2D, Dense, Flatten, LayerNormalization, Reshape, SimpleRNN
from nnstudio.engine.optimizers import SGD, Nadam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.progress import Epoch
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.experiments.pace import Trial
from nnstudio.experiments.rates import Rates, measure_rates
from nnstudio.experiments.templates import TEMPLATES
from tests.benchmarks.measure import processor

FACTOR = 1.5
Case = tuple[str, Design, TrainingPlan, Recipe]
END = Dense(10, activation="softmax")
ODD = {
    "one wide layer, SGD, batch 1000": (
        design_of(Flatten(), Dense(4000, activation="relu"), END, optimizer=SGD()),
        1000,
    ),
    "thirty thin layers, batch 8": (
        design_of(Flatten(), *(Dense(16, activation="relu") for _ in range(30)), END),
        8,
    ),
    "large filters with strides": (
        design_of(Reshape((28, 28, 1)), Conv2D(24, (7, 7), strides=(2, 2)), Flatten(), END),
        50,
    ),
    "deep convolutions": (
        design_of(
            Reshape((28, 28, 1)), *(Conv2D(24, (3, 3), activation="relu") for _ in range(4)), Flatten(), END
        ),
        128,
    ),
    "two recurrent layers": (
        design_of(GRU(32, return_sequences=True), SimpleRNN(32), END, optimizer=Nadam()),
        32,
    ),
    "layer normalization, batch 4000": (
        design_of(Flatten(), Dense(256), LayerNormalization(), Dense(256), LayerNormalization(), END),
        4000,
    ),
}


def main() -> int:
    """Measure, train, compare and print."""
    missed = 0
    print(processor(), flush=True)
    with threadpool_limits(1):
        rates = measure_rates(clock=time.thread_time)
        for title, design, plan, recipe in _cases():
            at_once, tried, took = _compare(rates, design, plan, recipe)
            missed += not _is_good(tried / took)
            told = ", ".join(
                f"{when} {1000 * told:,.2f} ms ({told / took:.2f}{'' if _is_good(told / took) else ' OFF'})"
                for when, told in (("at once", at_once), ("tried", tried))
            )
            print(f"{title}: {told}, {1000 * took:,.2f} ms took", flush=True)
    return missed


def _is_good(ratio: float) -> bool:
    return 1.0 / FACTOR <= ratio <= FACTOR


def _cases() -> Iterator[Case]:
    for template in TEMPLATES:
        yield template.name, template.design, template.plan, template.recipe
    for title, (design, batch_size) in ODD.items():
        yield title, design, TrainingPlan(batch_size=batch_size), recipe_of(MnistSample())


def _compare(rates: Rates, design: Design, plan: TrainingPlan, recipe: Recipe) -> tuple[float, float, float]:
    """Return the seconds that an epoch is told to take, at once and when tried, and what it took."""
    data = load(recipe)
    trial = Trial(design, plan, data.facts)
    pace = trial.run(clock=time.thread_time)
    assert pace is not None
    plan = replace(plan, epochs=1000, early_stopping=None)
    state = RunState.start(design, plan, data.facts.sample_shape, *data.split(plan.validation_split))
    epochs, began = 0, time.process_time()
    for step in train(state):
        epochs += isinstance(step, Epoch)
        if epochs and time.process_time() - began > 1.0:
            break
    took = (time.process_time() - began) / max(state.position, 1e-9)
    count = data.facts.training_count
    return rates.guess(trial).epoch(plan, count), pace.epoch(plan, count), took


if __name__ == "__main__":
    sys.exit(main())
