"""LocalPool: processes of this machine, each with one thread, that share the data through files."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from dataclasses import replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from nnstudio.data.dataset import Dataset
from nnstudio.errors import UserError
from nnstudio.experiments.sweep.messages import Ended, Lost, Message, Task
from nnstudio.experiments.sweep.serving import Order, state_path
from nnstudio.experiments.sweep.sharing import make_folder, put_state, share, take_state
from nnstudio.experiments.sweep.worker import main

_MOST_FAILED_STARTS = 3
_END_SECONDS = 2.0
_CONTEXT = multiprocessing.get_context("spawn")


class _Worker:
    """A process, the connection to it, and what it trains."""

    def __init__(self, folder: str) -> None:
        self.connection, other = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(
            target=main, args=(other, folder), name="nnstudio-sweep", daemon=True
        )
        self.task: Task | None = None
        self.ready = False
        self.process.start()
        other.close()

    def send(self, order: Task | Order) -> None:
        with contextlib.suppress(OSError):  # where it is gone, its connection says so
            self.connection.send(order)

    def close(self) -> None:
        self.connection.close()
        self.process.join(_END_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_END_SECONDS)


class LocalPool:
    """At most ``size`` processes; each begins when there is something to do and stays for the next task.

    Raises:
        FileError: there is no room for the data.
    """

    def __init__(self, dataset: Dataset, size: int) -> None:
        self.size = size
        self._folder = make_folder()
        self._workers: list[_Worker] = []
        self._waiting: list[Task] = []  # for a worker
        self._held = self._cancelled = False
        self._failed_starts = 0
        self._bell, self._button = _CONTEXT.Pipe(duplex=False)
        _refuse_interrupts()
        try:
            share(dataset, Path(self._folder.name))
        except UserError:
            self.close()
            raise

    def begin(self, task: Task) -> None:
        if task.saved is not None:
            put_state(state_path(self._folder.name, task.number), task.saved)
            task = replace(task, saved=None)
        self._waiting.append(task)
        self._give_out()

    def messages(self, seconds: float) -> list[Message]:
        workers = {worker.connection: worker for worker in self._workers}
        found: list[Message] = []
        for connection in wait([*workers, self._bell], seconds):
            if connection is self._bell:
                self._bell.recv()
            elif isinstance(connection, Connection):
                found += self._heard(workers[connection])
        self._give_out()
        return found

    def hold(self, held: bool) -> None:
        self._held = held
        self._order(Order.HOLD if held else Order.GO_ON)

    def cancel(self) -> None:
        self._cancelled = True
        self._order(Order.CANCEL)

    def wake(self) -> None:
        with contextlib.suppress(OSError):
            self._button.send(None)

    def close(self) -> None:
        for worker in self._workers:
            worker.connection.close()  # all begin to end
        for worker in self._workers:
            worker.close()
        self._workers = []
        self._folder.cleanup()

    def _order(self, order: Order) -> None:
        for worker in self._workers:
            worker.send(order)

    def _give_out(self) -> None:
        """Give tasks that wait to workers that are free, or to new ones."""
        while self._waiting:
            worker = next((one for one in self._workers if one.task is None), None)
            if worker is None:
                if len(self._workers) >= self.size:
                    return
                worker = self._started()
            worker.task = self._waiting.pop(0)
            worker.send(worker.task)

    def _started(self) -> _Worker:
        worker = _Worker(self._folder.name)
        self._workers.append(worker)
        if self._cancelled:
            worker.send(Order.CANCEL)
        elif self._held:
            worker.send(Order.HOLD)
        return worker

    def _heard(self, worker: _Worker) -> list[Message]:
        """Return one message of a worker; where it is gone, what that means."""
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            return self._lost(worker)
        if said is Order.READY:
            worker.ready = True
            return []
        if isinstance(said, Ended):
            worker.task = None
            path = state_path(self._folder.name, said.told.number)
            said = replace(said, state=take_state(path)) if path.exists() else said
        return [said]

    def _lost(self, worker: _Worker) -> list[Message]:
        self._workers.remove(worker)
        worker.close()
        task, code = worker.task, worker.process.exitcode
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _MOST_FAILED_STARTS:
                raise UserError(
                    f"The processes that train do not begin: {_exit_words(code)}. "
                    "Start nnstudio in a terminal, and read there what they say."
                )
            self._waiting[:0] = [task] if task is not None else []
            return []
        if task is None:
            return []
        with contextlib.suppress(OSError):
            state_path(self._folder.name, task.number).unlink()
        return [Lost(task.number, f"The process that trained it is gone: {_exit_words(code)}.")]


def _exit_words(code: int | None) -> str:
    if code is None or code >= 0:
        return f"it ended with status {code}"
    name = signal.Signals(-code).name if -code in {*map(int, signal.Signals)} else str(-code)
    memory = ", perhaps because the memory ran out" if name == "SIGKILL" else ""
    return f"the system ended it ({name}){memory}"


def _refuse_interrupts() -> None:
    """Let processes that this thread starts never hear Ctrl+C, not even while they begin."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # as it begins, it lets this thread hear it again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
