"""Measure: by which figure the trials of a sweep are compared, and whether more or less of it is better."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.metrics import METRICS, figure_title
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study

_RISING = {metric.keras_name for metric in METRICS if metric.rises}


@dataclass(frozen=True)
class Measure:
    """A column of the epochs of a history: "val_loss", "val_accuracy"; ``rises`` where more is better."""

    name: str

    @property
    def title(self) -> str:
        """What people read: "Validation accuracy"."""
        plain = self.name.removeprefix("val_")
        title = figure_title(plain)
        return title if plain == self.name else f"Validation {title[:1].lower()}{title[1:]}"

    @property
    def rises(self) -> bool:
        """Whether more is better, as the metric declares."""
        return self.name.removeprefix("val_") in _RISING

    def value(self, history: History) -> float:
        """Return the figure of the best epoch until now, whose weights are kept; nan before there is one.

        That is the epoch with the lowest validation loss, or training loss where nothing validates.
        """
        epoch = best_epoch(history)
        if epoch is None or self.name not in history.epochs.columns:
            return math.nan
        place = history.epochs.column("epoch").tolist().index(epoch)
        return float(history.epochs.column(self.name)[place])

    def score(self, value: float) -> float:
        """Return a number that is higher for what is better; minus infinity for nan."""
        if math.isnan(value):
            return -math.inf
        return value if self.rises else -value


def best_epoch(history: History) -> int | None:
    """Return the epoch with the lowest validation loss, or training loss; None before there is one."""
    found = history.best_epoch()
    losses = history.epochs.column("loss")
    if found is not None or not len(losses) or np.isnan(losses).all():
        return found
    return int(history.epochs.column("epoch")[np.nanargmin(losses)])


def measures_of(study: Study) -> tuple[Measure, ...]:
    """Return by what trials can be compared, the usual one first: of the validation where there is one."""
    names = ("loss", *(metric.keras_name for metric in study.design.metrics))
    plain = [Measure(name) for name in names]
    if not study.validates:
        return tuple(plain)
    return (*(Measure(f"val_{name}") for name in names), *plain)
