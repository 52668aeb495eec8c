"""Tests that Keras itself opens what nnstudio writes, predicts the same and trains on at once.

Run by ``make test-keras``, in an environment of its own that has Keras and no Qt.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "jax")
# Without Keras, Python would take this folder, tests/keras, for it: so a part of it is asked for.
models = pytest.importorskip("keras.models", reason="Keras is not installed here; make test-keras brings it")

from nnstudio.commands.training import train_study  # noqa: E402
from nnstudio.data.load import load  # noqa: E402
from nnstudio.engine.design import Design, design_of, with_free_names  # noqa: E402
from nnstudio.engine.layers import Dense  # noqa: E402
from nnstudio.engine.losses import SparseCategoricalCrossentropy  # noqa: E402
from nnstudio.engine.metrics import METRICS, Accuracy, MeanAbsoluteError  # noqa: E402
from nnstudio.engine.training import evaluate  # noqa: E402
from nnstudio.experiments.default import default_study  # noqa: E402
from nnstudio.experiments.study import Study  # noqa: E402
from nnstudio.experiments.trained import TrainedModel  # noqa: E402
from nnstudio.formats.keras_h5 import read_model, write_model  # noqa: E402
from nnstudio.task import Shape  # noqa: E402
from tests.formats.registry_models import designs, model_of  # noqa: E402

pytestmark = pytest.mark.keras

CASES = [pytest.param(design, shape, id=name) for name, design, shape in designs()]
LARGEST_DIFFERENCE = 1e-5
COUNT = 64

Array = np.ndarray[Any, Any]


class ArraySamples:
    """Samples in memory, as the engine asks for them."""

    def __init__(self, x: Array, y: Array) -> None:
        self.x, self.y = x, y

    def __len__(self) -> int:
        return len(self.x)

    def x_rows(self, rows: Array, out: Array) -> Array:
        out[: len(rows)] = self.x[rows]
        return out[: len(rows)]

    def y_rows(self, rows: Array) -> Array:
        return self.y[rows]


def samples_for(design: Design, shape: Shape, outputs: int) -> tuple[Array, Array]:
    """Return random inputs and targets that the loss takes, as Keras takes them too."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(COUNT, *shape)).astype(np.float32)
    classes = rng.integers(0, max(outputs, 2), COUNT)
    if isinstance(design.loss, SparseCategoricalCrossentropy):
        return x, classes
    if outputs == 1:
        return x, classes.reshape(-1, 1).astype(np.float32)
    return x, np.eye(outputs, dtype=np.float32)[classes]


def assert_keras_agrees(path: Path, model: TrainedModel, x: Array, y: Array) -> float:
    """Compare what Keras makes of a file with what we make of it; return the largest difference."""
    opened = models.load_model(path)
    predictor = model.snapshot.predictor()
    ours = predictor(x).copy()
    theirs = opened.predict(x, verbose=0)
    assert ours.shape == theirs.shape
    difference = float(np.abs(ours - theirs).max())
    assert difference <= LARGEST_DIFFERENCE
    values = evaluate(predictor, ArraySamples(x, y))
    found = opened.evaluate(x, y, batch_size=32, verbose=0, return_dict=True)
    assert set(found) == set(values)
    for name, value in values.items():
        assert found[name] == pytest.approx(value, rel=1e-5, abs=LARGEST_DIFFERENCE), name
    before = [np.array(weight) for weight in opened.get_weights()]
    opened.fit(x, y, epochs=1, batch_size=32, verbose=0)
    moved = any((np.array(now) != was).any() for now, was in zip(opened.get_weights(), before, strict=True))
    assert moved == any(layer.trainable and layer.weights for layer in opened.layers)
    return difference


@pytest.mark.parametrize(("design", "shape"), CASES)
def test_keras_opens_every_layer_loss_and_optimizer(design: Design, shape: Shape, tmp_path: Path) -> None:
    model = model_of(design, shape)
    write_model(tmp_path / "model.h5", model)
    outputs = model.snapshot.predictor()(np.zeros((1, *shape), np.float32)).shape[-1]
    x, y = samples_for(design, shape, outputs)
    assert_keras_agrees(tmp_path / "model.h5", model, x, y)
    opened = models.load_model(tmp_path / "model.h5")
    assert [layer.name for layer in opened.layers] == list(design.names)
    assert_settings_arrived(opened, design)


