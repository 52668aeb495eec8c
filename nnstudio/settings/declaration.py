"""Setting: what one setting is, and which values it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from nnstudio.settings.kinds import KIND_WORDS, has_kind, number_words

_REASONABLE_INT = 2**31 - 1
_MOST_LENGTHS = 3


@dataclass(frozen=True)
class Setting:
    """What one setting is: its name, kind, default, bounds and one sentence of help.

    ``choices`` are strings, or classes whose instances are the values (an initializer, a loss).
    ``optional`` settings may be None. A tuple's bounds are those of each of its ``item`` numbers, of which
    there are ``length``, or any number where that is None. ``start`` is what an optional one is when it is
    switched on; without it a plain value within the bounds.
    """

    help: str
    default: Any
    name: str = ""
    kind: type = object
    optional: bool = False
    item: type = object
    length: int | None = None
    minimum: float | None = None
    above: float | None = None
    maximum: float | None = None
    below: float | None = None
    choices: tuple[Any, ...] = ()
    unit: str = ""
    label: str = ""
    ladder: bool = False
    main: bool = False
    advanced: bool = False
    start: Any = None
    arbitrary: bool = False
    absent: str = "none"

    @property
    def title(self) -> str:
        """The label of the setting in a form: "Learning rate" for ``learning_rate``."""
        return self.label or self.name.replace("_", " ").capitalize()

    def differs(self, value: Any) -> bool:
        """Whether ``value`` is another than the default, where there is one worth going back to."""
        return not self.arbitrary and bool(value != self.default)

    @property
    def is_size(self) -> bool:
        """Whether it is a few numbers that belong together as lengths do: a kernel of 3 × 3."""
        return self.kind is tuple and self.length is not None and self.length <= _MOST_LENGTHS

    @property
    def is_switch(self) -> bool:
        """Whether there is nothing to choose but whether at all."""
        return self.optional and len(self.choices) == 1

    @property
    def first_value(self) -> Any:
        """What the setting is when a person switches it on: its start, its default, or a plain value."""
        picks = [choice() if isinstance(choice, type) else choice for choice in self.choices]
        plain = [self._plain_value(number) for number in (0.01 if self.ladder else 1, 1, 0.5, 0)]
        candidates = (self.start, self.default, *(picks or plain), self.minimum, self.maximum)
        return next(value for value in candidates if value is not None and self.problem(value) is None)

    def _plain_value(self, number: float) -> Any:
        if self.kind is tuple:
            return (self.item(number),) * (self.length or 1)
        return self.kind(number) if self.kind in (int, float, bool) else ""

    def problem(self, value: Any) -> str | None:
        """Say in a sentence why ``value`` is refused, or return None where it is fine."""
        if value is None and self.optional:
            return None
        if self.choices:
            return self._choice_problem(value)
        if self.kind is tuple:
            return self._tuple_problem(value)
        return self._number_problem(value, self.kind)

    def _number_problem(self, value: Any, kind: type) -> str | None:
        if not has_kind(value, kind):
            return f"{self.title} must be {KIND_WORDS.get(kind, kind.__name__)}, not {value!r}."
        if kind in (int, float) and not self._within(value):
            return f"{self.title} must be {self.range_words()}, not {number_words(value)}."
        return None

    def _tuple_problem(self, value: Any) -> str | None:
        if not isinstance(value, tuple) or (self.length is not None and len(value) != self.length):
            noun = "texts" if self.item is str else "numbers"
            count = noun if self.length is None else f"{self.length} {noun}"
            return f"{self.title} must be {count}, not {value!r}."
        problems = (self._number_problem(number, self.item) for number in value)
        return next((sentence for sentence in problems if sentence), None)

    def range_words(self) -> str:
        """The bounds in words: "at least 0 and below 1"."""
        bounds = (
            (self.minimum, "at least"),
            (self.above, "above"),
            (self.largest if self.below is None else None, "at most"),
            (self.below, "below"),
        )
        return " and ".join(f"{word} {number_words(bound)}" for bound, word in bounds if bound is not None)

    @property
    def largest(self) -> float:
        """The largest absolute value that is taken at all."""
        return _REASONABLE_INT if self.maximum is None else self.maximum

    def _choice_problem(self, value: Any) -> str | None:
        is_word = isinstance(value, str) and value in self.choices
        if is_word or type(value) in self.choices:
            return None
        names = ", ".join(choice if isinstance(choice, str) else choice.__name__ for choice in self.choices)
        return f"{self.title} must be one of {names}, not {value!r}."

    def _within(self, value: float) -> bool:
        return (
            (isinstance(value, int) or math.isfinite(value))
            and abs(value) <= max(self.largest, _REASONABLE_INT)
            and value <= self.largest
            and (self.minimum is None or value >= self.minimum)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )
