"""RunVerbs: what a person does with the runs that are kept: name, delete, restore, and look back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.experiments.run import Run, new_key
from nnstudio.experiments.timeline import Checkpoint
from nnstudio.session.run_commands import Addition, Deletion, Labels, Relabelling

if TYPE_CHECKING:
    from nnstudio.session.session import Session


class RunVerbs(QObject):
    """Edits that undo takes back go over the document's undo stack.

    Signals:
        changed(): There are other runs, or they are called otherwise.
        chose(): Weights on the way predict, or the newest ones again.
    """

    changed = Signal()
    chose = Signal()

    @property
    def _session(self) -> Session:
        """Its parent, asked for anew: a reference each way would be a circle."""
        session = self.parent()
        return session  # type: ignore[return-value]

    def run(self, key: str) -> Run | None:
        """Return the run with ``key`` as it is now."""
        return next((run for run in self._session.all_runs if run.key == key), None)

    def relabel(self, key: str, text: str, **labels: str | int) -> None:
        """Give a run another name, note, tags or colour, as one undo step called ``text``."""
        run = self.run(key)
        before: Labels = {name: getattr(run, name) for name in labels}
        if run is not None and before != labels:
            self._session.document.undo_stack.push(Relabelling(self, key, text, before, labels))

    def delete(self, keys: list[str]) -> None:
        """Delete runs as one undo step; the one that trains at this moment stays."""
        session = self._session
        wanted = [key for key in keys if self.run(key) is not None and self.can_delete(key)]
        if not wanted:
            return
        name = self.run(wanted[0])
        words = f"delete {name.name}" if len(wanted) == 1 and name else f"delete {len(wanted)} runs"
        session.document.undo_stack.beginMacro(words)
        for key in wanted:
            session.document.undo_stack.push(Deletion(self, key, words))
        session.document.undo_stack.endMacro()

    def can_delete(self, key: str) -> bool:
        """Return whether a run may go: it is not the one that trains."""
        return not (self._session.running and self._session.run is not None and self._session.run.key == key)

    def restore_design(self, key: str) -> None:
        """Take a run's design into the document, as one undo step."""
        run, document = self.run(key), self._session.document
        if run is not None:
            document.edit_design(f"restore the design of {run.name}", run.study.design)

    def restore(self, key: str) -> None:
        """Take a run's design and plan into the document, and let its weights predict and learn on."""
        run, document = self.run(key), self._session.document
        if run is None or self._session.running:
            return
        study = replace(document.study, design=run.study.design, plan=run.study.plan)
        document.edit(f"restore {run.name}", study)
        self.restore_weights(key)

    def restore_weights(self, key: str) -> None:
        """Let a run's weights predict; training goes on from them where the design still has them.

        The training of this session stays among the runs.
        """
        session = self._session
        run = self.run(key)
        if run is None or session.running:
            return
        session.show_kept(_that_goes_on(run))
        self.changed.emit()
        session.told.emit(f"The weights of {run.name} predict now.")

    def choose(self, checkpoint: Checkpoint | None) -> None:
        """Let weights on the way predict; None: the newest ones."""
        if checkpoint is not self._session.chosen:
            self._session.show_checkpoint(checkpoint)
            self.chose.emit()

    def keep_chosen(self) -> None:
        """Keep the weights that predict as a run of their own, as one undo step."""
        session, chosen = self._session, self._session.chosen
        run = session.shown_run
        if run is None or chosen is None:
            return
        kept = _cut(run, chosen)
        session.document.undo_stack.push(Addition(self, kept, f"keep {kept.name}"))
        if not session.running:
            session.show_kept(kept)
            self.chose.emit()
            self.changed.emit()
        session.told.emit(f"Kept as {kept.name}.")

    def take_labels(self, key: str, labels: Labels) -> None:
        """Set what a run is called; for the undo commands alone."""
        self._session.label_kept(key, labels)
        self.changed.emit()

    def take_away(self, key: str) -> tuple[int, Run | None, bool]:
        """Take a run away; for the undo commands alone. Return its place, itself, whether it predicted."""
        taken = self._session.take_kept(key)
        self.changed.emit()
        return taken

    def put_back(self, index: int, run: Run, shown: bool) -> None:
        """Put a run where it was; for the undo commands alone."""
        self._session.put_kept(index, run, shown=shown)
        self.changed.emit()


def _that_goes_on(run: Run) -> Run:
    """Return ``run`` such that other trainings go on from its weights."""
    memory = OptimizerState.of(run.state) if run.state is not None else OptimizerState()
    return replace(run, optimizer_state=run.optimizer_state or memory)


def _cut(run: Run, checkpoint: Checkpoint) -> Run:
    """Return a run that ends with ``checkpoint``."""
    iteration, epoch = checkpoint.iteration, int(checkpoint.position + 1e-9)
    return replace(
        run,
        key=new_key(),
        name=f"{run.name}, epoch {checkpoint.position:.3g}",
        history=run.history.up_to(iteration, epoch),
        timeline=run.timeline.up_to(iteration),
        state=None,
        optimizer_state=OptimizerState(),
    )
