"""Evaluator: keeps the evaluation of a part of the data up to date, one at a time, in the background."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from nnstudio.data.watch import Watch
from nnstudio.engine.network import Snapshot
from nnstudio.errors import UserError
from nnstudio.experiments.evaluation import Evaluation, evaluate_samples
from nnstudio.experiments.part import Looked
from nnstudio.session.job import Job

_CLOSE_SECONDS = 2.0


@dataclass(frozen=True, eq=False)
class _Order:
    snapshot: Snapshot
    looked: Looked
    trained: bool


class Evaluator(QObject):
    """Evaluates the newest weights that it was given; those that come while it works wait, the last one wins.

    Signals:
        evaluated(evaluation): There is a new result, or None where the weights do not fit the data.
    """

    evaluated = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.evaluation: Evaluation | None = None
        self.looked: Looked | None = None
        self._job: Job | None = None
        self._under_way: _Order | None = None
        self._waiting: _Order | None = None

    @property
    def progress(self) -> float | None:
        """The share of the evaluation under way that is done; None where there is none."""
        return None if self._job is None else self._job.progress[0] or 0.0

    def evaluate(self, snapshot: Snapshot, looked: Looked, trained: bool) -> None:
        """Evaluate some samples as soon as possible; work on other samples is in vain, and ends."""
        self._waiting = _Order(snapshot, looked, trained)
        if self._job is None:
            self._start()
        elif self._under_way is not None and self._under_way.looked.name != looked.name:
            self._job.cancel()

    def cancel(self) -> None:
        """End what is under way; the result from before stays."""
        self._waiting = None
        if self._job is not None:
            self._job.cancel()

    def clear(self) -> None:
        """Forget the result: nothing can be predicted."""
        self._waiting = None
        if self._job is not None:
            self._job.cancel()
        self.looked = None
        self._take(None)

    def close(self) -> None:
        """End without a result."""
        self._waiting = None
        if self._job is not None:
            self._job.cancel()
            self._job.join(_CLOSE_SECONDS)

    def _start(self) -> None:
        if self._waiting is None:
            return
        order, self._waiting = self._waiting, None
        self._under_way, looked = order, order.looked

        def work(watch: Watch) -> tuple[Evaluation | None, Looked]:
            try:
                return evaluate_samples(
                    order.snapshot,
                    looked.samples,
                    looked.dataset.facts,
                    looked.name,
                    trained=order.trained,
                    cancelled=watch.cancelled,
                    told=watch.told,
                ), looked
            except UserError:  # weights of other data: there is nothing to show, and the panel says so
                return None, looked

        self._job = Job("evaluating", work)
        self._job.succeeded.connect(self._take_result)
        self._job.ended.connect(self._ended)
        self._job.start()

    def _take_result(self, result: tuple[Evaluation | None, Looked]) -> None:
        evaluation, self.looked = result
        self._take(evaluation)

    def _take(self, evaluation: Evaluation | None) -> None:
        self.evaluation = evaluation
        self.evaluated.emit(evaluation)

    def _ended(self) -> None:
        self._job = self._under_way = None
        self._start()
