"""ShownRun: what the curves need to know of the run or the model that they belong to."""

from __future__ import annotations

from nnstudio.experiments.history import History
from nnstudio.experiments.marks import Marks
from nnstudio.session.session import Session
from nnstudio.ui.training.curve_view import CurveView


def second_of(history: History, view: CurveView) -> str:
    """Return the metric of the second plot: the one that was chosen, or the first; "" without any."""
    names = history.names[1:]
    return view.figure if view.figure in names else next(iter(names), "")


def marks_of(session: Session) -> Marks:
    """Return what happened besides the batches."""
    return session.run.marks if session.run is not None else ()


def epochs_of(session: Session) -> int:
    """Return how many epochs there will be."""
    if session.run is not None:
        return session.run.progress.epochs
    study = session.shown_study
    return study.plan.epochs if study is not None else 1


def validates(session: Session) -> bool:
    """Return whether there is a line for the validation."""
    study = session.shown_study
    return study is None or study.validates
