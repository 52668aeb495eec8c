"""PeerKeras: the same networks in Keras, on TensorFlow where that is installed."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any

from nnstudio.engine.layers import LSTM, Conv2D, Dense, Dropout, MaxPooling2D
from tests.benchmarks.networks import Case
from tests.engine.helpers import ArraySamples

Run = Callable[[], object]
_DEFAULT_BATCH = 32
_SETTINGS: dict[type, tuple[str, ...]] = {
    Dense: ("units", "activation"),
    Dropout: ("rate",),
    Conv2D: ("filters", "kernel_size", "activation"),
    MaxPooling2D: ("pool_size",),
    LSTM: ("units",),
}


def training_keras(case: Case, samples: ArraySamples) -> dict[str, Run]:
    """Return what Keras can do of one epoch of training."""
    keras = _keras()
    if keras is None:
        return {}
    model = _model(keras, case)
    settings = {"batch_size": case.batch_size, "epochs": 1, "shuffle": True, "verbose": 0}
    return {_name(keras): lambda: model.fit(samples.x, samples.y, **settings)}


def predicting_keras(case: Case, samples: ArraySamples, batch_size: int) -> dict[str, Run]:
    """Return what Keras can do of predicting all samples: in its default batches, and in ours."""
    keras = _keras()
    if keras is None:
        return {}
    model = _model(keras, case)
    return {
        f"{_name(keras)}, batches of {size:,}": partial(model.predict, samples.x, batch_size=size, verbose=0)
        for size in (_DEFAULT_BATCH, batch_size)
    }


def _keras() -> Any:
    if importlib.util.find_spec("keras") is None:
        return None
    if importlib.util.find_spec("tensorflow") is not None:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        threading = importlib.import_module("tensorflow").config.threading
        if threading.get_intra_op_parallelism_threads() != 1:
            threading.set_intra_op_parallelism_threads(1)
            threading.set_inter_op_parallelism_threads(1)
    elif "KERAS_BACKEND" not in os.environ:
        os.environ["KERAS_BACKEND"] = "torch"
    return importlib.import_module("keras")


def _name(keras: Any) -> str:
    return f"Keras on {keras.backend.backend()}"


def _model(keras: Any, case: Case) -> Any:
    model = keras.Sequential([keras.Input(case.shape)])
    for layer in case.design.layers:
        wanted = _SETTINGS.get(type(layer), ())
        settings = {field.name: getattr(layer, field.name) for field in fields(layer) if field.name in wanted}
        model.add(getattr(keras.layers, type(layer).__name__)(**settings))
    optimizer = getattr(keras.optimizers, type(case.design.optimizer).__name__)
    metrics = [metric.keras_name for metric in case.design.metrics]
    rate = case.design.optimizer.learning_rate
    model.compile(optimizer(rate), case.design.loss.keras_name, metrics=metrics)
    return model
