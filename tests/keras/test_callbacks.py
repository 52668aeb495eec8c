"""Early stopping and plateaus end and slow down a training in the epochs in which Keras' callbacks do."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "jax")
callbacks = pytest.importorskip(
    "keras.callbacks", reason="Keras is not installed here; make test-keras brings it"
)

from nnstudio.engine.plateau import ReduceLROnPlateau  # noqa: E402
from nnstudio.engine.stopping import EarlyStopping  # noqa: E402
from nnstudio.settings import settings_of  # noqa: E402
from tests.engine.keras_callbacks import last_epoch, rates  # noqa: E402

pytestmark = pytest.mark.keras

RNG = np.random.default_rng(0)
LOSSES = [(RNG.integers(0, 13, 25) / 10).tolist() for _ in range(20)]
STOPPING = [EarlyStopping(p, d) for p in (1, 2, 4) for d in (0.0, 0.15, 0.3)]
PLATEAUS = [
    ReduceLROnPlateau(0.5, p, d, c, m)
    for p in (1, 3)
    for d in (0.0, 0.15)
    for c in (0, 2)
    for m in (0.0, 0.06)
]


def settings(rule: Any) -> dict[str, Any]:
    return {declared.name: getattr(rule, declared.name) for declared in settings_of(rule)}


@pytest.mark.parametrize("rule", STOPPING)
def test_training_ends_in_the_epoch_in_which_keras_ends_it(rule: EarlyStopping) -> None:
    for losses in LOSSES:
        model = SimpleNamespace(stop_training=False, get_weights=list, set_weights=lambda weights: None)
        callback = callbacks.EarlyStopping(monitor="val_loss", mode="min", **settings(rule))
        callback.set_model(model)
        callback.on_train_begin()
        for epoch, loss in enumerate(losses):
            callback.on_epoch_end(epoch, {"val_loss": loss})
            if model.stop_training:
                break
        assert last_epoch(rule, losses) == epoch + 1


@pytest.mark.parametrize("rule", PLATEAUS)
def test_the_learning_rate_falls_in_the_epochs_in_which_keras_lowers_it(rule: ReduceLROnPlateau) -> None:
    for losses in LOSSES:
        model = SimpleNamespace(optimizer=SimpleNamespace(learning_rate=0.5))
        callback = callbacks.ReduceLROnPlateau(monitor="val_loss", mode="min", **settings(rule))
        callback.set_model(model)
        callback.on_train_begin()
        found = []
        for epoch, loss in enumerate(losses):
            callback.on_epoch_end(epoch, {"val_loss": loss})
            found.append(model.optimizer.learning_rate)
        assert found == pytest.approx(rates(rule, losses, 0.5))
