"""Tests that Keras itself opens what nnstudio writes, predicts the same and trains on at once.

Run by ``make test-keras``, in an environment of its own that has Keras and no Qt. Of another environment the
variable KERAS_PACKAGE names the package: tf_keras is Keras 2.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "jax")
PACKAGE = os.environ.get("KERAS_PACKAGE", "keras")
# Without Keras, Python would take this folder, tests/keras, for it: so a part of it is asked for.
models = pytest.importorskip(
    f"{PACKAGE}.models", reason="Keras is not installed here; make test-keras brings it"
)

from nnstudio.commands.training import train_study  # noqa: E402
from nnstudio.data.load import load  # noqa: E402
from nnstudio.engine.design import Design, design_of, with_free_names  # noqa: E402
from nnstudio.engine.initializers import Identity  # noqa: E402
from nnstudio.engine.layers import Dense  # noqa: E402
from nnstudio.engine.losses import Huber, SparseCategoricalCrossentropy  # noqa: E402
from nnstudio.engine.metrics import METRICS, Accuracy, MeanAbsoluteError  # noqa: E402
from nnstudio.engine.optimizers import SGD, Adam  # noqa: E402
from nnstudio.engine.regularizers import Regularizer  # noqa: E402
from nnstudio.engine.training import evaluate  # noqa: E402
from nnstudio.experiments.default import default_study  # noqa: E402
from nnstudio.experiments.study import Study  # noqa: E402
from nnstudio.experiments.trained import TrainedModel  # noqa: E402
from nnstudio.formats.keras_h5 import read_model, write_model  # noqa: E402
from nnstudio.task import Shape  # noqa: E402
from tests.formats.registry_models import designs, model_of, told_otherwise  # noqa: E402
from tests.formats.test_keras_config import EXACT, opened_optimizer  # noqa: E402

pytestmark = pytest.mark.keras

KERAS_2 = PACKAGE == "tf_keras"
CASES = [pytest.param(design, shape, id=name) for name, design, shape in designs()]
LARGEST_DIFFERENCE = 1e-5
COUNT, BATCH = 64, 32
# The activation that this Keras has another definition of than nnstudio: it opens the file with its own.
OTHER_FUNCTION = "hard_sigmoid" if KERAS_2 else "hard_sigmoid_keras2"

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
    """Return random inputs and targets that the design takes, as Keras takes them too."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(COUNT, *shape))
    if design.layers[0].takes_indices:
        x = rng.integers(0, design.layers[0].input_dim, x.shape)
    classes = rng.integers(0, max(outputs, 2), COUNT)
    if isinstance(design.loss, SparseCategoricalCrossentropy):
        return x.astype(np.float32), classes
    if outputs == 1:
        return x.astype(np.float32), classes.reshape(-1, 1).astype(np.float32)
    return x.astype(np.float32), np.eye(outputs, dtype=np.float32)[classes]


def opened_by_keras(path: Path) -> Any:
    """Return Keras' model of a file; step by step it needs no compiling, which takes longer than all else."""
    model = models.load_model(path)
    model.run_eagerly = True
    return model


def has_frozen_rules(design: Design) -> bool:
    """Whether a layer that does not learn has a regularizer: Keras 2 adds what it costs, Keras 3 does not."""
    return any(
        isinstance(value, Regularizer)
        for layer in design.layers
        if not layer.trainable
        for value in vars(layer).values()
    )


def assert_keras_agrees(opened: Any, model: TrainedModel, x: Array, y: Array) -> float:
    """Compare what Keras makes of a file with what we make of it; return the largest difference."""
    predictor = model.snapshot.predictor()
    ours = predictor(x).copy()
    theirs = opened.predict(x, batch_size=BATCH, verbose=0)
    assert ours.shape == theirs.shape
    difference = float(np.abs(ours - theirs).max())
    assert difference <= LARGEST_DIFFERENCE
    values = evaluate(predictor, ArraySamples(x, y))
    found = opened.evaluate(x, y, batch_size=BATCH, verbose=0, return_dict=True)
    assert set(found) == set(values)
    if KERAS_2 and has_frozen_rules(model.snapshot.design):
        del values["loss"]
    for name, value in values.items():
        assert found[name] == pytest.approx(value, rel=1e-5, abs=LARGEST_DIFFERENCE), name
    return difference


