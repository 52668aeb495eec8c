"""The exported program predicts what the network predicts, with NumPy and nothing of nnstudio's."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.data.columns import Column
from nnstudio.data.fitted import Fitted
from nnstudio.data.scaler import PIXELS, Scaler
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import LAYERS, Activation, Dense, Embedding, Flatten
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.keras_h5 import write_model
from nnstudio.formats.numpy_calls import CALLS
from nnstudio.formats.numpy_script import numpy_script, weights_by_name
from nnstudio.task import Shape
from tests.formats.registry_models import designs, model_of

DESIGNS = [
    pytest.param(design, shape, id=name)
    for name, design, shape in designs()
    if name.startswith(("layer", "activation"))
]


def test_every_layer_has_its_line() -> None:
    assert set(CALLS) == set(LAYERS)


def run(model: TrainedModel) -> dict[str, Any]:
    """Return what the program defines."""
    script = numpy_script(model, "A “test” \\ network", "net.npz", "net_predict.py")
    names: dict[str, Any] = {"__name__": "net_predict"}
    exec(compile(script, "net_predict.py", "exec"), names)
    return names


def inputs(design: Design, shape: Shape) -> Any:
    rng = np.random.default_rng(2)
    if isinstance(design.layers[0], Embedding):
        return rng.integers(0, design.layers[0].input_dim, (5, *shape)).astype(np.float32)
    return rng.normal(0, 2, (5, *shape)).astype(np.float32)


@pytest.mark.parametrize("design,shape", DESIGNS)
def test_the_program_predicts_what_the_network_predicts(design: Design, shape: Shape) -> None:
    model = model_of(design, shape)
    snapshot, x = model.snapshot, inputs(design, shape)
    found = run(model)["predict"](x, weights_by_name(snapshot))
    assert found.dtype == np.float32
    assert np.allclose(found, snapshot.predictor()(x), atol=1e-5, rtol=1e-4)


def small(shape: Shape, outputs: int, fitted: Fitted, class_names: tuple[str, ...] = ()) -> TrainedModel:
    last = Dense(outputs, activation="softmax" if outputs > 1 else "sigmoid")
    model = model_of(design_of(Flatten(), Dense(4, activation="relu"), last), shape)
    return replace(model, fitted=fitted, class_names=class_names)


@pytest.mark.parametrize("ending", [".npz", ".h5"])
def test_it_runs_on_its_own_with_either_file_of_weights(tmp_path: Path, ending: str) -> None:
    model = model_of(design_of(Flatten(), Dense(4), Dense(3, activation="softmax")), (5, 4))
    weights = tmp_path / f"net{ending}"
    if ending == ".npz":
        np.savez(weights, **weights_by_name(model.snapshot))
    else:
        write_model(weights, model)
    model = replace(model, fitted=Fitted(scaler=PIXELS), class_names=("a", "b", "ü"))
    raw = np.random.default_rng(1).integers(0, 256, (6, 5, 4)).astype(np.uint8)
    np.save(tmp_path / "raw.npy", raw)
    text = numpy_script(model, "net", weights.name, "net.py")
    lines = output_of(tmp_path, text, "raw.npy")
    expected = model.snapshot.predictor()(raw.astype(np.float32) / np.float32(255))
    assert [line[1] for line in lines] == [model.class_names[i] for i in expected.argmax(axis=1)]
    assert np.allclose([list(map(float, line[2:])) for line in lines], expected, atol=1e-4)


def test_rows_of_a_table_are_encoded_filled_and_scaled(tmp_path: Path) -> None:
    columns = (Column("age", fill=40.0, zero_is_missing=True), Column("colour", ("red", "blue"), "red"))
    scaler = Scaler(np.array([50, 0, 0], np.float32), np.array([10, 1, 1], np.float32))
    model = small((3,), 1, Fitted(columns, scaler, ("sick",)), ("no", "yes"))
    np.savez(tmp_path / "net.npz", **weights_by_name(model.snapshot))
    with open(tmp_path / "new.csv", "w", newline="") as file:
        rows = [["colour", "id", "age"], ["blue", 1, 60], ["", 2, 30], ["red", 3, 0]]
        csv.writer(file).writerows(rows)
    lines = output_of(tmp_path, numpy_script(model, "net", "net.npz", "net.py"), "new.csv")
    x = np.array([[1, 0, 1], [-2, 1, 0], [-1, 1, 0]], np.float32)
    assert np.allclose([float(line[2]) for line in lines], model.snapshot.predictor()(x)[:, 0], atol=1e-4)
    assert {line[1] for line in lines} <= {"no", "yes"}


def test_an_unknown_category_is_explained() -> None:
    columns = (Column("age"), Column("colour", ("red", "blue")))
    names = run(small((3,), 3, Fitted(columns)))
    with pytest.raises(ValueError, match="colour is 'green'; the network knows red, blue"):
        names["prepare"]([{"age": 3, "colour": "green"}])


def test_only_what_the_network_needs_is_in_the_program() -> None:
    names = run(model_of(design_of(Dense(2), Activation("relu")), (3,)))
    assert "relu" in names and "lstm" not in names and "conv2d" not in names


def output_of(folder: Path, script: str, argument: str) -> list[list[str]]:
    """Return what the program prints, in a process that does not know of nnstudio."""
    (folder / "net.py").write_text(script, encoding="utf-8")
    command: list[str] = [sys.executable, "-I", "net.py", argument]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]
