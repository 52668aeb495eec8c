"""A .keras file that nnstudio writes gives everything back: design, weights, the optimizer's memory."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import numpy as np
import pytest

from nnstudio.engine.design import Design
from nnstudio.engine.layout import lay_out
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.optimizers import OPTIMIZERS, Guess
from nnstudio.formats.keras_h5 import read_model, write_model
from nnstudio.task import Shape
from tests.formats.registry_models import designs, model_of, owners, small_design

CASES = [pytest.param(design, shape, id=name) for name, design, shape in designs()]


@pytest.mark.parametrize(("design", "shape"), CASES)
def test_design_weights_and_record_come_back(design: Design, shape: Shape, tmp_path: Path) -> None:
    model = model_of(design, shape)
    write_model(tmp_path / "net.keras", model)
    found = read_model(tmp_path / "net.keras")
    assert found.study == model.study and found.class_names == model.class_names
    assert np.array_equal(found.snapshot.parameters, model.snapshot.parameters)
    assert np.array_equal(found.history.steps.rows(), model.history.steps.rows())


@pytest.mark.parametrize("kind", [kind for kind in OPTIMIZERS if kind is not Guess])
def test_what_the_optimizer_remembers_comes_back(kind: type, tmp_path: Path) -> None:
    for _, optimizer in owners(kind):
        design = dataclasses.replace(small_design(), optimizer=optimizer)
        size = lay_out(design.layers, (7,)).trainable_size
        vectors = {
            name: np.random.default_rng(index).random(size).astype(np.float32)
            for index, name in enumerate(optimizer.slot_starts())
        }
        state = OptimizerState(11, vectors)
        model = dataclasses.replace(model_of(design, (7,)), optimizer_state=state)
        write_model(tmp_path / "net.keras", model)
        found = read_model(tmp_path / "net.keras").optimizer_state
        assert found is not None and found.iteration == 11 and found.vectors.keys() == vectors.keys()
        assert all(np.array_equal(found.vectors[name], vectors[name]) for name in vectors)


def test_an_optimizer_that_keras_lacks_leaves_no_memory_for_another(tmp_path: Path) -> None:
    model = model_of(dataclasses.replace(small_design(), optimizer=Guess()), (7,))
    write_model(tmp_path / "net.keras", dataclasses.replace(model, optimizer_state=OptimizerState(3)))
    assert read_model(tmp_path / "net.keras").study.design.optimizer == Guess()
    with zipfile.ZipFile(tmp_path / "net.keras") as archive:
        assert b"optimizer/vars" not in archive.read("model.weights.h5")
