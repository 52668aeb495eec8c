"""Serving: what a process that trains trials does: it listens, trains, tells, and ends with its parent."""

from __future__ import annotations

import os
import queue
import shutil
import threading
from dataclasses import replace
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path

from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.run import Outcome
from nnstudio.experiments.sweep.messages import Ended, Task
from nnstudio.experiments.sweep.sharing import put_state, shared, take_state
from nnstudio.experiments.sweep.work import Work


class Order(StrEnum):
    """What a worker is told besides its tasks."""

    HOLD = "hold"
    GO_ON = "go on"
    CANCEL = "cancel"  # the task of now, and whatever comes
    READY = "ready"  # what it tells itself, once


def state_path(folder: str, number: int) -> Path:
    """Return where the state of a trial lies on its way to a worker or back."""
    return Path(folder) / f"state-{number}.npz"


class Server:
    """One thread listens, so that orders hold after the current batch; the other one trains."""

    def __init__(self, connection: Connection, folder: str) -> None:
        self._connection = connection
        self._folder = folder
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
        self._go = threading.Event()
        self._go.set()
        self._cancelled = False

    def serve(self) -> None:
        """Train until the parent closes the connection or is gone."""
        threading.Thread(target=self._listen, daemon=True).start()
        with blas_threads(1):
            dataset = shared(Path(self._folder))
            self._send(Order.READY)
            while True:
                task = self._tasks.get()
                ended = Work(self._with_state(task), dataset, self._send, self._held).run()
                self._send(self._put(ended))

    def _listen(self) -> None:
        try:
            while True:
                self._obey(self._connection.recv())
        except (EOFError, OSError):
            self._leave()

    def _obey(self, order: Task | Order) -> None:
        if isinstance(order, Task):
            self._tasks.put(order)
        elif order is Order.HOLD:
            self._go.clear()
        else:
            self._cancelled = self._cancelled or order is Order.CANCEL
            self._go.set()

    def _held(self) -> bool:
        self._go.wait()
        return self._cancelled

    def _with_state(self, task: Task) -> Task:
        path = state_path(self._folder, task.number)
        return replace(task, saved=take_state(path)) if path.exists() else task

    def _put(self, ended: Ended) -> Ended:
        """Leave the state in a file; what goes over the connection stays small."""
        if ended.state is None:
            return ended
        try:
            put_state(state_path(self._folder, ended.told.number), ended.state)
        except OSError as error:
            sentence = f"There is no room for its weights: {error.strerror or error}. Free some space."
            return replace(ended, state=None, outcome=Outcome.FAILED, sentence=ended.sentence or sentence)
        return replace(ended, state=None)

    def _send(self, message: object) -> None:
        try:
            self._connection.send(message)
        except OSError:
            self._leave()

    def _leave(self) -> None:
        """End at once: whoever wanted the work is gone, and perhaps could not clear away."""
        shutil.rmtree(self._folder, ignore_errors=True)
        os._exit(0)
