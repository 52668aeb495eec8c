"""RunDesk: the runs that a desk keeps: numbered, shown again, taken away and put back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject

from nnstudio.data.dataset import Dataset
from nnstudio.experiments.run import Run
from nnstudio.experiments.timeline import Checkpoint
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.desk import Desk


class RunDesk(Desk):
    """A desk that lets go of any run and takes it back; undo is the business of the `RunVerbs`."""

    def __init__(self, model: TrainedModel, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(model, dataset, parent)
        self._trainer.run_changed.connect(self._name_run)

    def show_checkpoint(self, checkpoint: Checkpoint | None) -> None:
        """Let weights on the way predict; None: the newest ones. A training goes on untouched."""
        self._choose(checkpoint)
        self.show_weights()

    def show_kept(self, run: Run) -> None:
        """Let a kept run predict; with its state and its data it is gone on with."""
        self._chosen = None
        self._trainer.put_run_away()
        if run.state is not None and run.study.recipe == self.dataset.recipe:
            self._shelf.take(run.key)
            self._trainer.open(run, self.dataset, run.study.plan.epochs)
        else:
            self._show_run_again(run)
        self.run_changed.emit()
        self.show_weights()

    def label_kept(self, key: str, labels: dict[str, str | int]) -> None:
        """Give a run another name, note, tags or colour."""
        if self.run is not None and self.run.key == key:
            self.run.relabel(**labels)
        else:
            self._label_shelved(key, labels)
        self.run_changed.emit()

    def take_kept(self, key: str) -> tuple[int, Run | None, bool]:
        """Take a run away; return where it was, itself, and whether it predicted."""
        shown = self._shown_key == key
        if self.run is not None and self.run.key == key:
            self._trainer.put_run_away()
        index = next((place for place, run in enumerate(self.runs) if run.key == key), 0)
        run = self._shelf.take(key)
        if shown:
            self._shelf.show(None)
            self.show_weights()
        self.run_changed.emit()
        return index, run, shown

    def put_kept(self, index: int, run: Run, *, shown: bool) -> None:
        """Put a run where it was; below 0: behind all others."""
        self._shelf.insert(index if index >= 0 else len(self.runs), run)
        if shown and self.run is None:
            self._shelf.show(run)
            self.show_weights()
        self.run_changed.emit()

    def keep_runs(self, runs: tuple[Run, ...]) -> None:
        """Put runs that were trained elsewhere behind all others."""
        for run in runs:
            self._shelf.put(run)
        if runs:
            self.run_changed.emit()

    def _name_run(self) -> None:
        """Give a run that is new a number and a colour."""
        if self.run is not None and not self.run.kept().name:
            number = next_number(run.name for run in self.runs)
            self.run.relabel(name=f"Run {number}", color=number)

    def _label_shelved(self, key: str, labels: dict[str, str | int]) -> None:
        found = next((run for run in self.runs if run.key == key), None)
        if found is not None:
            self._shelf.exchange(replace(found, **labels))  # type: ignore[arg-type]

    def _show_run_again(self, run: Run) -> None:
        self._shelf.exchange(run)
        self._shelf.show(run)


def next_number(names: Iterable[str]) -> int:
    """Return a number that no run called "Run N" has, above all that have one."""
    found = (name.removeprefix("Run ") for name in names if name.startswith("Run "))
    return 1 + max((int(number) for number in found if number.isdecimal()), default=0)
