"""Choices: how a sweep is run, besides the settings that it varies."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.experiments.sweep.strategies import STRATEGIES, Grid, Strategy
from nnstudio.settings import setting

MOST_WORKERS = 64
_MOST_EPOCHS = 10_000


@dataclass(frozen=True)
class SweepChoices:
    """What a form shows; ``workers`` is None for as many as suit the machine."""

    strategy: Strategy = setting(Grid(), "Which of all combinations are tried.", choices=STRATEGIES)
    epochs: int = setting(
        5,
        "How many epochs a trial is trained that comes to its end.",
        label="Epochs per trial",
        minimum=1,
        maximum=_MOST_EPOCHS,
        arbitrary=True,
    )
    workers: int | None = setting(
        None,
        "How many trials are trained at once, each in a process of its own with one thread.",
        label="At once",
        minimum=1,
        maximum=MOST_WORKERS,
        start=2,
        absent="as many as suit",
    )
    cluster: str = setting(
        "",
        "The address of a Dask scheduler, such as tcp://10.0.0.1:8786, whose workers train instead.",
        advanced=True,
    )
