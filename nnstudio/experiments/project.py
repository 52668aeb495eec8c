"""Project: everything that a person works on, as it is saved: the study, the runs, notes and perhaps data."""

from __future__ import annotations

from dataclasses import dataclass, field

from nnstudio.data.dataset import Dataset
from nnstudio.experiments.run import Run
from nnstudio.experiments.study import Study


@dataclass(frozen=True, eq=False)
class Project:
    """A value that is written and read whole.

    A network that was trained elsewhere and opened here is a run as well. ``shown`` is the key of the run
    that predicts; "" where fresh weights do. ``fingerprint`` tells whether the data are those that the
    project was saved with; ``dataset`` is a copy of them, if one is kept.
    """

    study: Study = field(default_factory=Study)
    runs: tuple[Run, ...] = ()
    shown: str = ""
    notes: str = ""
    fingerprint: str = ""
    dataset: Dataset | None = None

    def run(self, key: str) -> Run | None:
        """Return the run with ``key``."""
        return next((run for run in self.runs if run.key == key), None)
