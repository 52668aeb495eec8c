"""Part evaluation: what the network that predicts now makes of any samples of the data, in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from nnstudio.data.dataset import Samples
from nnstudio.data.watch import Watch
from nnstudio.engine.network import Snapshot
from nnstudio.experiments.evaluation import Evaluation, evaluate_samples
from nnstudio.session.session import Session
from nnstudio.task import DataFacts

PLACE = "Predicting a part of the data"

Judged = tuple[Samples, Evaluation]


def evaluate_part(session: Session, samples: Samples, set_name: str, done: Callable[[Judged], None]) -> None:
    """Give ``done`` the samples and their evaluation; nothing where no network predicts."""
    snapshot = session.snapshot
    if snapshot is not None:
        facts, trained = session.dataset.facts, session.trained
        session.jobs.start(PLACE, partial(_evaluate, snapshot, samples, facts, set_name, trained), done)


def _evaluate(
    snapshot: Snapshot, samples: Samples, facts: DataFacts, set_name: str, trained: bool, watch: Watch
) -> Judged:
    found = evaluate_samples(snapshot, samples, facts, set_name, trained=trained, cancelled=watch.cancelled)
    return samples, found
