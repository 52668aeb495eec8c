"""Evaluator: keeps the evaluation of the test part up to date, one at a time, in the background."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.watch import Watch
from nnstudio.engine.network import Snapshot
from nnstudio.errors import UserError
from nnstudio.experiments.evaluation import Evaluation, evaluate_samples
from nnstudio.session.job import Job

_CLOSE_SECONDS = 2.0


class Evaluator(QObject):
    """Evaluates the newest weights that it was given; those that come while it works wait, the last one wins.

    Signals:
        evaluated(evaluation): There is a new result, or None where the weights do not fit the data.
    """

    evaluated = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.evaluation: Evaluation | None = None
        self._job: Job | None = None
        self._waiting: tuple[Snapshot, Dataset, bool] | None = None

    def evaluate(self, snapshot: Snapshot, dataset: Dataset, trained: bool) -> None:
        """Evaluate the test part of ``dataset`` as soon as possible."""
        self._waiting = (snapshot, dataset, trained)
        if self._job is None:
            self._start()

    def clear(self) -> None:
        """Forget the result: nothing can be predicted."""
        self._waiting = None
        if self._job is not None:
            self._job.cancel()
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
        (snapshot, dataset, trained), self._waiting = self._waiting, None

        def work(watch: Watch) -> Evaluation | None:
            try:
                return evaluate_samples(
                    snapshot,
                    dataset.test,
                    dataset.facts,
                    f"{dataset.name}, test",
                    trained=trained,
                    cancelled=watch.cancelled,
                )
            except UserError:  # weights of other data: there is nothing to show, and the panel says so
                return None

        self._job = Job("evaluating", work)
        self._job.succeeded.connect(self._take)
        self._job.ended.connect(self._ended)
        self._job.start()

    def _take(self, evaluation: Evaluation | None) -> None:
        self.evaluation = evaluation
        self.evaluated.emit(evaluation)

    def _ended(self) -> None:
        self._job = None
        self._start()
