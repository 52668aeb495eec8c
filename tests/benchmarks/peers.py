"""Peers: the same networks in PyTorch and Keras, where they are installed."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable
from typing import Any

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layers import Dense, Dropout
from tests.engine.helpers import ArraySamples

Run = Callable[[], object]


def training_peers(design: Design, samples: ArraySamples, batch_size: int) -> dict[str, Run]:
    """Return who else can train ``design`` for one epoch."""
    peers: dict[str, Run] = {}
    if torch := _torch():
        peers["PyTorch"] = _torch_training(torch, design, samples, batch_size)
        if type(design.optimizer).__name__ == "Adam":
            peers["PyTorch, fused Adam"] = _torch_training(torch, design, samples, batch_size, fused=True)
    if keras := _keras():
        model = _keras_model(keras, design, samples)
        settings = {"batch_size": batch_size, "epochs": 1, "shuffle": True, "verbose": 0}
        peers[_keras_name(keras)] = lambda: model.fit(samples.x, samples.y, **settings)
    return peers


def predicting_peers(design: Design, samples: ArraySamples, batch_size: int) -> dict[str, Run]:
    """Return who else can predict all samples."""
    peers: dict[str, Run] = {}
    if torch := _torch():
        peers["PyTorch"] = _torch_predicting(torch, design, samples, batch_size)
    if keras := _keras():
        model = _keras_model(keras, design, samples)
        peers[_keras_name(keras)] = lambda: model.predict(samples.x, batch_size=batch_size, verbose=0)
    return peers


def _torch() -> Any:
    if importlib.util.find_spec("torch") is None:
        return None
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    return torch


def _torch_model(torch: Any, design: Design, inputs: int) -> Any:
    """Return the stack without its last activation, which PyTorch's losses contain."""
    functions = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}
    layers: list[Any] = []
    for layer in design.layers:
        if isinstance(layer, Dropout):
            layers.append(torch.nn.Dropout(layer.rate))
        if isinstance(layer, Dense):
            layers.append(torch.nn.Linear(inputs, inputs := layer.units))
            layers += [functions[layer.activation]()] if layer.activation in functions else []
    return torch.nn.Sequential(*layers)


def _torch_training(torch: Any, design: Design, samples: ArraySamples, batch_size: int, **extra: Any) -> Run:
    model = _torch_model(torch, design, samples.x.shape[1])
    kind = {"Adam": torch.optim.Adam, "RMSprop": torch.optim.RMSprop}[type(design.optimizer).__name__]
    optimizer = kind(model.parameters(), lr=design.optimizer.learning_rate, **extra)
    loss = torch.nn.BCEWithLogitsLoss() if samples.y.ndim == 2 else torch.nn.CrossEntropyLoss()
    x, y = torch.from_numpy(samples.x), torch.from_numpy(samples.y)

    def epoch() -> None:
        for rows in torch.randperm(len(x)).split(batch_size):
            optimizer.zero_grad()
            value = loss(model(x[rows]), y[rows])
            value.backward()
            optimizer.step()
            value.item()

    return epoch


def _torch_predicting(torch: Any, design: Design, samples: ArraySamples, batch_size: int) -> Run:
    model = _torch_model(torch, design, samples.x.shape[1]).eval()
    x = torch.from_numpy(samples.x)

    def predict() -> np.ndarray:
        with torch.inference_mode():
            return torch.cat([model(part).softmax(-1) for part in x.split(batch_size)]).numpy()

    return predict


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


def _keras_name(keras: Any) -> str:
    return f"Keras on {keras.backend.backend()}"


def _keras_model(keras: Any, design: Design, samples: ArraySamples) -> Any:
    model = keras.Sequential([keras.Input(samples.x.shape[1:])])
    for layer in design.layers:
        if isinstance(layer, Dropout):
            model.add(keras.layers.Dropout(layer.rate))
        if isinstance(layer, Dense):
            model.add(keras.layers.Dense(layer.units, layer.activation))
    optimizer = getattr(keras.optimizers, type(design.optimizer).__name__)
    metrics = [metric.keras_name for metric in design.metrics]
    model.compile(optimizer(design.optimizer.learning_rate), design.loss.keras_name, metrics=metrics)
    return model
