"""Tests of formats.keras_design: what Keras does not get of a design is told."""

from __future__ import annotations

from typing import Any

import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Activation, BatchNormalization, Dense
from nnstudio.engine.optimizers import SGD, Adam, AdamW, Guess, Optimizer, RMSprop
from nnstudio.engine.schedules import CosineDecay, LinearWarmup, OneCycle
from nnstudio.formats.keras_design import notes_for_keras


@pytest.mark.parametrize(
    ("layer", "notes"),
    [
        (Dense(2, name="größe", activation="silu"), ()),
        (BatchNormalization(name="x"), ()),
        (
            BatchNormalization(name="x", unbiased_variance=True),
            ('Layer "x": unbiased variance yes is no for Keras.',),
        ),
        (
            Activation("hard_sigmoid_keras2", name="x"),
            ('Layer "x": activation hard_sigmoid_keras2 is hard_sigmoid for Keras.',),
        ),
    ],
)
def test_what_keras_does_not_get_of_a_layer_is_told(layer: Any, notes: tuple[str, ...]) -> None:
    assert notes_for_keras(design_of(layer), (3,)) == notes


@pytest.mark.parametrize(
    ("optimizer", "notes"),
    [
        (Adam(), ()),
        (SGD(schedule=CosineDecay(decay_steps=9)), ()),
        (SGD(schedule=LinearWarmup(9)), ()),
        (
            SGD(schedule=OneCycle()),
            ("Keras has no One cycle that follows the training; its learning rate stays the same.",),
        ),
        (Guess(), ("Keras has no Guess and opens the file with SGD.",)),
        (RMSprop(legacy_epsilon=True), ("The optimizer: legacy epsilon yes is no for Keras.",)),
        (AdamW(), ("Keras 2 does not open a file with weight decay; Keras 3 does.",)),
    ],
)
def test_what_keras_does_not_get_of_an_optimizer_is_told(
    optimizer: Optimizer, notes: tuple[str, ...]
) -> None:
    assert notes_for_keras(design_of(Dense(2), optimizer=optimizer), (3,)) == notes
