"""Facts: the trials of a sweep in words and numbers, a fact for each column of the table of results."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from nnstudio.engine.metrics import is_share
from nnstudio.experiments.study import Study
from nnstudio.experiments.sweep.measure import Measure
from nnstudio.experiments.sweep.report import TrialReport, TrialState
from nnstudio.experiments.sweep.sweep import Sweep
from nnstudio.experiments.sweep.sweepable import Sweepable, words_of
from nnstudio.experiments.sweep.trial import Trial

Fact = str | float
_STATES = {
    TrialState.WAITING: "waiting",
    TrialState.TRAINING: "training",
    TrialState.FINISHED: "done",
    TrialState.DROPPED: "dropped: others were better",
    TrialState.FAILED: "failed",
    TrialState.REFUSED: "cannot be trained",
    TrialState.CANCELLED: "cancelled",
}
_PLAIN_BELOW = 1e4
_KEPT = ("epochs", "threads")  # of the plan: what the dialog set for the sweep alone


@dataclass(frozen=True)
class TrialColumn:
    """A column: its name in files, its title, the fact of a report that sorts, and how it is written."""

    name: str
    title: str
    fact: Callable[[TrialReport], Fact]
    words: Callable[[TrialReport], str]
    number: bool = True


def trial_title(trial: Trial) -> str:
    """Return what a trial is called for short: "Trial 3"."""
    return f"Trial {trial.number}"


def columns_of(sweep: Sweep) -> tuple[TrialColumn, ...]:
    """Return the columns for a sweep: one for each setting, then how the trials did."""
    measure = sweep.compared_by
    loss = Measure("val_loss" if measure.name.startswith("val_") else "loss")
    figures = (measure,) if measure.name == loss.name else (measure, loss)
    return (
        TrialColumn("trial", "Trial", lambda one: float(one.trial.number), lambda one: str(one.trial.number)),
        *(_setting_column(sweep, place) for place in range(len(sweep.axes))),
        *(_figure_column(figure, compared=figure is measure) for figure in figures),
        TrialColumn(
            "epochs", "Epochs", lambda one: float(one.epoch), lambda one: f"{one.epoch:,} / {one.epochs:,}"
        ),
        TrialColumn("seconds", "Seconds", lambda one: one.seconds, _seconds_words),
        TrialColumn("state", "State", lambda one: _STATES[one.state], state_words, number=False),
    )


def state_words(report: TrialReport) -> str:
    """Return how a trial stands; why it failed stands behind it."""
    words = _STATES[report.state]
    if report.state is TrialState.TRAINING:
        return f"{words}, {100 * report.fraction:.0f} %"
    if report.state is TrialState.WAITING and report.epoch:
        return "waiting to be compared"
    return f"{words}: {report.sentence}" if report.sentence else words


def sorted_reports(
    reports: Iterable[TrialReport], column: TrialColumn, *, descending: bool
) -> list[TrialReport]:
    """Return reports by one column; those without a value come last either way."""
    reports = list(reports)
    unknown = [one for one in reports if column.fact(one) != column.fact(one)]
    known = [one for one in reports if column.fact(one) == column.fact(one)]
    known.sort(key=lambda one: _order(column.fact(one)), reverse=descending)
    return [*known, *unknown]


def results_csv(reports: Iterable[TrialReport], columns: Iterable[TrialColumn]) -> str:
    """Return a table of trials with exact numbers; what was not measured is empty."""
    file, columns = io.StringIO(), list(columns)
    writer = csv.writer(file)
    writer.writerow([column.name for column in columns])
    for one in reports:
        writer.writerow(["" if (fact := column.fact(one)) != fact else fact for column in columns])
    return file.getvalue()


def study_as_tried(now: Study, sweep: Sweep, trial: Trial) -> Study:
    """Return the study ``now`` with design and plan of a trial.

    How many epochs it was trained in the sweep does not count, unless the sweep tried that.
    """
    tried = {axis.path for axis in sweep.axes}
    kept = {name: getattr(now.plan, name) for name in _KEPT if f"plan.{name}" not in tried}
    return replace(now, design=trial.study.design, plan=replace(trial.study.plan, **kept))


def _setting_column(sweep: Sweep, place: int) -> TrialColumn:
    setting: Sweepable = sweep.settings[place]
    number = setting.declared.kind in (int, float) and not setting.declared.choices
    title = sweep.axis_titles[place]

    def words(report: TrialReport) -> str:
        return words_of(setting.declared, report.trial.values[place])

    def fact(report: TrialReport) -> Fact:
        value = report.trial.values[place]
        if number:
            return math.nan if value is None else float(value)
        return words(report)

    return TrialColumn(setting.path, title[:1].upper() + title[1:], fact, words, number)


def _figure_column(measure: Measure, *, compared: bool) -> TrialColumn:
    def fact(report: TrialReport) -> float:
        return report.value if compared else measure.value(report.history)

    def words(report: TrialReport) -> str:
        return figure_words(measure, fact(report))

    title = measure.title.replace("Validation", "Val.")
    return TrialColumn(measure.name, title, fact, words)


def figure_words(measure: Measure, value: float) -> str:
    """Return a figure as tables write it; a dash where there is none."""
    if math.isnan(value):
        return "–"
    if is_share(measure.name.removeprefix("val_")):
        return f"{100 * value:.2f} %"
    return f"{value:.4f}" if abs(value) < _PLAIN_BELOW else f"{value:.4g}"


def _seconds_words(report: TrialReport) -> str:
    return f"{report.seconds:,.1f}" if report.seconds else "–"


def _order(fact: Fact) -> tuple[float, str]:
    return (fact, "") if isinstance(fact, float) else (0.0, fact.casefold())
