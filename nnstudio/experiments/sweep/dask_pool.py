"""DaskPool: the workers of a Dask cluster, found by its scheduler's address; only this file knows Dask."""

from __future__ import annotations

import contextlib
import pickle
import queue
import secrets
import threading
import time
from typing import Any

from nnstudio import __version__
from nnstudio.data.dataset import Dataset
from nnstudio.errors import UserError
from nnstudio.experiments.going_on import place_of
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Outcome
from nnstudio.experiments.sweep.dask_worker import forget, obey, train_task
from nnstudio.experiments.sweep.messages import Ended, Lost, Message, Place, Task, Told
from nnstudio.experiments.sweep.serving import Order
from nnstudio.experiments.sweep.sharing import training_part

_CONNECT_SECONDS = 10
_BEAT_SECONDS = 2.0
_GRACE_SECONDS = 5.0  # so long tasks may take to end when they are cancelled
_MOST_BEGINNINGS = 4  # of a task, where what it needs went lost with a worker
_MISSING = (
    "A cluster needs the package distributed, which is not installed. "
    'Install it with: pip install "nnstudio[cluster]"'
)


class DaskPool:
    """Gives tasks to the cluster; the scheduler gives those of a worker that is gone to another one.

    Raises:
        UserError: Dask is not installed, or there is no such scheduler, or its workers cannot train.
    """

    def __init__(self, dataset: Dataset, address: str) -> None:
        self._address = address
        self._token = f"nnstudio-{secrets.token_hex(8)}"
        self._client = _connected(address)
        self._news: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._tasks: dict[str, tuple[Task, Any]] = {}  # by the key of its future, until it is over
        self._beginnings: dict[int, int] = {}
        self._begun: set[int] = set()
        self._order = Order.GO_ON
        self._cancelled_at: float | None = None
        self._over = threading.Event()
        self._beat = threading.Event()
        self._size, self._size_at = 0, 0.0
        self._part = training_part(dataset)
        self._data: Any = None
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise
        self._beater = threading.Thread(target=self._send_orders, name="sweep-orders", daemon=True)
        self._beater.start()

    @property
    def size(self) -> int:
        if time.monotonic() - self._size_at > _BEAT_SECONDS:
            self._size_at = time.monotonic()
            with contextlib.suppress(OSError, RuntimeError):
                self._size = sum(self._client.nthreads().values())
        return self._size

    def begin(self, task: Task) -> None:
        count = self._beginnings[task.number] = self._beginnings.get(task.number, 0) + 1
        self._begun.discard(task.number)
        future = self._client.submit(
            _train, task, self._data, self._token, key=f"{self._token}-{task.number}-{count}", pure=False
        )
        self._tasks[future.key] = (task, future)
        future.add_done_callback(self._take_done)

    def messages(self, seconds: float) -> list[Message]:
        found: list[Message] = []
        with contextlib.suppress(queue.Empty):
            said = self._news.get(timeout=seconds)
            while True:
                found += self._heard(said)
                said = self._news.get_nowait()
        if self._client.status in ("closed", "closing"):
            raise self._gone()
        return [*found, *self._left()]

    def hold(self, held: bool) -> None:
        self._give(Order.HOLD if held else Order.GO_ON)

    def cancel(self) -> None:
        self._cancelled_at = time.monotonic()
        self._give(Order.CANCEL)

    def wake(self) -> None:
        self._news.put(None)

    def close(self) -> None:
        self._over.set()
        self._beat.set()
        with contextlib.suppress(Exception):  # where the cluster is gone, nothing is left to do
            self._client.cancel([future for _, future in self._tasks.values()])
            self._client.run(forget, self._token, on_error="ignore")
            self._client.unsubscribe_topic(self._token)
        with contextlib.suppress(Exception):
            self._client.close(timeout=2)

    def _prepare(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
            versions = self._client.run(obey, self._token, self._order)
        except TimeoutError as error:
            raise UserError(
                f"The cluster at {self._address} has no workers. Start some: dask worker {self._address}"
            ) from error
        except ImportError as error:
            raise UserError(
                f"The workers at {self._address} cannot train: {error}. Install nnstudio {__version__} there."
            ) from error
        others = {version for version in versions.values() if version != __version__}
        if others:
            found = ", ".join(sorted(others))
            raise UserError(f"Expected workers with nnstudio {__version__}, found {found}. Install the same.")
        self._client.subscribe_topic(self._token, self._take_news)
        self._scatter()

    def _scatter(self) -> None:
        try:
            self._data = self._client.scatter(self._part, broadcast=True, hash=False)
        except (OSError, TimeoutError) as error:
            raise self._gone() from error

    def _gone(self) -> UserError:
        return UserError(f"The scheduler at {self._address} is gone. Start it again, then the sweep.")

    def _give(self, order: Order) -> None:
        self._order = order
        self._beat.set()

    def _send_orders(self) -> None:
        """Say again and again what holds, also to workers that are new; they end where nobody does."""
        while not self._over.is_set():
            self._beat.wait(_BEAT_SECONDS)
            self._beat.clear()
            with contextlib.suppress(Exception):  # workers that are gone are the scheduler's matter
                self._client.run(obey, self._token, self._order, on_error="ignore")

    def _take_news(self, event: tuple[float, bytes]) -> None:
        """Called by Dask's own thread."""
        self._news.put(event[1])

    def _take_done(self, future: Any) -> None:
        """Called by a thread of Dask."""
        self._news.put(future.key)

    def _heard(self, said: bytes | str | None) -> list[Message]:
        if isinstance(said, bytes):
            told: Told = pickle.loads(said)
            self._begun.add(told.number)
            return [told]
        if said is None or said not in self._tasks:
            return []
        task, future = self._tasks.pop(said)
        return self._result(task, future)

    def _result(self, task: Task, future: Any) -> list[Message]:
        """Return how a task ended; begin it again where that was by no fault of its own."""
        try:
            ended: Ended = future.result(timeout=_CONNECT_SECONDS)
        except Exception as error:
            return self._failed(task, future, error)
        if ended.outcome is Outcome.STOPPED and self._cancelled_at is None:
            self.begin(task)  # it had heard nothing for too long
            return []
        return [ended]

    def _failed(self, task: Task, future: Any, error: Exception) -> list[Message]:
        if self._cancelled_at is not None:
            return [_stopped(task)]
        lost = future.status in ("cancelled", "lost")  # with a worker that alone had the data
        if lost and self._beginnings[task.number] < _MOST_BEGINNINGS:
            self._scatter()
            self.begin(task)
            return []
        kind = type(error).__name__
        words = "the workers that trained it died" if kind == "KilledWorker" else f"{kind}: {error}"
        return [Lost(task.number, f"The cluster could not train it: {words}.")]

    def _left(self) -> list[Message]:
        """Return the end of tasks that are cancelled and say nothing themselves."""
        if self._cancelled_at is None:
            return []
        late = time.monotonic() - self._cancelled_at > _GRACE_SECONDS
        keys = [key for key, (task, _) in self._tasks.items() if late or task.number not in self._begun]
        left = [self._tasks.pop(key) for key in keys]
        self._client.cancel([future for _, future in left])
        return [_stopped(task) for task, _ in left]


def _train(task: Task, dataset: Dataset, token: str) -> Ended:
    """Train within a worker of the cluster."""
    from distributed import get_worker

    return train_task(task, dataset, token, get_worker().log_event)


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError(_MISSING) from error
    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(
            f"Expected a Dask scheduler at {address}, found none: {error}. "
            "Check the address; a scheduler prints its own when it starts."
        ) from error


def _stopped(task: Task) -> Ended:
    history, at = History.of(task.study.design), place_of(task.saved) if task.saved is not None else None
    place = Place(seconds=task.seconds)
    if at is not None:
        place = Place(at.epoch, at.epochs, at.batch, at.batches, task.seconds)
    told = Told(task.number, "", place, history.steps.rows(), history.epochs.rows())
    return Ended(told, Outcome.STOPPED)
