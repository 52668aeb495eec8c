"""What tests/keras_files/index.json tells of the files there: 58 that Keras wrote, and 110 broken ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.experiments.study import Study
from nnstudio.formats.keras_config import read_model_config
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_files import LoadedModel, read_model

FOLDER = Path(__file__).parents[1] / "keras_files"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
FIXTURES: dict[str, Any] = {entry["id"]: entry for entry in INDEX["fixtures"]}
BROKEN: dict[str, Any] = {entry["file"]: entry for entry in INDEX["broken"]}
BRANCHING = [name for name, entry in FIXTURES.items() if entry["kind"] == "functional_skip"]
ALONE = [name for name, entry in FIXTURES.items() if entry["kind"].startswith("weights_only")]
OPENED = [name for name in FIXTURES if name not in BRANCHING]


def opened(name: str) -> LoadedModel:
    """Return a fixture as it opens; weights alone into the design that the index tells."""
    entry = FIXTURES[name]
    path = FOLDER / entry["file"]
    if name not in ALONE:
        return read_model(path)
    dialect = Dialect.KERAS_2 if entry["writer"]["engine"] == "tf_keras" else Dialect.KERAS_3
    layers, shape = read_model_config(json.loads(entry["architecture_json"]), [], dialect)
    return read_model(path, Study(Design(layers)), shape)


def arrays_of(name: str) -> dict[str, Any]:
    """Return Keras' own numbers for a fixture; inputs as nnstudio takes them."""
    with np.load(FOLDER / FIXTURES[name]["npz"]) as npz:
        return {key: npz[key].astype(np.float32) if key.startswith("x_") else npz[key] for key in npz}
