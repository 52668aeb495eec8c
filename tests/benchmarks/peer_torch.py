"""PeerTorch: the same networks in PyTorch eager, as people write them."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import LSTM, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from nnstudio.engine.layout import lay_out
from nnstudio.task import Shape
from tests.benchmarks.networks import Case
from tests.engine.helpers import ArraySamples

Run = Callable[[], object]


def training_torch(case: Case, samples: ArraySamples) -> dict[str, Run]:
    """Return what PyTorch can do of one epoch of training."""
    if importlib.util.find_spec("torch") is None:
        return {}
    torch = _torch()
    runs = {"PyTorch": _training(torch, case, samples)}
    if type(case.design.optimizer).__name__ == "Adam":
        runs["PyTorch, fused Adam"] = _training(torch, case, samples, fused=True)
    if _has_images(case):
        runs["PyTorch, channels last"] = _training(torch, case, samples, channels_last=True)
    return runs


def predicting_torch(case: Case, samples: ArraySamples, batch_size: int) -> dict[str, Run]:
    """Return what PyTorch can do of predicting all samples: at once, and in batches."""
    if importlib.util.find_spec("torch") is None:
        return {}
    torch = _torch()
    model, x = _model(torch, case).eval(), _inputs(torch, case, samples)

    def predict(size: int) -> np.ndarray:
        with torch.inference_mode():
            return torch.cat([model(part).softmax(-1) for part in x.split(size)]).numpy()

    return {
        "PyTorch, all at once": partial(predict, len(x)),
        f"PyTorch, batches of {batch_size:,}": partial(predict, batch_size),
    }


def _torch() -> Any:
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    return torch


def _has_images(case: Case) -> bool:
    return len(case.shape) == 3


def _inputs(torch: Any, case: Case, samples: ArraySamples) -> Any:
    x = torch.from_numpy(samples.x)
    return x.permute(0, 3, 1, 2).contiguous() if _has_images(case) else x


def _model(torch: Any, case: Case) -> Any:
    """Return the stack without its last activation, which PyTorch's losses contain."""
    shapes = lay_out(case.design.layers, case.shape).shapes
    pairs = zip(case.design.layers, shapes, strict=False)
    return torch.nn.Sequential(*(part for layer, shape in pairs for part in _parts(torch, layer, shape)))


def _parts(torch: Any, layer: Layer, shape: Shape) -> Iterator[Any]:
    nn = torch.nn
    if isinstance(layer, Dense):
        yield nn.Linear(shape[-1], layer.units)
    if isinstance(layer, Conv2D):
        yield nn.Conv2d(shape[-1], layer.filters, layer.kernel_size)
    if isinstance(layer, MaxPooling2D):
        yield nn.MaxPool2d(layer.pool_size)
    if isinstance(layer, Flatten):
        yield nn.Flatten()
    if isinstance(layer, Dropout):
        yield nn.Dropout(layer.rate)
    if isinstance(layer, LSTM):
        yield _last_output(torch, shape[-1], layer.units)
    functions = {"relu": nn.ReLU, "tanh": nn.Tanh}
    if isinstance(layer, Dense | Conv2D) and layer.activation in functions:
        yield functions[layer.activation]()


def _last_output(torch: Any, inputs: int, units: int) -> Any:
    class LastOutput(torch.nn.Module):  # type: ignore[misc, name-defined]
        """An LSTM that gives what it came to at the end of the sequence."""

        def __init__(self) -> None:
            super().__init__()
            self.lstm = torch.nn.LSTM(inputs, units, batch_first=True)

        def forward(self, x: Any) -> Any:
            return self.lstm(x)[0][:, -1]

    return LastOutput()


def _training(
    torch: Any, case: Case, samples: ArraySamples, *, channels_last: bool = False, **extra: Any
) -> Run:
    form = {"memory_format": torch.channels_last} if channels_last else {}
    model = _model(torch, case).to(**form)
    settings = case.design.optimizer
    kind = getattr(torch.optim, type(settings).__name__)
    optimizer = kind(model.parameters(), lr=settings.learning_rate, **extra)
    loss = torch.nn.BCEWithLogitsLoss() if samples.y.ndim == 2 else torch.nn.CrossEntropyLoss()
    x, y = _inputs(torch, case, samples).contiguous(**form), torch.from_numpy(samples.y)

    def epoch() -> None:
        for rows in torch.randperm(len(x)).split(case.batch_size):
            optimizer.zero_grad()
            value = loss(model(x[rows]), y[rows])
            value.backward()
            optimizer.step()
            value.item()

    return epoch
