"""RunFacts: a run in words and numbers, a fact for each column of the table of runs."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path

from nnstudio.engine.layer import Layer
from nnstudio.engine.metrics import figure_title, is_share
from nnstudio.engine.value_words import choice_words, value_words
from nnstudio.experiments.run import Run
from nnstudio.settings import settings_of

Fact = str | float


@dataclass(frozen=True)
class RunColumn:
    """A column: its name in files, its title, the fact of a run, and how that is written.

    Where there is a ``score``, the run with the highest is the best one; nan for none.
    """

    name: str
    title: str
    fact: Callable[[Run], Fact]
    words: Callable[[Run, Fact], str] = lambda _, fact: str(fact)
    number: bool = False
    edited: bool = False
    score: Callable[[Run], float] | None = None


def layer_words(layer: Layer) -> str:
    """Return a layer in a few words: "Dense 512 relu"."""
    main = [declared for declared in settings_of(layer) if declared.main and declared.kind is not bool]
    values = [(declared, getattr(layer, declared.name)) for declared in main]
    words = [value_words(declared, value) for declared, value in values if value not in (None, "linear")]
    return " ".join((type(layer).__name__, *words))


def best_value(run: Run, name: str) -> float:
    """Return a validated value of the epoch with the lowest validation loss; nan without one."""
    best, epochs = run.history.best_epoch(), run.history.epochs
    if best is None or name not in epochs.columns:
        return math.nan
    return float(epochs.column(name)[epochs.column("epoch").tolist().index(best)])


def _metric(run: Run) -> str:
    return run.history.names[1] if len(run.history.names) > 1 else ""


def _metric_words(run: Run, value: Fact) -> str:
    if not isinstance(value, float) or math.isnan(value):
        return "–"
    name = _metric(run)
    words = f"{100 * value:.2f} %" if is_share(name) else f"{value:.4f}"
    return words if name == "accuracy" else f"{words} {figure_title(name).lower()}"


def _number(_: Run, value: Fact) -> str:
    return "–" if isinstance(value, float) and math.isnan(value) else f"{value:.4f}"


def _clock(_: Run, seconds: Fact) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _optimizer(run: Run) -> str:
    optimizer = run.study.design.optimizer
    return f"{choice_words(type(optimizer))} {optimizer.learning_rate:g}"


def _data(run: Run) -> str:
    source = run.study.recipe.source
    return Path(source.place).name or source.title


def _started(_: Run, started: Fact) -> str:
    try:
        return datetime.fromisoformat(str(started)).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ""


def _design(run: Run) -> str:
    return ", ".join(layer_words(layer) for layer in run.study.design.layers)


def _epochs(run: Run) -> float:
    position = run.history.epochs.last("epoch")
    return 0.0 if math.isnan(position) else position


COLUMNS = (
    RunColumn("name", "Run", lambda run: run.name or "Unnamed", edited=True),
    RunColumn("design", "Design", _design),
    RunColumn("optimizer", "Optimizer", _optimizer),
    RunColumn("data", "Data", _data),
    RunColumn("outcome", "State", lambda run: str(run.outcome)),
    RunColumn(
        "epochs", "Epochs", _epochs, lambda run, done: f"{done:.0f} / {run.study.plan.epochs:,}", number=True
    ),
    RunColumn(
        "best_val_loss",
        "Val. loss",
        lambda run: best_value(run, "val_loss"),
        _number,
        number=True,
        score=lambda run: -best_value(run, "val_loss"),
    ),
    RunColumn(
        "best_val_metric",
        "Val. acc.",
        lambda run: best_value(run, f"val_{_metric(run)}"),
        _metric_words,
        number=True,
        score=lambda run: best_value(run, f"val_{_metric(run)}") if is_share(_metric(run)) else math.nan,
    ),
    RunColumn("seconds", "Time", lambda run: run.seconds, _clock, number=True),
    RunColumn(
        "seed", "Seed", lambda run: float(run.study.plan.seed), lambda _, seed: f"{seed:.0f}", number=True
    ),
    RunColumn("started", "Started", lambda run: run.started, _started, number=True),
    RunColumn("machine", "Machine", lambda run: run.machine),
    RunColumn("tags", "Tags", lambda run: run.tags, edited=True),
    RunColumn("note", "Note", lambda run: run.note, edited=True),
)


def sorted_runs(runs: Iterable[Run], column: RunColumn, *, descending: bool) -> list[Run]:
    """Return runs by one column; those without a value come last either way."""
    known: list[tuple[float, str, int, Run]] = []
    unknown = []
    for place, run in enumerate(runs):
        fact = column.fact(run)
        if fact == "" or fact != fact:
            unknown.append(run)
        else:  # where facts are the same, the order of the runs counts
            known.append((*_order(fact), place, run))
    known.sort(key=itemgetter(0, 1, 2), reverse=descending)
    return [*(run for *_, run in known), *unknown]


def _order(fact: Fact) -> tuple[float, str]:
    return (fact, "") if isinstance(fact, float) else (0.0, str(fact).casefold())


def runs_csv(runs: Iterable[Run], columns: Iterable[RunColumn]) -> str:
    """Return a table of runs with exact numbers; what was not measured is empty."""
    file, columns = io.StringIO(), list(columns)
    writer = csv.writer(file)
    writer.writerow([column.name for column in columns])
    for run in runs:
        writer.writerow(["" if (fact := column.fact(run)) != fact else fact for column in columns])
    return file.getvalue()
