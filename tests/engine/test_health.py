"""Health: what is said of a layer is what its numbers are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.health import LayerHealth
from nnstudio.engine.health_meter import measure
from nnstudio.engine.layers import Dense
from nnstudio.engine.network import Network, Snapshot

DESIGN = design_of(Dense(6, activation="relu"), Dense(4, activation="tanh"), Dense(3, activation="softmax"))
RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(16, 5)).astype(np.float32), RNG.integers(0, 3, 16)


def changed(snapshot: Snapshot, share: float) -> Snapshot:
    return replace(snapshot, parameters=snapshot.parameters * np.float32(1.0 + share))


def test_gradients_and_updates_are_measured_per_layer_and_nothing_is_touched() -> None:
    network = Network(DESIGN, (5,), seed=1)
    before = network.snapshot()
    found = measure(changed(before, 0.01), before, 10, X, Y)
    assert [one.name for one in found] == ["dense", "dense_1", "dense_2"]
    np.copyto(network.parameters, changed(before, 0.01).parameters)
    network.backpropagate(X, Y)
    total = np.sqrt(sum(one.gradient**2 for one in found))
    assert total == pytest.approx(np.linalg.norm(network.gradients), rel=1e-5)
    assert all(one.update == pytest.approx(0.01 / 1.01 / 10, rel=1e-3) for one in found)


def test_dead_and_saturated_units_are_counted() -> None:
    network = Network(DESIGN, (5,), seed=1)
    network.weights[0]["bias"][:3] = -100.0
    network.weights[1]["bias"][...] = 50.0
    first, second, _ = measure(network.snapshot(), None, 0, X, Y)
    assert first.dead == pytest.approx(0.5, abs=0.17) and first.dead >= 0.5 and first.saturated is None
    assert second.saturated == 1.0 and second.dead is None and "Saturated" in second.advice


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (LayerHealth("a", float("nan"), None, None, None), "smaller learning rate"),
        (LayerHealth("a", 0.1, 1e-3, 0.9, None), "dead"),
        (LayerHealth("a", 0.1, 0.5, None, None), "jump"),
        (LayerHealth("a", 0.1, 1e-9, None, None), "Hardly learns"),
        (LayerHealth("a", 0.1, 1e-3, 0.1, None), ""),
    ],
)
def test_advice_is_one_line_about_what_is_wrong(health: LayerHealth, words: str) -> None:
    assert words in health.advice and (words or not health.advice)
