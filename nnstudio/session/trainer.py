"""Trainer: the verbs of training, and which run they act on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from nnstudio.data.dataset import Dataset
from nnstudio.engine.network import Snapshot
from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.schedules import Constant
from nnstudio.experiments.run import Run
from nnstudio.experiments.starting import Start, start_keeping, start_of
from nnstudio.experiments.study import Study
from nnstudio.session.training_run import Phase, TrainingRun

_STOP_SECONDS = 5.0
_SOME_RATE = 0.001  # for all, to compare what else is set
_FOLLOW_MS = 400  # how often the weights of a running training are looked at for a new epoch


class Trainer(QObject):
    """Goes on with the run while its study is the wanted one, and begins a new one otherwise.

    Signals:
        put_away(run): A `Run` that another one takes the place of.
        run_changed(): Another run, another phase of it, or none any more.
        learnt(): There are new weights worth a look: after each epoch, and when a run holds.
        failed(sentence): The run ended with an error that a person can understand.
        told(sentence): The run did something by itself, such as to end early, or what was asked of it.
    """

    put_away = Signal(object)
    run_changed = Signal()
    learnt = Signal()
    failed = Signal(str)
    told = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.run: TrainingRun | None = None
        self.source: Run | None = None  # a network from a file whose training a new run goes on with
        self.kept: Snapshot | None = None  # weights that a new run keeps where they fit
        self._planned = 0
        self._seen_epoch = 0
        self._follower = QTimer(self, interval=_FOLLOW_MS)
        self._follower.timeout.connect(self._follow)

    @property
    def running(self) -> bool:
        """Whether a training is running at this moment."""
        return self.run is not None and self.run.phase is Phase.RUNNING

    @property
    def can_stop(self) -> bool:
        """Whether there is a run to end."""
        return self.run is not None and self.run.phase in (Phase.RUNNING, Phase.PAUSED)

    def has(self, study: Study) -> bool:
        """Return whether there is a run of this study, apart from the number of epochs and threads."""
        return self.run is not None and _but_epochs(self.run.study) == _but_epochs(study)

    def differs_in_rate(self, study: Study) -> bool:
        """Return whether nothing but rate or schedule (and epochs) tells ``study`` from the run's."""
        return self.run is not None and not self.has(study) and _but_rate(self.run.study) == _but_rate(study)

    def follow(self, study: Study) -> None:
        """Take over another learning rate or schedule, where the run can go on with it."""
        if self.run is not None and self.run.phase in _LIVE and self.differs_in_rate(study):
            self.run.change_rate(study.design.optimizer)

    def go_on(self, study: Study, dataset: Dataset, *, steps: int | None = None) -> None:
        """Train ``study``, to its end or for ``steps`` batches; a finished run gets its epochs once more.

        A new run goes on from the weights of ``source`` where these are still those of the study; else it
        keeps those of ``kept`` in the layers where they fit.
        """
        if not self.has(study) or self.run is None or self.run.phase is Phase.FAILED:
            self._begin(study, dataset).start(steps=steps)
            return
        self.run.threads = study.plan.threads
        planned, done = study.plan.epochs, self.run.progress.epoch
        if planned != self._planned:
            self.run.extend(planned)  # a person set another number; what is done stays done
        elif done >= self.run.progress.epochs:
            self.run.extend(done + planned)
        self._planned = planned
        self.run.start(steps=steps)

    def train_more(self, study: Study, dataset: Dataset, epochs: int) -> None:
        """Add epochs to the run, and run it; without one that can go on, begin one with as many."""
        known = self.has(study) or self.differs_in_rate(study)
        if not known or self.run is None or self.run.phase is Phase.FAILED:
            study = replace(study, plan=replace(study.plan, epochs=epochs))
            self.go_on(study, dataset)
            return
        if not self.has(study):
            self.run.change_rate(study.design.optimizer)
        running = self.run.phase is Phase.RUNNING  # then its progress may not know of what was just asked for
        asked = self.run.study.plan.epochs if running else self.run.progress.epochs
        self.run.extend(asked + epochs)
        self.run.start()

    def pause(self) -> None:
        """Hold after the current batch."""
        if self.run is not None:
            self.run.pause()

    def stop(self) -> None:
        """End the run after its current batch, keeping its weights."""
        if self.run is not None:
            self.run.stop()

    def open(self, run: Run, dataset: Dataset, planned: int) -> None:
        """Take over a run that was kept, to go on with; ``planned`` are the document's epochs."""
        self.forget()
        self._take(TrainingRun(run.study, dataset, self, kept=run), planned)
        self.run_changed.emit()

    def recover(self) -> Optimizer:
        """Put a diverged run back to where it was last good; return its optimizer, which is slower."""
        assert self.run is not None
        run, dataset = self.run.recovered(), self.run.dataset
        assert run is not None  # what diverged has begun
        self.open(run, dataset, run.study.plan.epochs)
        return run.study.design.optimizer

    def put_run_away(self) -> None:
        """End the run and let go of it; what it came to is told."""
        run = self.run
        self.forget()
        if run is not None and run.progress.done:
            self.put_away.emit(run.kept())

    def forget(self) -> None:
        """End the run and let go of it, and of all that it came to."""
        run, self.run = self.run, None
        self._follower.stop()
        if run is not None:
            run.pause()
            run.join(_STOP_SECONDS)
            run.setParent(None)
            self.run_changed.emit()

    def close(self) -> bool:
        """End the thread; return whether it ended."""
        self._follower.stop()
        if self.run is None:
            return True
        self.run.pause()
        return self.run.join(_STOP_SECONDS)

    def _begin(self, study: Study, dataset: Dataset) -> TrainingRun:
        start = self._start(study, dataset)
        self.put_run_away()
        return self._take(TrainingRun(study, dataset, self, start=start), study.plan.epochs)

    def _start(self, study: Study, dataset: Dataset) -> Start | None:
        design, shape = study.design, dataset.facts.sample_shape
        start = start_of(self.source, design, shape)
        if start is None and self.kept is not None:
            start = start_keeping(self.kept, design, shape)
        return start

    def _take(self, run: TrainingRun, planned: int) -> TrainingRun:
        self.run, self._planned, self._seen_epoch = run, planned, 0
        run.phase_changed.connect(self._phase_changed)
        run.failed.connect(self.failed)
        run.told.connect(self.told)
        run.changed.connect(self._tell_change)
        return run

    def _phase_changed(self) -> None:
        if self.sender() is not self.run:
            return
        self.run_changed.emit()
        if self.running:
            self._follower.start()
        else:
            self._follower.stop()
            self.learnt.emit()

    def _tell_change(self, words: str) -> None:
        self.told.emit(f"{words} from here on.")

    def _follow(self) -> None:
        snapshot = self.run.snapshot if self.run is not None else None
        if snapshot is not None and int(snapshot.epoch) != self._seen_epoch:
            self._seen_epoch = int(snapshot.epoch)
            self.learnt.emit()


_LIVE = (Phase.RUNNING, Phase.PAUSED, Phase.STOPPED)


def _but_rate(study: Study) -> Study:
    optimizer = study.design.optimizer
    still = replace(optimizer, learning_rate=_SOME_RATE, schedule=Constant())
    return _but_epochs(replace(study, design=replace(study.design, optimizer=still)))


def _but_epochs(study: Study) -> Study:
    return replace(study, plan=replace(study.plan, epochs=1, threads=1))
