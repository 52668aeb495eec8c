"""RateFinder: the learning-rate range test, in the background, with its points as they come."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.data.watch import Watch
from nnstudio.engine.range_test import RangePoint, range_test, suggested_rate
from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.study import Study
from nnstudio.session import learning_edits as edits
from nnstudio.session.session import Session

PLACE = "Finding a learning rate"
_STEPS = 100
Points = tuple[RangePoint, ...]


class RateFinder(QObject):
    """Trains a network of its own: neither the run nor the document changes before a rate is taken.

    Signals:
        ended(): The test is over; `points` are all that there will be.
    """

    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.points: Points = ()
        self.running = False
        session.jobs.failed.connect(self._fail)

    @property
    def suggested(self) -> float | None:
        """The rate that suits, in two digits; None where the test does not tell."""
        found = suggested_rate(self.points) if not self.running else None
        return None if found is None else float(f"{found:.2g}")

    def start(self) -> None:
        """Test the document's study on the open data."""
        self.points, self.running = (), True
        work = partial(self._test, self._session.document.study, self._session.dataset)
        self._session.jobs.start(PLACE, work, self._end, place=PLACE)

    def cancel(self) -> None:
        """End it; the points until now stay."""
        if self.running:
            self._session.jobs.cancel(PLACE)
            self._end(self.points)

    def take(self, rate: float) -> None:
        """Make a rate that of the document, as one step to undo."""
        document = self._session.document
        changed = edits.with_rate(document.design.optimizer, rate)
        edits.take_rate(document, changed, f"set learning rate to {rate:g}")

    def _test(self, study: Study, dataset: Dataset, watch: Watch) -> Points:
        points: list[RangePoint] = []
        training, _ = dataset.split(study.plan.validation_split)
        with blas_threads(study.plan.threads):
            for point in range_test(
                study.design, study.plan, dataset.facts.sample_shape, training, steps=_STEPS
            ):
                points.append(point)
                self.points = tuple(points)
                watch.told(len(points) / _STEPS)
        return tuple(points)

    def _fail(self, title: str) -> None:
        """End without a rate: what went wrong is told by the session."""
        if self.running and title == PLACE:
            self._end(self.points)

    def _end(self, points: Points) -> None:
        self.points, self.running = points, False
        self.ended.emit()
