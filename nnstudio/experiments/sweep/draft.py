"""Draft: a sweep that is being put together: what a person writes, and what that comes to; a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from nnstudio.engine.fit_words import count_words
from nnstudio.errors import UserError
from nnstudio.experiments.study import Study
from nnstudio.experiments.sweep.choices import SweepChoices
from nnstudio.experiments.sweep.measure import Measure, measures_of
from nnstudio.experiments.sweep.reading import read_values, written_values
from nnstudio.experiments.sweep.sweep import MOST_AXES, Axis, Sweep
from nnstudio.experiments.sweep.sweepable import Sweepable, settings_to_sweep, words_of

_SHOWN_VALUES = 8
NOTHING_CHOSEN = "Choose a setting on the left: it is tried with each value that you write."


@dataclass(frozen=True)
class AxisDraft:
    """The values of one setting as text; ``values`` are empty where ``problem`` says what is wrong."""

    setting: Sweepable
    text: str

    @cached_property
    def _read(self) -> tuple[tuple[Any, ...], str]:
        try:
            return read_values(self.text, self.setting), ""
        except UserError as error:
            return (), str(error)

    @property
    def values(self) -> tuple[Any, ...]:
        """What the text comes to."""
        return self._read[0]

    @property
    def problem(self) -> str:
        """A sentence where the text cannot be read."""
        return self._read[1]

    @property
    def words(self) -> str:
        """What the text comes to: "3 values: 16, 32, 64"."""
        written = [words_of(self.setting.declared, value) for value in self.values]
        if len(written) > _SHOWN_VALUES:
            written = [*written[: _SHOWN_VALUES - 2], "…", written[-1]]
        return f"{count_words(len(self.values), 'value')}: {', '.join(written)}"


@dataclass(frozen=True)
class SweepDraft:
    """``texts`` pair a setting's path with what is written for it; ``measure`` is "" for the usual one."""

    study: Study
    texts: tuple[tuple[str, str], ...] = ()
    choices: SweepChoices = field(default_factory=SweepChoices)
    measure: str = ""

    @cached_property
    def settings(self) -> tuple[Sweepable, ...]:
        """All that can be varied, what few people need last."""
        return tuple(sorted(settings_to_sweep(self.study), key=lambda one: one.declared.advanced))

    @cached_property
    def axes(self) -> tuple[AxisDraft, ...]:
        """The settings that are varied, in the order in which they were chosen."""
        known = {setting.path: setting for setting in self.settings}
        return tuple(AxisDraft(known[path], text) for path, text in self.texts if path in known)

    @property
    def full(self) -> bool:
        """Whether no more settings can be varied at once."""
        return len(self.axes) >= MOST_AXES

    @property
    def measures(self) -> tuple[Measure, ...]:
        """By what trials can be compared."""
        return measures_of(self.study)

    @cached_property
    def sweep(self) -> Sweep:
        """What would be run."""
        plan = replace(self.study.plan, epochs=self.choices.epochs)
        axes = tuple(Axis(axis.setting.path, axis.values) for axis in self.axes)
        study = replace(self.study, plan=plan)
        known = any(self.measure == measure.name for measure in self.measures)
        return Sweep(study, axes, self.choices.strategy, self.measure if known else "")

    @cached_property
    def problem(self) -> str:
        """The first reason why it cannot begin; "" where it can."""
        return next(self._problems(), "")

    def _problems(self) -> Iterator[str]:
        if not self.axes:
            yield NOTHING_CHOSEN
        for axis in self.axes:
            if axis.problem:
                yield f"{axis.setting.title}: {axis.problem}"
        yield from self.sweep.problems()

    def with_setting(self, path: str) -> SweepDraft:
        """Return a draft that varies one setting more, with its value of now; the same where it cannot."""
        found = next((one for one in self.settings if one.path == path), None)
        if found is None or self.full or any(path == known for known, _ in self.texts):
            return self
        return replace(self, texts=(*self._texts, (path, written_values(found, (found.value,)))))

    def with_text(self, path: str, text: str) -> SweepDraft:
        """Return a draft with other values of a setting."""
        return replace(self, texts=tuple((one, text if one == path else old) for one, old in self._texts))

    def without(self, path: str) -> SweepDraft:
        """Return a draft that leaves a setting as it is."""
        return replace(self, texts=tuple(pair for pair in self._texts if pair[0] != path))

    @property
    def _texts(self) -> tuple[tuple[str, str], ...]:
        """The texts of settings that the study has."""
        return tuple((axis.setting.path, axis.text) for axis in self.axes)


def found_settings(settings: tuple[Sweepable, ...], words: str) -> tuple[Sweepable, ...]:
    """Return the settings with all of ``words`` in their title or value, in any order."""
    wanted = words.casefold().split()
    return tuple(
        one for one in settings if all(word in f"{one.title} {one.words}".casefold() for word in wanted)
    )
