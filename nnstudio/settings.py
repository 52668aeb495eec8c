"""Settings: one declaration per setting, read by engine, form, checks, files and manual alike.

A class declares what a person can set as dataclass fields::

    units: int = setting(128, "How many outputs the layer has.", minimum=1)

`settings_of` gives the declarations back, `problems_with` says which values break them. A kind is a number, a
yes or no, a text, a tuple of whole or real numbers, or what a choice gives; ``float | None`` may be left out.
A form shows the ``advanced`` ones only when asked. So are all of a class that says so (``advanced = True``
for initializers), and what every owner of a family has (``kw_only``: a layer's name).
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_KEY = "setting"
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
        if not _has_kind(value, kind):
            return f"{self.title} must be {_KIND_WORDS.get(kind, kind.__name__)}, not {value!r}."
        if kind in (int, float) and not self._within(value):
            return f"{self.title} must be {self.range_words()}, not {_number_words(value)}."
        return None

    def _tuple_problem(self, value: Any) -> str | None:
        if not isinstance(value, tuple) or (self.length is not None and len(value) != self.length):
            count = "numbers" if self.length is None else f"{self.length} numbers"
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

    def _within(self, value: float) -> bool:
        return (
            (isinstance(value, int) or math.isfinite(value))
            and abs(value) <= max(self.largest, _REASONABLE_INT)
            and value <= self.largest
            and (self.minimum is None or value >= self.minimum)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


def _has_kind(value: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


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
    advanced: bool = False,
    start: Any = None,
    arbitrary: bool = False,
    absent: str = "none",
) -> Any:
    """Declare a setting as the field of a frozen dataclass.

    Args:
        choices: the values allowed, or the classes of which a value is an instance.
        unit: what stands behind the number, such as "units" or "of inputs".
        ladder: steps go 1, 3, 10, 30 instead of by a fixed amount.
        main: stands on the layer's card, not only in the form.
        advanced: few people need it, so that a form shows it only when asked.
        start: what an optional setting is when a person switches it on.
        arbitrary: any value is as good as the default, such as a name or a seed.
        absent: what a person reads where an optional setting is left out.
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
        advanced=advanced,
        start=start,
        arbitrary=arbitrary,
        absent=absent,
    )
    return dataclasses.field(default=default, metadata={_KEY: declared})


@cache
def _declared(owner: type) -> tuple[Setting, ...]:
    kinds = typing.get_type_hints(owner)
    fields = [field for field in dataclasses.fields(owner) if _KEY in field.metadata]
    fields.sort(key=lambda field: bool(field.kw_only))  # what every layer has (name, trainable) comes last
    return tuple(
        dataclasses.replace(
            field.metadata[_KEY],
            name=field.name,
            advanced=_is_advanced(field),
            **_kind_of(kinds[field.name]),
        )
        for field in fields
    )


def _is_advanced(field: dataclasses.Field[Any]) -> bool:
    declared = field.metadata[_KEY]
    kinds = (choice for choice in declared.choices if isinstance(choice, type))
    return declared.advanced or bool(field.kw_only) or any(getattr(kind, "advanced", False) for kind in kinds)


def _kind_of(hint: Any) -> dict[str, Any]:
    """Return what a type hint says of a setting: its kind, whether None will do, a tuple's numbers."""
    parts = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        return {**_kind_of(parts[0]), "optional": parts[1:] == (types.NoneType,)}
    if typing.get_origin(hint) is tuple:
        return {"kind": tuple, "item": parts[0], "length": None if parts[1] is ... else len(parts)}
    return {"kind": hint if isinstance(hint, type) else object}


def settings_of(owner: Any) -> tuple[Setting, ...]:
    """Return the settings that a class or an instance of it declares, in order of declaration."""
    return _declared(owner if isinstance(owner, type) else type(owner))


def problems_with(owner: Any) -> tuple[str, ...]:
    """Return a sentence for each setting of ``owner``, and of its values, that is refused.

    What several settings forbid each other an owner tells in a method ``conflicts() -> Iterator[str]``.
    """
    return tuple(_problems(owner))


def _problems(owner: Any) -> Iterator[str]:
    sound = True
    for declared in settings_of(owner):
        value = getattr(owner, declared.name)
        sentence = declared.problem(value)
        if sentence:
            sound = False
            yield sentence
        elif dataclasses.is_dataclass(value):
            yield from _problems(value)
    if sound and hasattr(owner, "conflicts"):
        yield from owner.conflicts()
