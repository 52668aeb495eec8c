"""An exported .onnx file predicts in onnxruntime what the network predicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data.columns import Column
from nnstudio.data.fitted import Fitted
from nnstudio.data.scaler import PIXELS, PLAIN, Scaler
from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import GRU, LAYERS, LSTM, Conv2D, Dense, Flatten, MaxPooling2D, SimpleRNN
from nnstudio.errors import FileError
from nnstudio.formats import onnx_file
from nnstudio.formats.keras_snippet import onnx_snippet
from nnstudio.formats.onnx_activations import FUNCTIONS
from nnstudio.formats.onnx_file import onnx_bytes, onnx_predictor, scaler_inside
from nnstudio.formats.onnx_layers import CALLS
from nnstudio.task import Shape
from tests.formats.registry_models import designs, model_of
from tests.formats.test_numpy_script import inputs

DESIGNS = [
    pytest.param(design, shape, id=name)
    for name, design, shape in designs()
    if name.startswith(("layer", "activation"))
]
RECURRENT = [
    pytest.param(kind(units=3, activation=name, **more), id=f"{kind.__name__} {name} {more}")
    for kind in (SimpleRNN, LSTM, GRU)
    for name in ACTIVATIONS
    for more in ({}, {"go_backwards": True, "return_sequences": True})
]


def runtime() -> None:
    for package in ("onnx", "onnxruntime"):
        pytest.importorskip(package, reason=f"{package} is not installed here; make test-onnx brings it")


def test_every_layer_and_activation_has_its_operators() -> None:
    assert set(CALLS) == set(LAYERS) and set(FUNCTIONS) == set(ACTIVATIONS)


def difference(design: Design, shape: Shape) -> float:
    """Return how far the file is from the network, as a share of the largest output, or of 1."""
    model, x = model_of(design, shape), inputs(design, shape)
    predict = onnx_predictor(onnx_bytes(model, PLAIN))
    assert predict is not None
    wanted = model.snapshot.predictor()(x)
    found = predict(x)
    assert found.dtype == np.float32 and found.shape == wanted.shape
    assert np.allclose(predict(x[:1]), found[:1], atol=1e-6)  # the number of samples is free
    return float(np.abs(found - wanted).max() / max(1.0, np.abs(wanted).max()))


@pytest.mark.parametrize(("design", "shape"), DESIGNS)
def test_the_file_predicts_what_the_network_predicts(design: Design, shape: Shape) -> None:
    runtime()
    assert difference(design, shape) < 1e-5


@pytest.mark.parametrize("layer", RECURRENT)
def test_recurrent_layers_go_with_every_activation(layer: LSTM) -> None:
    runtime()
    assert difference(design_of(layer, Flatten(), Dense(3, activation="softmax")), (5, 4)) < 1e-5


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_windows_lie_where_they_lie_in_the_network(padding: str, size: int, stride: int) -> None:
    runtime()
    pairs = {"strides": (stride, stride), "padding": padding}
    first = Conv2D(3, kernel_size=(size, size), **pairs)  # type: ignore[arg-type]
    pool = MaxPooling2D((size, size), **pairs)  # type: ignore[arg-type]
    layers = (first,) if padding == "valid" else (first, pool)
    assert difference(design_of(*layers, Flatten(), Dense(3)), (11, 8, 2)) < 1e-5


def test_scaling_is_inside_where_it_is_wanted() -> None:
    runtime()
    design = design_of(Flatten(), Dense(3, activation="softmax"))
    for scaler in (PIXELS, Scaler(np.array([1, 2, 3, 4], np.float32), np.array([2, 3, 4, 5], np.float32))):
        model = replace(model_of(design, (5, 4)), fitted=Fitted(scaler=scaler))
        raw = np.random.default_rng(1).integers(0, 256, (6, 5, 4)).astype(np.float32)
        predict = onnx_predictor(onnx_bytes(model, scaler_inside(model, True)))
        assert predict is not None
        assert np.allclose(predict(raw), model.snapshot.predictor()(scaler.apply(raw)), atol=1e-6)
        assert scaler_inside(model, False) is PLAIN


@pytest.mark.parametrize("scales", [True, False])
def test_the_lines_of_code_to_copy_predict_raw_rows(tmp_path: Path, scales: bool) -> None:
    runtime()
    columns = (Column("age", fill=40.0), Column("colour", ("red", "blue"), "red"))
    scaler = Scaler(np.array([50, 0, 0], np.float32), np.array([10, 1, 1], np.float32))
    model = model_of(design_of(Dense(4, activation="tanh"), Dense(1, activation="sigmoid")), (3,))
    model = replace(model, fitted=Fitted(columns, scaler, ("sick",)), class_names=("no", "yes"))
    path = tmp_path / "net.onnx"
    path.write_bytes(onnx_bytes(model, scaler_inside(model, scales)))
    head, _, tail = onnx_snippet(model, str(path), scales).partition("\nrows = ")
    rows = "[{'age': 60, 'colour': 'blue'}, {'age': '', 'colour': 'red'}]"
    names: dict[str, object] = {}
    exec(f"{head}\nrows = {rows}\n{tail.partition(chr(10))[2]}", names)
    x = np.array([[1, 0, 1], [-1, 1, 0]], np.float32)
    assert np.allclose(names["outputs"], model.snapshot.predictor()(x), atol=1e-6)  # type: ignore[arg-type]


def test_without_the_package_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_file, "find_spec", lambda name: None)
    with pytest.raises(FileError, match=r"pip install \"nnstudio\[onnx\]\""):
        onnx_bytes(model_of(design_of(Dense(2)), (3,)), PLAIN)
    assert onnx_predictor(b"") is None
