"""Settings: one declaration per setting, read by engine, form, checks, files and manual alike.

A class declares what a person can set as dataclass fields::

    units: int = setting(128, "How many outputs the layer has.", minimum=1)

`settings_of` gives the declarations back, `problems_with` says which values break them.
"""

from __future__ import annotations

import dataclasses
import math
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_KEY = "setting"
_REASONABLE_INT = 2**31 - 1


@dataclass(frozen=True)
class Setting:
    """What one setting is: its name, kind, default, bounds and one sentence of help.

    ``choices`` are strings, or classes whose instances are the values (an initializer, a loss).
    """

    help: str
    default: Any
    name: str = ""
    kind: type = object
    minimum: float | None = None
    above: float | None = None
    maximum: float | None = None
    below: float | None = None
    choices: tuple[Any, ...] = ()
    unit: str = ""
    label: str = ""
    ladder: bool = False
    main: bool = False

    @property
    def title(self) -> str:
        """The label of the setting in a form: "Learning rate" for ``learning_rate``."""
        return self.label or self.name.replace("_", " ").capitalize()

    def problem(self, value: Any) -> str | None:
        """Say in a sentence why ``value`` is refused, or return None where it is fine."""
        if self.choices:
            return self._choice_problem(value)
        if not self._has_kind(value):
            return f"{self.title} must be {_KIND_WORDS.get(self.kind, self.kind.__name__)}, not {value!r}."
        if self.kind in (int, float) and not self._within(value):
            return f"{self.title} must be {self.range_words()}, not {_number_words(value)}."
        return None

    def range_words(self) -> str:
        """The bounds in words: "at least 0 and below 1"."""
        bounds = (
            (self.minimum, "at least"),
            (self.above, "above"),
            (self.largest if self.below is None else None, "at most"),
            (self.below, "below"),
        )
        return " and ".join(f"{word} {_number_words(bound)}" for bound, word in bounds if bound is not None)

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

    def _has_kind(self, value: Any) -> bool:
        if self.kind is float:
            return isinstance(value, int | float) and not isinstance(value, bool)
        if self.kind is int:
            return isinstance(value, int) and not isinstance(value, bool)
        return isinstance(value, self.kind)

    def _within(self, value: float) -> bool:
        return (
            (isinstance(value, int) or math.isfinite(value))
            and abs(value) <= max(self.largest, _REASONABLE_INT)
            and value <= self.largest
            and (self.minimum is None or value >= self.minimum)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


def _number_words(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 10**12 else "a number of more than 12 digits"
    return f"{value:g}"


_KIND_WORDS = {int: "a whole number", float: "a number", bool: "yes or no", str: "a text"}


def setting(
    default: Any,
    help: str,
    *,
    minimum: float | None = None,
    above: float | None = None,
    maximum: float | None = None,
    below: float | None = None,
    choices: Sequence[Any] = (),
    unit: str = "",
    label: str = "",
    ladder: bool = False,
    main: bool = False,
) -> Any:
    """Declare a setting as the field of a frozen dataclass.

    Args:
        choices: the values allowed, or the classes of which a value is an instance.
        unit: what stands behind the number, such as "units" or "of inputs".
        ladder: steps go 1, 3, 10, 30 instead of by a fixed amount.
        main: stands on the layer's card, not only in the form.
    """
    declared = Setting(
        help=help,
        default=default,
        minimum=minimum,
        above=above,
        maximum=maximum,
        below=below,
        choices=tuple(choices),
        unit=unit,
        label=label,
        ladder=ladder,
        main=main,
    )
    return dataclasses.field(default=default, metadata={_KEY: declared})


@cache
def _declared(owner: type) -> tuple[Setting, ...]:
    kinds = typing.get_type_hints(owner)
    fields = [field for field in dataclasses.fields(owner) if _KEY in field.metadata]
    fields.sort(key=lambda field: bool(field.kw_only))  # what every layer has (name, trainable) comes last
    return tuple(
        dataclasses.replace(field.metadata[_KEY], name=field.name, kind=_plain(kinds[field.name]))
        for field in fields
    )


def _plain(kind: Any) -> type:
    return kind if isinstance(kind, type) else typing.get_origin(kind) or object


def settings_of(owner: Any) -> tuple[Setting, ...]:
    """Return the settings that a class or an instance of it declares, in order of declaration."""
    return _declared(owner if isinstance(owner, type) else type(owner))


def problems_with(owner: Any) -> tuple[str, ...]:
    """Return one sentence for each setting of ``owner`` whose value its declaration refuses."""
    found = (declared.problem(getattr(owner, declared.name)) for declared in settings_of(owner))
    return tuple(sentence for sentence in found if sentence)
