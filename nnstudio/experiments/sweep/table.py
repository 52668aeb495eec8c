"""Table: what a sweep found out, a row for each trial, for people and for other programs."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable

from nnstudio.engine.metrics import is_share
from nnstudio.experiments.sweep.report import TrialReport, ranked
from nnstudio.experiments.sweep.sweep import Sweep
from nnstudio.experiments.sweep.sweepable import words_of

_NO_VALUE = "–"
_NUMBER = 1


def head_of(sweep: Sweep) -> tuple[str, ...]:
    """Return the titles of the columns."""
    return ("Trial", *map(_capital, sweep.axis_titles), sweep.compared_by.title, "Epochs", "Seconds", "State")


def rows_of(sweep: Sweep, reports: Iterable[TrialReport]) -> list[tuple[str, ...]]:
    """Return a row in words for each trial, the best first."""
    return [_row(sweep, report) for report in ranked(reports, sweep.compared_by)]


def number_columns(sweep: Sweep) -> set[int]:
    """Return which columns hold numbers; they stand right."""
    first = _NUMBER + len(sweep.axes)
    numbers = {place + 1 for place, one in enumerate(sweep.settings) if one.declared.kind in (int, float)}
    return {0, *numbers, *range(first, first + 3)}


def sweep_csv(sweep: Sweep, reports: Iterable[TrialReport]) -> str:
    """Return all trials with exact numbers, the best first; what was not measured is empty."""
    file, measure = io.StringIO(), sweep.compared_by
    writer = csv.writer(file)
    paths = [axis.path for axis in sweep.axes]
    writer.writerow(("trial", *paths, measure.name, "epochs", "seconds", "state", "problem"))
    for report in ranked(reports, measure):
        value = "" if math.isnan(report.value) else report.value
        told = (value, report.epoch, round(report.seconds, 3), str(report.state), report.sentence)
        writer.writerow((report.trial.number, *_values(sweep, report), *told))
    return file.getvalue()


def figure_words(sweep: Sweep, value: float) -> str:
    """Return a value of the measure in words."""
    if math.isnan(value):
        return _NO_VALUE
    return f"{100 * value:.2f} %" if is_share(sweep.compared_by.name) else f"{value:.4g}"


def _row(sweep: Sweep, report: TrialReport) -> tuple[str, ...]:
    state = f"{report.state}: {report.sentence}" if report.sentence else str(report.state)
    figures = figure_words(sweep, report.value), str(report.epoch), f"{report.seconds:.1f}"
    return (str(report.trial.number), *_values(sweep, report), *figures, state)


def _values(sweep: Sweep, report: TrialReport) -> list[str]:
    pairs = zip(sweep.settings, report.trial.values, strict=True)
    return [words_of(setting.declared, value) for setting, value in pairs]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
