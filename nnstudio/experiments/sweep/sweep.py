"""Sweep: which settings of a study are varied, over which values, how, and what counts as best; a value."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from nnstudio.errors import UserError
from nnstudio.experiments.study import Study
from nnstudio.experiments.sweep.measure import Measure, measures_of
from nnstudio.experiments.sweep.strategies import MOST_TRIALS, Grid, Rung, Strategy
from nnstudio.experiments.sweep.sweepable import Sweepable, find_setting, with_setting, words_of
from nnstudio.experiments.sweep.trial import Trial
from nnstudio.settings import problems_with

MOST_AXES = 4
_EPOCHS = "plan.epochs"


@dataclass(frozen=True)
class Axis:
    """The setting at ``path`` (of `settings_to_sweep`) takes each of ``values``."""

    path: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Sweep:
    """What a person asks for; equal sweeps have equal trials.

    ``measure`` is the name of one of ``measures_of(study)``; "" for the first of them. `problems` says what
    is wrong, a sentence each; where there are none, `trials` lists what is trained.
    """

    study: Study
    axes: tuple[Axis, ...]
    strategy: Strategy = Grid()
    measure: str = ""

    @property
    def compared_by(self) -> Measure:
        """The measure that counts."""
        return Measure(self.measure) if self.measure else measures_of(self.study)[0]

    @property
    def combinations(self) -> int:
        """How many combinations of values there are."""
        return math.prod(len(axis.values) for axis in self.axes)

    @property
    def count(self) -> int:
        """How many trials there are, without listing them."""
        return self.strategy.count(self.combinations)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """After how many epochs how many trials are compared; one rung where each is trained to its end."""
        return self.strategy.rungs(self.count, self.study.plan.epochs)

    @property
    def epochs(self) -> int:
        """How many epochs are trained in all, at most; where epochs are an axis, as the plan says."""
        rungs = self.rungs
        before = (Rung(0, 0), *rungs)
        return sum(
            rung.count * (rung.epochs - last.epochs) for last, rung in zip(before, rungs, strict=False)
        )

    def problems(self) -> tuple[str, ...]:
        """Return a sentence for each reason why it cannot begin; trials of its own may still be refused."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[str]:
        yield from problems_with(self.strategy)
        if not 0 < len(self.axes) <= MOST_AXES:
            yield f"Choose 1 to {MOST_AXES} settings to vary, not {len(self.axes)}."
        paths = Counter(axis.path for axis in self.axes)
        yield from (f"The setting {path} is there twice." for path, count in paths.items() if count > 1)
        yield from (f"Write the values of {axis.path} to try." for axis in self.axes if not axis.values)
        for axis in self.axes:
            yield from self._problems_at(axis.path)
        if self.strategy.drops and _EPOCHS in paths:
            yield "Successive halving gives out the epochs itself, so that they cannot be varied with it."
        if self.measure and Measure(self.measure) not in measures_of(self.study):
            names = ", ".join(one.name for one in measures_of(self.study))
            yield f"Trials can be compared by {names}, not by {self.measure}."
        if self.compared_by.name in ("loss", "val_loss") and any(
            path.split(".")[0] == "loss" for path in paths
        ):
            yield "Different losses cannot be compared with each other: compare the trials by a metric."
        if self.count > MOST_TRIALS:
            most = f"at most {MOST_TRIALS:,} are possible"
            yield f"These are {self.count:,} trials, and {most}. Draw some at random."

    def _problems_at(self, path: str) -> Iterator[str]:
        try:
            find_setting(self.study, path)
        except UserError as error:
            yield str(error)

    @cached_property
    def settings(self) -> tuple[Sweepable, ...]:
        """The setting of each axis."""
        return tuple(find_setting(self.study, axis.path) for axis in self.axes)

    def trials(self) -> tuple[Trial, ...]:
        """Return what is tried, in its order.

        Raises:
            UserError: the first of `problems`.
        """
        for sentence in self.problems():
            raise UserError(sentence)
        numbers = self.strategy.picked(self.combinations)
        return tuple(self._trial(place + 1, self._values(number)) for place, number in enumerate(numbers))

    def _values(self, number: int) -> tuple[Any, ...]:
        """Return the values of the combination with ``number``; the last axis runs fastest."""
        values = []
        for axis in reversed(self.axes):
            number, place = divmod(number, len(axis.values))
            values.append(axis.values[place])
        return tuple(reversed(values))

    def _trial(self, number: int, values: tuple[Any, ...]) -> Trial:
        name = self.name_of(values)
        try:
            return Trial(number, values, self._study(values), name)
        except UserError as error:
            return Trial(number, values, self.study, name, str(error))

    def _study(self, values: tuple[Any, ...]) -> Study:
        """Return the study with ``values``; an optimizer is chosen before its settings."""
        study = replace(self.study, plan=replace(self.study.plan, threads=1))
        pairs = zip(self.settings, values, strict=True)
        for setting, value in sorted(pairs, key=lambda pair: pair[0].path.count(".")):
            study = with_setting(study, setting.path, value)
        return study

    def name_of(self, values: tuple[Any, ...]) -> str:
        """Return the values in words: "units 64, learning rate 0.01"."""
        pairs = zip(self.axis_titles, self.settings, values, strict=True)
        return ", ".join(f"{title} {words_of(setting.declared, value)}" for title, setting, value in pairs)

    @cached_property
    def axis_titles(self) -> tuple[str, ...]:
        """What each axis is called in a table: "units"; with its owner where two have the same name."""
        counts = Counter(setting.name for setting in self.settings)
        return tuple(
            f"{setting.owner} {setting.name}" if counts[setting.name] > 1 else setting.name
            for setting in self.settings
        )
