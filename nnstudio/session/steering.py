"""Steering: the verbs of training, as `nnstudio.session.steering_table` says what they lead to."""

from __future__ import annotations

from nnstudio.session import learning_edits as edits
from nnstudio.session.data_desk import DataDesk
from nnstudio.session.new_start import NewStart
from nnstudio.session.steering_table import Stand, Verb, does_something, stand_of
from nnstudio.session.trainer import Trainer


class Steering(DataDesk):
    """Trains what lies open, and obeys within one batch; ``start`` says what a new run keeps."""

    start: NewStart

    @property
    def stand(self) -> Stand:
        """How the training stands."""
        run = self.run
        return stand_of(run.phase, diverged=run.diverged) if run is not None else Stand.NONE

    def can(self, verb: Verb) -> bool:
        """Return whether a verb is worth offering now."""
        if verb is Verb.RESET:
            return self.trained or self.run is not None
        if verb is Verb.MORE:
            return self.run_can_go_on and self.stand not in (Stand.FAILED, Stand.DIVERGED)
        ready = verb not in (Verb.TRAIN, Verb.STEP) or not self.document.obstacle
        return ready and does_something(verb, self.stand)

    def train_or_pause(self) -> None:
        """Do what the main button says: pause, go on, or begin a new run."""
        if self.running:
            self.pause()
        else:
            self.train()

    def train(self) -> None:
        """Go on with the run, or begin a new one; nothing while it runs."""
        if not self.running and not self.document.obstacle:
            self._prepared.go_on(self.document.study, self.dataset)

    def pause(self) -> None:
        """Hold after the current batch; nothing where no training runs."""
        if self.running:
            self._trainer.pause()

    def step_once(self) -> None:
        """Learn from one batch and hold; a training that runs holds after the batch it is at."""
        if self.running:
            self._trainer.pause()
        elif not self.document.obstacle:
            self._prepared.go_on(self.document.study, self.dataset, steps=1)

    def stop(self) -> None:
        """End the run after its current batch, keeping its weights."""
        if self.can_stop:
            self._trainer.stop()

    def train_more(self, epochs: int) -> None:
        """Add epochs to the run, and run it."""
        if not self.document.obstacle:
            self._prepared.train_more(self.document.study, self.dataset, epochs)

    @property
    def _prepared(self) -> Trainer:
        """The trainer, told what a new run would go on from."""
        self._trainer.source, self._trainer.kept = self._shelf.shown, self.start.kept
        return self._trainer

    def reset(self) -> None:
        """Go back to the same initial weights; the run of this session and its record are gone."""
        self._shelf.show(None)
        self._trainer.forget()
        self.run_changed.emit()
        self.show_weights()

    def new_seed(self) -> None:
        """Draw other random numbers for the next run, as a step to undo; what runs keeps its own."""
        edits.draw_seed(self.document)

    def recover(self) -> None:
        """Go back to where a diverged run was last good, with a tenth of the learning rate; then it holds."""
        if self.stand is Stand.DIVERGED:
            optimizer = self._trainer.recover()
            edits.take_rate(self.document, optimizer, "go on with a tenth of the learning rate")
            self.show_weights()
