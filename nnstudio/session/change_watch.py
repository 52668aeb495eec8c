"""ChangeWatch: the weights before and after one batch, for whoever asks for them."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.network import Snapshot
from nnstudio.engine.run_state import RunState


@dataclass(frozen=True, eq=False)
class Change:
    """The weights before and after ``batches`` batches in a row."""

    before: Snapshot
    after: Snapshot
    batches: int


class ChangeWatch:
    """Costs nothing but a look at a flag until somebody asks; then two copies of the weights.

    The window asks and takes, the training's thread fills in; every value is replaced as a whole.
    """

    def __init__(self) -> None:
        self.wanted = False
        self.newest: Change | None = None
        self._before: tuple[int, Snapshot] | None = None

    def ask(self) -> None:
        """Ask for the change of a batch to come."""
        self.newest, self._before, self.wanted = None, None, True

    def forget(self) -> None:
        """Take back what was asked."""
        self.wanted, self._before = False, None

    def take(self, state: RunState) -> None:
        """Copy the weights after a batch; called by the training."""
        iteration, snapshot = state.slots.iteration, state.network.snapshot(state.position)
        before = self._before
        if before is None or before[0] >= iteration:
            self._before = (iteration, snapshot)
            return
        self.newest = Change(before[1], snapshot, iteration - before[0])
        self.wanted, self._before = False, None
