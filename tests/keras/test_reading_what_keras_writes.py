"""Tests that nnstudio opens what this very Keras writes, predicts the same and trains on the same.

Run as `test_keras_opens_our_files`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "jax")
PACKAGE = os.environ.get("KERAS_PACKAGE", "keras")
models = pytest.importorskip(
    f"{PACKAGE}.models", reason="Keras is not installed here; make test-keras brings it"
)
layers = pytest.importorskip(f"{PACKAGE}.layers")
optimizers = pytest.importorskip(f"{PACKAGE}.optimizers")
keras = pytest.importorskip(PACKAGE)

from nnstudio.engine.plan import TrainingPlan  # noqa: E402
from nnstudio.engine.progress import Epoch  # noqa: E402
from nnstudio.engine.run_state import RunState  # noqa: E402
from nnstudio.engine.training import train  # noqa: E402
from nnstudio.experiments.study import Study  # noqa: E402
from nnstudio.formats.keras_files import LoadedModel, read_model  # noqa: E402
from tests.engine.helpers import ArraySamples  # noqa: E402

pytestmark = pytest.mark.keras

ENDINGS = (".h5", ".keras")
COUNT, BATCH, EPOCHS, CLASSES = 20, 8, 3, 3
PREDICTIONS, LOSSES = 1e-5, 2e-5
Model = Any


def stack(*parts: Any, shape: tuple[int | None, ...] = (6,)) -> Model:
    return models.Sequential([layers.Input(shape), *parts, layers.Dense(CLASSES, activation="softmax")])


def frozen(part: Any) -> Any:
    part.trainable = False
    return part


def inner() -> Model:
    parts = [layers.Dense(5), layers.BatchNormalization(), frozen(layers.Dense(4)), layers.Dense(4)]
    return models.Sequential([layers.Input((6,)), *parts], name="inner")


def graph() -> Model:
    first = x = layers.Input((6,))
    for part in (layers.Dense(5, activation="relu"), layers.BatchNormalization(), layers.Dense(4)):
        x = part(x)
    return models.Model(first, layers.Dense(CLASSES, activation="softmax")(x))


def inner_graph() -> Model:
    first = layers.Input((6,))
    middle = layers.BatchNormalization()(layers.Dense(5)(first))
    return models.Model(first, layers.Dense(4)(middle), name="inner_graph")


SERIES, IMAGES, WORDS = (5, 4), (8, 7, 2), (6,)
NETWORKS: dict[str, Callable[[], Model]] = {
    "dense": lambda: stack(layers.Dense(7, activation="gelu"), layers.LayerNormalization()),
    "without bias": lambda: stack(layers.Dense(7, use_bias=False), layers.ELU(), layers.PReLU()),
    "a stack in a stack": lambda: stack(layers.Dense(6), inner(), layers.Dense(6)),
    "two stacks in stacks": lambda: stack(inner(), layers.Dense(6), models.Sequential([inner()])),
    "a frozen stack in a stack": lambda: stack(layers.Dense(6), frozen(inner()), layers.Dense(6)),
    "a graph": graph,
    "a graph in a stack": lambda: stack(layers.Dense(6), inner_graph()),
    "frozen statistics": lambda: stack(frozen(layers.BatchNormalization()), layers.BatchNormalization()),
    "images": lambda: stack(
        layers.ZeroPadding2D(1),
        layers.Conv2D(3, 3, strides=2, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.UpSampling2D(2),
        layers.AveragePooling2D(2, padding="same"),
        layers.Conv2D(4, (3, 1), dilation_rate=(1, 1)),
        layers.GlobalMaxPooling2D(),
        shape=IMAGES,
    ),
    "series": lambda: stack(
        layers.SimpleRNN(4, return_sequences=True, go_backwards=True),
        layers.LSTM(5, return_sequences=True),
        layers.GRU(3, reset_after=False, return_sequences=True),
        layers.GRU(3),
        shape=SERIES,
    ),
    "words": lambda: stack(layers.Embedding(9, 4), layers.LSTM(3), shape=WORDS),
    "words with gaps": lambda: stack(
        layers.Embedding(9, 4, mask_zero=True),
        layers.Dropout(0.0),
        layers.LSTM(3, return_sequences=True),
        layers.GRU(4, return_sequences=True, go_backwards=True),
        layers.Dense(3),
        layers.GRU(4, reset_after=False, return_sequences=True),
        layers.SimpleRNN(3),
        shape=WORDS,
    ),
    "words of any number": lambda: stack(layers.Embedding(9, 4), layers.GRU(3), shape=(None,)),
}
OPTIMIZERS: dict[str, Callable[[], Any]] = {
    "SGD": lambda: optimizers.SGD(0.1),
    "SGD momentum": lambda: optimizers.SGD(0.1, momentum=0.8, nesterov=True),
    "Adam": lambda: optimizers.Adam(0.01, beta_1=0.8),
    "Adam amsgrad": lambda: optimizers.Adam(0.01, amsgrad=True, clipnorm=0.5),
    "AdamW": lambda: optimizers.AdamW(0.01, weight_decay=0.05),
    "RMSprop": lambda: optimizers.RMSprop(0.01, rho=0.8),
    "RMSprop whole": lambda: optimizers.RMSprop(0.01, momentum=0.5, centered=True),
    "Adagrad": lambda: optimizers.Adagrad(0.1),
    "Adadelta": lambda: optimizers.Adadelta(1.0),
    "Adamax": lambda: optimizers.Adamax(0.01),
    "Nadam": lambda: optimizers.Nadam(0.01),
    "a schedule": lambda: optimizers.Adam(
        optimizers.schedules.ExponentialDecay(0.02, decay_steps=4, decay_rate=0.7)
    ),
}


def samples(model: Model) -> tuple[Any, Any]:
    rng = np.random.default_rng(3)
    shape = [5 if length is None else length for length in model.input_shape[1:]]
    x = rng.normal(size=(COUNT, *shape)).astype(np.float32)
    if any(isinstance(part, layers.Embedding) for part in model.layers):
        x = np.maximum(rng.integers(-4, 9, x.shape), 0).astype(np.float32)  # many 0, which can be gaps
    return x, rng.integers(0, CLASSES, COUNT)


def fitted(model: Model, optimizer: Any) -> tuple[Any, Any]:
    """Train a little, so that the state of the optimizer and the statistics matter."""
    x, y = samples(model)
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=BATCH, epochs=2, shuffle=False, verbose=0)
    return x, y


def losses_of(model: LoadedModel, x: Any, y: Any) -> list[float]:
    """Train on with nnstudio."""
    plan = TrainingPlan(epochs=EPOCHS, batch_size=BATCH, shuffle=False)
    state = RunState.start(model.design, plan, x.shape[1:], ArraySamples(x, y))
    assert model.optimizer_state is not None
    state.go_on_from(model.snapshot.parameters, model.optimizer_state)
    return [event.values["loss"] for event in train(state) if isinstance(event, Epoch)]


# Nadam of Keras 2 multiplies its product of momenta once for each array, not for each batch, and does not
# save it: what it does next no file tells.
NEXT_LOSSES = {"Nadam": 1e-3} if PACKAGE == "tf_keras" else {}


def assert_goes_on(model: Model, optimizer: Any, path: Path, losses: float = LOSSES) -> None:
    x, y = fitted(model, optimizer)
    model.save(path)
    opened = read_model(path, None, x.shape[1:])
    found = opened.snapshot.predictor()(x)
    np.testing.assert_allclose(found, model.predict(x, verbose=0), rtol=0, atol=PREDICTIONS)
    history = model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0).history["loss"]
    assert losses_of(opened, x, y) == pytest.approx(history, abs=losses)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_goes_on_as_in_keras(name: str, ending: str, tmp_path: Path) -> None:
    keras.utils.set_random_seed(5)
    assert_goes_on(NETWORKS[name](), optimizers.SGD(0.05, momentum=0.5), tmp_path / f"model{ending}")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_goes_on_as_in_keras(name: str, ending: str, tmp_path: Path) -> None:
    keras.utils.set_random_seed(6)
    model = stack(layers.Dense(8, activation="tanh"), frozen(layers.Dense(5)), layers.Dense(4))
    assert_goes_on(model, OPTIMIZERS[name](), tmp_path / f"model{ending}", NEXT_LOSSES.get(name, LOSSES))


@pytest.mark.parametrize("name", [name for name in NETWORKS if "stack" not in name])
def test_weights_alone_come_into_the_same_design(name: str, tmp_path: Path) -> None:
    model = NETWORKS[name]()
    x, _ = fitted(model, optimizers.Adam())
    model.save(tmp_path / "model.keras")
    model.save_weights(tmp_path / "model.weights.h5")
    whole = read_model(tmp_path / "model.keras", None, x.shape[1:])
    alone = read_model(tmp_path / "model.weights.h5", Study(whole.design), x.shape[1:])
    assert alone.snapshot.parameters.tobytes() == whole.snapshot.parameters.tobytes()
