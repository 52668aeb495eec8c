"""TrainedModel: what a training leaves behind: its own study, the weights and the record."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.fitted import Fitted
from nnstudio.engine.design import Design
from nnstudio.engine.layer import Weights
from nnstudio.engine.network import Snapshot
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.saved_state import SavedState
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """A study with the weights that its training came to.

    ``notes`` are sentences about what a file lacked or what was changed in reading it. ``fitted`` is what
    turns new rows into inputs; None where nobody knows. With ``optimizer_state`` training goes on from what
    the optimizer remembered; with ``run_state``, where plan and data are the same, to the bits of a training
    that never stopped.
    """

    study: Study
    snapshot: Snapshot
    history: History
    class_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    optimizer_state: OptimizerState | None = None
    run_state: SavedState | None = None
    fitted: Fitted | None = None

    @property
    def design(self) -> Design:
        """The network as it was trained."""
        return self.study.design

    @property
    def weights(self) -> dict[str, Weights]:
        """The weights by the names of layers and arrays."""
        return self.snapshot.weights()
