"""DaskWorker: what runs within the workers of a Dask cluster: a task is trained, and orders are obeyed."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable

from nnstudio import __version__
from nnstudio.data.dataset import Dataset
from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.sweep.messages import Ended, Task, Told
from nnstudio.experiments.sweep.serving import Order
from nnstudio.experiments.sweep.work import Work

_LOOK_SECONDS = 0.05
_SILENCE_SECONDS = 60.0  # whoever wants the work says so more often, or is gone

# By the token of a sweep: its last order, and when it came. Set from outside, looked at between batches.
_ORDERS: dict[str, tuple[Order, float]] = {}


def obey(token: str, order: Order) -> str:
    """Take an order for all tasks of a sweep in this process; return the version of the program."""
    _ORDERS[token] = (order, time.monotonic())
    return __version__


def forget(token: str) -> None:
    """Forget a sweep that is over."""
    _ORDERS.pop(token, None)


def train_task(task: Task, dataset: Dataset, token: str, tell: Callable[[str, bytes], None]) -> Ended:
    """Train; ``tell`` sends news under a topic."""
    _ORDERS.setdefault(token, (Order.GO_ON, time.monotonic()))
    with blas_threads(1):
        return Work(task, dataset, _Teller(token, tell), _Held(token), whole=True).run()


class _Teller:
    """Sends news as bytes."""

    def __init__(self, token: str, tell: Callable[[str, bytes], None]) -> None:
        self._token, self._tell = token, tell

    def __call__(self, told: Told) -> None:
        self._tell(self._token, pickle.dumps(told))


class _Held:
    """Says whether the task shall end; returns late while it shall wait."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self) -> bool:
        while True:
            order, heard = _ORDERS.get(self._token, (Order.CANCEL, 0.0))
            if order is Order.CANCEL or time.monotonic() - heard > _SILENCE_SECONDS:
                return True
            if order is not Order.HOLD:
                return False
            time.sleep(_LOOK_SECONDS)
