"""Keras 2 trains on from what the optimizer remembers, where a file holds it for Keras 2."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

if os.environ.get("KERAS_PACKAGE", "keras") != "tf_keras":
    pytest.skip("only Keras 2 looks for it there", allow_module_level=True)
models = pytest.importorskip("tf_keras.models", reason="tf_keras is not installed here")

from nnstudio.engine.optimizers import OPTIMIZERS, Nadam, RMSprop  # noqa: E402
from nnstudio.engine.schedules import Constant  # noqa: E402
from nnstudio.formats.keras_h5 import read_model, write_model  # noqa: E402
from nnstudio.formats.keras_old_slots import has_old_form  # noqa: E402
from tests.formats.registry_models import owners  # noqa: E402
from tests.keras.going_on import GoingOn  # noqa: E402

pytestmark = pytest.mark.keras

OPTIMIZED = [
    pytest.param(optimizer, id=f"{kind.__name__} {how}")
    for kind in OPTIMIZERS
    for how, optimizer in owners(kind)
    if has_old_form(optimizer)
    and isinstance(optimizer.schedule, Constant)
    and not getattr(optimizer, "weight_decay", None)
]
# The older RMSprop adds epsilon elsewhere, the older Nadam rounds the product of its momenta otherwise.
NEXT_LOSSES: dict[type, float] = {RMSprop: 6e-3, Nadam: 1e-3}


@pytest.mark.parametrize("optimizer", OPTIMIZED)
def test_keras_2_goes_on_with_our_next_losses(optimizer: Any, tmp_path: Path) -> None:
    going_on, path = GoingOn(optimizer), tmp_path / "ours.h5"
    write_model(path, going_on.model, old_slots=True)
    found = read_model(path).optimizer_state
    assert found is not None and found.iteration == 8
    near = NEXT_LOSSES.get(type(optimizer), 2e-5)
    assert np.allclose(going_on.losses_of(models, path), going_on.losses(), rtol=0, atol=near)
