"""Keras 3 opens the .keras files that nnstudio writes, and trains on from what the optimizer remembers."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "jax")
if os.environ.get("KERAS_PACKAGE", "keras") != "keras":
    pytest.skip("only Keras 3 has this kind of file", allow_module_level=True)
models = pytest.importorskip("keras.models", reason="Keras is not installed here; make test-keras brings it")

from nnstudio.engine.design import Design  # noqa: E402
from nnstudio.engine.optimizer_state import OptimizerState  # noqa: E402
from nnstudio.engine.optimizers import OPTIMIZERS, Guess  # noqa: E402
from nnstudio.engine.plan import TrainingPlan  # noqa: E402
from nnstudio.engine.progress import Epoch  # noqa: E402
from nnstudio.engine.run_state import RunState  # noqa: E402
from nnstudio.engine.training import train  # noqa: E402
from nnstudio.formats.keras_h5 import read_model, write_model  # noqa: E402
from nnstudio.task import Shape  # noqa: E402
from tests.formats.registry_models import designs, model_of, owners, small_design  # noqa: E402
from tests.keras.test_keras_opens_our_files import (  # noqa: E402
    ArraySamples,
    assert_keras_agrees,
    assert_keras_trains_on,
    assert_same_design,
    samples_for,
)

pytestmark = pytest.mark.keras
CASES = [pytest.param(design, shape, id=name) for name, design, shape in designs()]
OTHER_FUNCTION = "hard_sigmoid_keras2"
NEXT_LOSSES = 2e-5


@pytest.mark.parametrize(("design", "shape"), CASES)
def test_keras_opens_everything_and_gives_it_back(design: Design, shape: Shape, tmp_path: Path) -> None:
    model = model_of(design, shape)
    write_model(tmp_path / "ours.keras", model)
    opened = models.load_model(tmp_path / "ours.keras")
    opened.run_eagerly = True
    x, y = samples_for(design, shape, opened.output_shape[-1])
    if OTHER_FUNCTION not in {getattr(layer, "activation", "") for layer in design.layers}:
        assert_keras_agrees(opened, model, x, y)
    assert_keras_trains_on(opened, x, y)
    opened.save(tmp_path / "theirs.keras")
    found = read_model(tmp_path / "theirs.keras")
    assert_same_design(found.study.design, design)


OPTIMIZED = [
    pytest.param(optimizer, id=f"{kind.__name__} {how}")
    for kind in OPTIMIZERS
    if kind is not Guess
    for how, optimizer in owners(kind)
]


@pytest.mark.parametrize("optimizer", OPTIMIZED)
def test_keras_goes_on_with_our_next_losses(optimizer: Any, tmp_path: Path) -> None:
    design = replace(small_design(), optimizer=optimizer)
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(64, 7)).astype(np.float32), rng.integers(0, 3, 64)
    plan = TrainingPlan(epochs=2, batch_size=16, validation_split=0.0, shuffle=False)
    state = RunState.start(design, plan, (7,), ArraySamples(x, y))
    for _ in train(state):
        pass
    slots = state.slots
    remembered = OptimizerState(slots.iteration, {name: v.copy() for name, v in slots.vectors.items()})
    model = replace(model_of(design, (7,)), snapshot=state.network.snapshot(2.0), optimizer_state=remembered)
    write_model(tmp_path / "ours.keras", model)
    state.epochs = 5
    ours = [step.values["loss"] for step in train(state) if isinstance(step, Epoch)]
    opened = models.load_model(tmp_path / "ours.keras")
    history = opened.fit(x, np.eye(3, dtype=np.float32)[y], epochs=3, batch_size=16, shuffle=False, verbose=0)
    assert np.allclose(history.history["loss"], ours, rtol=0, atol=NEXT_LOSSES)
