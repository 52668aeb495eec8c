"""InputMapper: keeps what the network says all over its inputs up to date, while somebody looks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.watch import Watch
from nnstudio.engine.network import Snapshot
from nnstudio.experiments.ground import Ground, can_be_drawn, ground_of
from nnstudio.experiments.input_map import InputMap, fits, map_inputs
from nnstudio.experiments.weight_search import (
    Trail,
    WeightSearch,
    has_one_weight,
    search_weights,
    trails_of,
)
from nnstudio.session.job import Job

if TYPE_CHECKING:
    from nnstudio.session.desk import Desk

_LEAST_SECONDS = 0.2
_MOST_SHARE = 0.04  # of a core's time: a training should not feel that somebody looks
_CLOSE_SECONDS = 2.0


@dataclass(frozen=True, eq=False)
class Look:
    """Where the data lie, and what the network says there; None where it does not fit them.

    A network of one weight says how large the error would be with other weights.
    """

    ground: Ground
    answer: InputMap | WeightSearch | None
    seconds: float = 0.0


class InputMapper(QObject):
    """Works in a thread of its own, on a snapshot, at most five times a second, less often where it is long.

    Signals:
        looked(look): A new `Look`.
    """

    looked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.newest: Look | None = None
        self._job: Job | None = None
        self._waiting = False
        self._seen: tuple[object, ...] = ()
        self._ground: tuple[Dataset, Ground] | None = None
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._begin)

    def look(self) -> None:
        """Look at the weights as they are now, as soon as possible; nothing where all is as before."""
        self._waiting = True
        if self._job is None and not self._rest.isActive():
            self._begin()

    def close(self) -> None:
        """End without a result."""
        self._waiting = False
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            self._job.join(_CLOSE_SECONDS)

    @property
    def _desk(self) -> Desk:
        return self.parent()  # type: ignore[return-value]

    def _begin(self) -> None:
        desk = self._desk
        dataset, snapshot = desk.dataset, desk.fitting_snapshot
        seen = (dataset, snapshot, desk.run, len(desk.runs))
        if not self._waiting or not can_be_drawn(dataset) or seen == self._seen:
            return
        self._waiting, self._seen = False, seen
        ground = self._ground[1] if self._ground is not None and self._ground[0] is dataset else None
        now = desk.run.kept() if desk.run is not None else None
        trails = trails_of(desk.runs, now, dataset)
        self._job = Job("mapping", partial(_look, snapshot, dataset, ground, trails))
        self._job.succeeded.connect(self._take)
        self._job.ended.connect(self._end)
        self._job.start()

    def _take(self, found: tuple[Dataset, Look]) -> None:
        dataset, look = found
        if dataset is not self._desk.dataset:  # others are open by now
            return
        self._ground, self.newest = (dataset, look.ground), look
        self._rest.setInterval(round(1000 * max(_LEAST_SECONDS, look.seconds / _MOST_SHARE)))
        self.looked.emit(look)

    def _end(self) -> None:
        self._job = None
        self._rest.start()


def _look(
    snapshot: Snapshot | None,
    dataset: Dataset,
    ground: Ground | None,
    trails: tuple[Trail, ...],
    watch: Watch,
) -> tuple[Dataset, Look]:
    began = time.thread_time()
    ground = ground or ground_of(dataset)
    answer: InputMap | WeightSearch | None = None
    if snapshot is not None and fits(snapshot, ground):
        if has_one_weight(snapshot):
            answer = search_weights(snapshot, dataset, trails)
        else:
            answer = map_inputs(snapshot, ground, watch.cancelled)
    return dataset, Look(ground, answer, time.thread_time() - began)
