"""HealthMonitor: looks now and then, while somebody watches, at how each layer of the run learns."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.watch import Watch
from nnstudio.engine.health import LayerHealth
from nnstudio.engine.health_meter import HealthMeter
from nnstudio.engine.layer import Array
from nnstudio.engine.network import Snapshot
from nnstudio.errors import UserError
from nnstudio.experiments.health_record import HealthRecord
from nnstudio.session.change_watch import Change
from nnstudio.session.job import Job

if TYPE_CHECKING:
    from nnstudio.session.desk import Desk

MOST_SHARE = 0.02  # of a core's time: a training should not feel that somebody looks
LEAST_SECONDS = 0.5
_SAMPLES = 128
_MOST_NUMBERS = 2**20  # in one batch of inputs: large images come in smaller batches
_CLOSE_SECONDS = 2.0


@dataclass(frozen=True, eq=False)
class _Order:
    """What is looked at: a run, its weights and, where it runs, what one batch changed."""

    key: str
    dataset: Dataset
    validation_split: float
    snapshot: Snapshot
    change: Change | None


@dataclass(frozen=True, eq=False)
class _Tools:
    """What one look leaves for the next: a compiled network and a batch."""

    meter: HealthMeter
    dataset: Dataset
    batch: tuple[Array, Array]


@dataclass(frozen=True, eq=False)
class _Found:
    key: str
    tools: _Tools | None
    layers: tuple[LayerHealth, ...]
    seconds: float


class HealthMonitor(QObject):
    """Works in a thread of its own on copies; the longer a look takes, the longer it rests.

    Signals:
        looked(): `record` is another one.
    """

    looked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.record = HealthRecord()
        self.looks = 0
        self.seconds = 0.0  # of processor time that all looks took
        self._job: Job | None = None
        self._tools: _Tools | None = None
        self._seen: object = None
        self._waiting = False
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._go_on)

    def look(self) -> None:
        """Look at the run as it is now, as soon as it is time to; nothing where all is as before."""
        if self._job is not None or self._rest.isActive():
            self._waiting = True
            return
        self._waiting = False
        order = self._order()
        if order is not None:
            self._begin(order)

    def close(self) -> None:
        """End without a result."""
        self._waiting = False
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            self._job.join(_CLOSE_SECONDS)

    def _go_on(self) -> None:
        if self._waiting:
            self.look()

    @property
    def _desk(self) -> Desk:
        return self.parent()  # type: ignore[return-value]

    def _order(self) -> _Order | None:
        """Return what is to be looked at; a run that runs is first asked for what a batch changes."""
        run, desk = self._desk.run, self._desk
        if run is None or run.snapshot is None:
            return None
        change, snapshot = run.change.newest, run.snapshot
        if desk.running and change is None:
            if not run.change.wanted:
                run.change.ask()
            return None
        snapshot = change.after if change is not None else snapshot
        if self._seen is snapshot:
            return None
        self._seen = snapshot
        return _Order(run.key, run.dataset, run.study.plan.validation_split, snapshot, change)

    def _begin(self, order: _Order) -> None:
        self._job = Job("looking at the layers", partial(_look, order, self._tools))
        self._job.succeeded.connect(self._take)
        self._job.ended.connect(self._end)
        self._job.start()

    def _take(self, found: _Found) -> None:
        self._tools = found.tools
        self.looks += 1
        self.seconds += found.seconds
        self._rest.setInterval(round(1000 * max(LEAST_SECONDS, found.seconds / MOST_SHARE)))
        run = self._desk.run
        if run is not None and run.key == found.key:
            self.record = self.record.looked(found.key, found.layers)
            self.looked.emit()

    def _end(self) -> None:
        self._job = None
        run = self._desk.run
        if run is not None:
            run.change.newest = None  # the next look is at a batch to come
        self._rest.start()


def _look(order: _Order, tools: _Tools | None, watch: Watch) -> _Found:
    began = time.thread_time()
    layers: tuple[LayerHealth, ...] = ()
    try:
        tools = _fitting(order, tools)
        before = order.change.before if order.change is not None else None
        batches = order.change.batches if order.change is not None else 0
        layers = tools.meter.measure(order.snapshot, before, batches, *tools.batch)
    except UserError:  # weights of other data, or a network that fits in memory only once: nothing to tell
        tools = None
    return _Found(order.key, tools, layers, time.thread_time() - began)


def _fitting(order: _Order, tools: _Tools | None) -> _Tools:
    """Return the tools from before where they fit: compiling costs more than looking."""
    batch = tools.batch if tools is not None and tools.dataset is order.dataset else _batch(order)
    fits = tools is not None and tools.meter.fits(order.snapshot)
    meter = tools.meter if tools is not None and fits else HealthMeter(order.snapshot)
    return _Tools(meter, order.dataset, batch)


def _batch(order: _Order) -> tuple[Array, Array]:
    """Return some samples of the training part, the same every time."""
    training, _ = order.dataset.split(order.validation_split)
    shape = order.dataset.facts.sample_shape
    most = max(8, min(_SAMPLES, _MOST_NUMBERS // max(1, int(np.prod(shape)))))
    rng = np.random.default_rng(0)
    rows = np.sort(rng.choice(len(training), min(most, len(training)), replace=False))
    out = np.empty((len(rows), *shape), np.float32)
    return training.x_rows(rows, out).copy(), training.y_rows(rows)
