"""Tests of formats.keras_h5 with files that Keras 2 and Keras 3 wrote; see tests/keras_files/index.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.engine.design import Design
from nnstudio.engine.layers import LAYERS
from nnstudio.formats.keras_h5 import read_model, write_model

FOLDER = Path(__file__).parents[1] / "keras_files"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
_KNOWN = {kind.__name__ for kind in LAYERS}
NOT_OPENED = {
    "functional_linear__k3t": "a chain of layers that is described as a graph",
    "functional_skip__k3t": "a graph of layers",
    "functional_skip__tfk": "a graph of layers",
    "nested_sequential__k3t": "a stack within a stack",
    "weights_only_legacy__tfk": "weights without their network",
    "weights_only_v3__k3t": "weights without their network",
}
FILES = [
    pytest.param(entry, id=entry["id"])
    for entry in INDEX["fixtures"]
    if entry["file"].endswith(".h5") and entry["id"] not in NOT_OPENED and set(entry["layers"]) <= _KNOWN
]


@pytest.mark.parametrize("entry", FILES)
def test_a_file_of_keras_predicts_what_keras_predicted(entry: dict[str, Any], tmp_path: Path) -> None:
    model = read_model(FOLDER / entry["file"])
    arrays = np.load(FOLDER / entry["npz"])
    x = arrays["x_pred"].astype(np.float32)
    np.testing.assert_allclose(model.snapshot.predictor()(x), arrays["y_pred"], rtol=0, atol=1e-5)
    write_model(tmp_path / "model.h5", model)
    again = read_model(tmp_path / "model.h5")
    assert again.study == model.study
    assert again.notes == ()


@pytest.mark.parametrize("entry", FILES)
def test_the_layers_and_the_optimizer_are_those_of_keras(entry: dict[str, Any]) -> None:
    design = read_model(FOLDER / entry["file"]).study.design
    assert [type(layer).__name__ for layer in design.layers] == entry["layers"]
    written = entry.get("optimizer") or {"class_name": type(Design().optimizer).__name__}
    assert type(design.optimizer).__name__.lower() == written["class_name"].split(">")[-1].lower()