def assert_keras_trains_on(opened: Any, x: Array, y: Array) -> None:
    """Train one epoch: exactly the weights that may move do."""
    before = [np.array(weight) for weight in opened.get_weights()]
    history = opened.fit(x, y, epochs=1, batch_size=BATCH, verbose=0)
    assert np.isfinite(history.history["loss"]).all()
    moved = any((np.array(now) != was).any() for now, was in zip(opened.get_weights(), before, strict=True))
    assert moved == bool(opened.trainable_weights)


@pytest.mark.parametrize(("design", "shape"), CASES)
def test_keras_opens_everything_and_gives_it_back(design: Design, shape: Shape, tmp_path: Path) -> None:
    """Keras opens our file, agrees, trains on and saves in its own words, which say what ours did."""
    if KERAS_2 and getattr(design.optimizer, "weight_decay", None):
        pytest.skip("Keras 2 knows no weight decay in the form that Keras 3 has")
    model = model_of(design, shape)
    write_model(tmp_path / "ours.h5", model)
    opened = opened_by_keras(tmp_path / "ours.h5")
    assert [layer.name for layer in opened.layers] == list(design.names)
    x, y = samples_for(design, shape, opened.output_shape[-1])
    if OTHER_FUNCTION not in {getattr(layer, "activation", "") for layer in design.layers}:
        assert_keras_agrees(opened, model, x, y)
    assert_keras_trains_on(opened, x, y)
    opened.save(tmp_path / "theirs.h5")
    found = read_model(tmp_path / "theirs.h5")
    assert_same_design(found.study.design, design)
    ours, theirs = found.snapshot.predictor()(x), opened.predict(x, batch_size=BATCH, verbose=0)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=LARGEST_DIFFERENCE)


def assert_same_design(found: Design, design: Design) -> None:
    """Compare a design that went through Keras; what Keras has no words for is its nearest."""
    wanted = opened_optimizer(design.optimizer)
    pairs = [*zip(design.layers, found.layers, strict=True), (wanted, found.optimizer)]
    pairs += zip(design.metrics, found.metrics, strict=True)
    pairs.append((design.loss, found.loss))
    for mine, read in pairs:
        assert type(mine) is type(read)
        assert told_otherwise(with_what_keras_keeps(mine), read) == set()


def with_what_keras_keeps(mine: Any) -> Any:
    """Return an owner as Keras saves it: one forgets two settings, the other has its own hard sigmoid."""
    if KERAS_2 and getattr(mine, "activation", "") == OTHER_FUNCTION:
        return replace(mine, activation="hard_sigmoid_keras2")
    if not KERAS_2 and isinstance(mine, Huber):
        return Huber()
    if not KERAS_2 and isinstance(getattr(mine, "kernel_initializer", None), Identity):
        return replace(mine, kernel_initializer=Identity())
    return mine


@pytest.mark.parametrize("schedule", EXACT)
def test_keras_follows_the_schedules_that_it_has(schedule: Any, tmp_path: Path) -> None:
    model = model_of(Design((Dense(2, name="d"),), optimizer=SGD(learning_rate=0.3, schedule=schedule)), (3,))
    write_model(tmp_path / "model.h5", model)
    optimizer = models.load_model(tmp_path / "model.h5").optimizer
    config = optimizer.get_config()["learning_rate"]
    rates = optimizer._learning_rate if hasattr(optimizer, "_learning_rate") else optimizer.learning_rate
    assert isinstance(config, dict)
    for step in range(20):
        assert float(rates(step)) == pytest.approx(0.3 * schedule.factor(step, 0), rel=1e-5, abs=1e-7)


def test_keras_opens_a_network_that_learnt_digits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = default_study()
    dataset = load(study.recipe)
    one_epoch = Study(study.design, replace(study.plan, epochs=1), study.recipe)
    model = train_study(one_epoch, dataset)
    write_model(tmp_path / "model.h5", model)
    rows = np.arange(1000)
    x = dataset.test.x_rows(rows, np.empty((1000, 28, 28), np.float32))
    y = np.eye(10, dtype=np.float32)[dataset.test.y_rows(rows)]
    opened = models.load_model(tmp_path / "model.h5")
    difference = assert_keras_agrees(opened, model, x, y)
    assert_keras_trains_on(opened, x, y)
    with capsys.disabled():
        print(f"\nlargest difference to Keras over 1,000 digits: {difference:g}")


def test_keras_opens_names_that_only_nnstudio_takes(tmp_path: Path) -> None:
    layers = with_free_names((Dense(3, name="größe 1"), Dense(2, name="a/b"), Dense(2, name="_")), ())
    design = Design(layers, optimizer=Adam(), metrics=(Accuracy(), MeanAbsoluteError()))
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
