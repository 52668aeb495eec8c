"""Keras 3 opens the .keras files that nnstudio writes, and trains on from what the optimizer remembers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "jax")
if os.environ.get("KERAS_PACKAGE", "keras") != "keras":
    pytest.skip("only Keras 3 has this kind of file", allow_module_level=True)
models = pytest.importorskip("keras.models", reason="Keras is not installed here; make test-keras brings it")

from nnstudio.engine.design import Design  # noqa: E402
from nnstudio.engine.optimizers import OPTIMIZERS, Guess  # noqa: E402
from nnstudio.formats.keras_h5 import read_model, write_model  # noqa: E402
from nnstudio.task import Shape  # noqa: E402
from tests.formats.registry_models import designs, model_of, owners  # noqa: E402
from tests.keras.going_on import GoingOn  # noqa: E402
from tests.keras.test_keras_opens_our_files import (  # noqa: E402
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
    going_on = GoingOn(optimizer)
    write_model(tmp_path / "ours.keras", going_on.model)
    assert np.allclose(
        going_on.losses_of(models, tmp_path / "ours.keras"), going_on.losses(), rtol=0, atol=NEXT_LOSSES
    )
