"""Tests of formats.keras_h5 with files that Keras 2 and Keras 3 wrote; see tests/keras_files/index.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.formats.keras_h5 import read_model, write_model

FOLDER = Path(__file__).parents[1] / "keras_files"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
FILES = [pytest.param(entry, id=entry["id"]) for entry in INDEX["fixtures"] if entry["file"].endswith(".h5")]


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
    assert type(design.optimizer).__name__.lower() == entry["optimizer"]["class_name"].split(">")[-1].lower()
