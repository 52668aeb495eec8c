"""Tests of engine.masking: a recurrent layer behind an Embedding does as if the steps of 0 were not there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import GRU, LSTM, Dense, Dropout, Embedding, Flatten, SimpleRNN
from nnstudio.engine.losses import SparseCategoricalCrossentropy
from nnstudio.engine.network import Network, Snapshot

STEPS, ROWS, CLASSES = 7, 12, 3
RECURRENT = [SimpleRNN(4), LSTM(4), GRU(4), GRU(4, reset_after=False), LSTM(4, go_backwards=True)]
WORDS = np.maximum(np.random.default_rng(2).integers(-4, 9, (ROWS, STEPS)), 0)
WORDS[0], WORDS[1] = 0, 1 + np.arange(STEPS)  # nothing but gaps, and none


def network_of(*layers: Layer, mask: bool = True, **rest: Any) -> Network:
    embedding = Embedding(9, 3, mask_zero=mask)
    last = Dense(CLASSES, activation="softmax")
    design = design_of(embedding, *layers, last, loss=SparseCategoricalCrossentropy())
    return Network(design, (STEPS,), seed=3, **rest)


def without_gaps(design: Design, parameters: Any, words: Any) -> Any:
    """Return what a network without any notion of gaps gives for one sample of which the gaps are cut out."""
    left = words[words > 0]
    if not len(left):
        left = words[:0]
    plain = design.with_layer("embedding", mask_zero=False)
    return Snapshot(plain, (len(left),), parameters).predictor()(left[None].astype(np.float32))[0].copy()


@pytest.mark.parametrize("layer", RECURRENT)
@pytest.mark.parametrize("stacked", [False, True])
def test_gaps_are_passed_over(layer: Layer, stacked: bool) -> None:
    before = (GRU(3, return_sequences=True), Dropout(0.0)) if stacked else ()
    network = network_of(*before, layer)
    found = network.predictor(WORDS.astype(np.float32)).copy()
    for words, outputs in zip(WORDS[1:], found[1:], strict=True):
        wanted = without_gaps(network.design, network.parameters, words)
        np.testing.assert_allclose(outputs, wanted, rtol=0, atol=1e-6)
    ends = network.weights[-1]["bias"]  # where there is nothing but gaps, the state stays at 0
    np.testing.assert_allclose(found[0], np.exp(ends) / np.exp(ends).sum(), atol=1e-6)


@pytest.mark.parametrize("layer", RECURRENT)
def test_gradients_pass_the_gaps_by(layer: Layer) -> None:
    network = network_of(LSTM(3, return_sequences=True), layer, dtype=np.float64)
    y = np.arange(ROWS) % CLASSES
    network.backpropagate(WORDS, y)
    gradients = network.gradients.copy()
    rng = np.random.default_rng(1)
    for index in rng.choice(gradients.size, 60, replace=False):
        losses = []
        for nudge in (1e-5, -2e-5):
            network.parameters[index] += nudge
            losses.append(network.backpropagate(WORDS, y))
        network.parameters[index] += 1e-5
        assert gradients[index] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-7)


def test_a_layer_that_mixes_steps_ends_what_is_known_of_them() -> None:
    with_mask, without = network_of(Flatten()), network_of(Flatten(), mask=False)
    x = WORDS.astype(np.float32)
    np.testing.assert_array_equal(with_mask.predictor(x).copy(), without.predictor(x))


def test_two_machines_of_one_design_do_not_share_their_gaps() -> None:
    network = network_of(LSTM(4))
    other = network.snapshot().predictor()
    x = WORDS.astype(np.float32)
    wanted = other(x).copy()
    network.forward(np.ones_like(x))
    np.testing.assert_array_equal(other(x), wanted)
