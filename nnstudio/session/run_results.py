"""RunResults: what a training has come to, to be pulled from any thread at any time."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nnstudio.data.dataset import Dataset
from nnstudio.engine.network import Snapshot
from nnstudio.experiments.going_on import place_of
from nnstudio.experiments.history import History
from nnstudio.experiments.marks import Marks
from nnstudio.experiments.recovering import recovered
from nnstudio.experiments.run import Outcome, Run
from nnstudio.experiments.starting import Start
from nnstudio.experiments.study import Study
from nnstudio.experiments.timeline import Timeline
from nnstudio.session.change_watch import ChangeWatch
from nnstudio.session.live_changes import LiveChanges
from nnstudio.session.phase import Phase
from nnstudio.session.run_progress import Progress
from nnstudio.session.run_recorder import RunRecorder


class RunResults(QObject):
    """The record of one training, from fresh weights, those of ``start``, or one that was ``kept``."""

    def __init__(
        self, study: Study, dataset: Dataset, parent: QObject | None, kept: Run | None, start: Start | None
    ) -> None:
        super().__init__(parent)
        self.dataset = dataset
        self.phase = Phase.STOPPED
        self._changes = LiveChanges(study)
        self._recorder = RunRecorder(study, dataset, start)
        self._kept: Run | None = None
        if kept is not None:
            self._recorder.go_on_from(kept)
            self.phase = Phase(kept.outcome.value)

    @property
    def key(self) -> str:
        """What tells the run apart from all others."""
        return self._recorder.key

    @property
    def study(self) -> Study:
        """What is trained, as a person wants it; from the next batch on it is so."""
        return self._changes.wanted

    @property
    def progress(self) -> Progress:
        """Where the run is."""
        return self._recorder.progress

    @property
    def history(self) -> History:
        """The record of every batch and every epoch."""
        return self._recorder.history

    @property
    def marks(self) -> Marks:
        """What happened besides the batches."""
        return self._recorder.marks

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest weights, not older than a quarter of a second; None before the first."""
        return self._recorder.snapshot

    @property
    def change(self) -> ChangeWatch:
        """Who looks at what one batch changes asks here."""
        return self._recorder.change

    @property
    def timeline(self) -> Timeline:
        """The weights on the way."""
        return self._recorder.timeline

    def relabel(self, **labels: str | int) -> None:
        """Give the run another name, note, tags or colour."""
        self._recorder.relabel(**labels)
        self._kept = None

    def kept(self) -> Run:
        """Return what a project keeps of the run as it is now, the same value while nothing happens.

        A run that is running will be a paused one.
        """
        study = self._changes.kept
        if self.phase is Phase.RUNNING:
            return self._recorder.kept(study, Outcome.PAUSED)
        outcome = Outcome(self.phase.value)
        if self._kept is None or (self._kept.study, self._kept.outcome) != (study, outcome):
            self._kept = self._recorder.kept(study, outcome)
        return self._kept

    @property
    def good_epoch(self) -> int:
        """How many epochs were complete when the run was last good."""
        place = place_of(self._recorder.good) if self._recorder.good is not None else None
        return place.epoch if place is not None else 0

    def recovered(self) -> Run | None:
        """Return the run as it was when it was last good, with a smaller learning rate; None: never."""
        good = self._recorder.good
        return None if good is None else recovered(self.kept(), good)
