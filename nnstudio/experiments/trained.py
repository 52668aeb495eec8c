"""TrainedModel: what a training leaves behind: its own study, the weights and the record."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.fitted import Fitted
from nnstudio.engine.network import Snapshot
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """A study with the weights that its training came to.

    ``notes`` are sentences about what a file lacked or what was changed in reading it. ``fitted`` is what
    turns new rows into inputs; None where nobody knows.
    """

    study: Study
    snapshot: Snapshot
    history: History
    class_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fitted: Fitted | None = None
