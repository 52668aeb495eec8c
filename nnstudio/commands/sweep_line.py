"""SweepLine: shows in a terminal how far a sweep is, and leaves a line for each trial that is over."""

from __future__ import annotations

import math
import shutil
import sys
from typing import TextIO

from nnstudio.commands.progress_line import clock_words
from nnstudio.experiments.sweep.report import TrialReport
from nnstudio.experiments.sweep.running import SweepPhase, SweepRun
from nnstudio.experiments.sweep.table import figure_words


class SweepLine:
    """Draws one line again and again, away from results; in a file there are only the lines that stay."""

    def __init__(self, run: SweepRun, stream: TextIO | None = None) -> None:
        self._run = run
        self._stream = sys.stderr if stream is None else stream
        self._redraws = self._stream.isatty()
        self._told: set[int] = set()

    def show(self) -> None:
        """Show how it stands now."""
        for report in self._run.reports:
            number = report.trial.number
            if report.state.over and number not in self._told:
                self._told.add(number)
                self._write(self._ended(report), "\n")
        if self._redraws:
            self._write(self._now(), "")

    def end(self) -> None:
        """Take the line away, and tell what ended last."""
        if self._run.phase is not SweepPhase.FAILED:
            self.show()
        if self._redraws:
            self._write("", "\r")

    def _ended(self, report: TrialReport) -> str:
        run = self._run
        value = "" if math.isnan(report.value) else f", {figure_words(run.sweep, report.value)}"
        why = f": {report.sentence}" if report.sentence else ""
        count = f"{len(self._told)}/{len(run.reports)}"
        return f"{count}  {report.trial.name}{value} ({report.state}{why})"

    def _now(self) -> str:
        run = self._run
        left = "" if math.isnan(run.seconds_left) else f", {clock_words(run.seconds_left)} left"
        best = run.best
        found = f"; best {figure_words(run.sweep, best.value)} with {best.trial.name}" if best else ""
        training = sum(report.state == "training" for report in run.reports)
        done = f"{len(self._told)} of {len(run.reports)} trials, {training} now"
        return f"{100 * run.fraction:3.0f} %  {done}{left}{found}"

    def _write(self, line: str, end: str) -> None:
        if self._redraws:
            columns = shutil.get_terminal_size().columns - 1
            line = "\r" + line[:columns].ljust(columns)
        print(line, end=end, file=self._stream, flush=True)