def assert_settings_arrived(opened: Any, design: Design) -> None:
    """Compare the optimizer's numbers and the layers' settings, as far as they are numbers and words."""
    config = opened.optimizer.get_config()
    for name, value in vars(design.optimizer).items():
        assert config[name] == pytest.approx(value), name
    for theirs, ours in zip(opened.layers, design.layers, strict=True):
        found = theirs.get_config()
        plain = {k: v for k, v in vars(ours).items() if isinstance(v, bool | int | float | str)}
        assert {name: found[name] for name in plain} == plain


def test_keras_opens_a_network_that_learnt_digits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = default_study()
    dataset = load(study.recipe)
    one_epoch = Study(study.design, type(study.plan)(epochs=1), study.recipe)
    model = train_study(one_epoch, dataset)
    write_model(tmp_path / "model.h5", model)
    rows = np.arange(1000)
    x = dataset.test.x_rows(rows, np.empty((1000, 28, 28), np.float32))
    y = np.eye(10, dtype=np.float32)[dataset.test.y_rows(rows)]
    difference = assert_keras_agrees(tmp_path / "model.h5", model, x, y)
    with capsys.disabled():
        print(f"\nlargest difference to Keras over 1,000 digits: {difference:g}")


def test_keras_opens_names_that_only_nnstudio_takes(tmp_path: Path) -> None:
    layers = with_free_names((Dense(3, name="größe 1"), Dense(2, name="a/b"), Dense(2, name="_")), ())
    design = Design(layers, metrics=(Accuracy(), MeanAbsoluteError()))
    model = model_of(design, (4,))
    write_model(tmp_path / "model.h5", model)
    x, y = samples_for(design, (4,), 2)
    x = np.abs(x)
    opened = models.load_model(tmp_path / "model.h5")
    np.testing.assert_allclose(opened.predict(x, verbose=0), model.snapshot.predictor()(x), atol=1e-5)
    assert set(opened.evaluate(x, y, verbose=0, return_dict=True)) == {"loss", "accuracy", "mae"}
    assert read_model(tmp_path / "model.h5").study.design == design


def test_keras_measures_by_our_metrics_what_we_measure(tmp_path: Path) -> None:
    metrics = (kind(k=2) if "TopK" in kind.__name__ else kind() for kind in METRICS)
    taking_rows = tuple(metric for metric in metrics if not metric.keras_name.startswith("sparse"))
    design = design_of(Dense(4, activation="softmax"), metrics=taking_rows)
    model = model_of(design, (7,))
    write_model(tmp_path / "model.h5", model)
    x, y = samples_for(design, (7,), 4)
    found = models.load_model(tmp_path / "model.h5").evaluate(x, y, verbose=0, return_dict=True)
    assert found == pytest.approx(evaluate(model.snapshot.predictor(), ArraySamples(x, y)), rel=1e-5)


def test_we_open_what_keras_makes_of_our_file(tmp_path: Path) -> None:
    """Keras trains a network of ours and saves it in its own dialect; it comes back as it was left."""
    design = default_study().design
    model = model_of(design, (28, 28))
    write_model(tmp_path / "ours.h5", model)
    opened = models.load_model(tmp_path / "ours.h5")
    x, y = samples_for(design, (28, 28), 10)
    opened.fit(x, y, epochs=1, verbose=0)
    opened.save(tmp_path / "theirs.h5")
    found = read_model(tmp_path / "theirs.h5")
    assert found.study.design.layers == design.layers
    assert found.study.design.optimizer == design.optimizer
    assert found.study.design.loss == design.loss
    assert found.study.design.metrics == design.metrics
    np.testing.assert_allclose(found.snapshot.predictor()(x), opened.predict(x, verbose=0), atol=1e-5)
