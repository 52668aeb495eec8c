"""Reading: what a person writes for the values of a setting becomes values, or a sentence what is wrong.

Parts with commas between them, each one of these::

    32, 64, 128             these values; for a choice "relu, tanh", for yes or no "yes, no", or "none"
    16..128 step 16         from 16 to 128 in steps
    1..5                    every whole number
    1e-4..1e-1 log 4        four values, each the same number of times the one before
    0..0.5 lin 6            six values, the same distance apart
    all                     all of a choice
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnstudio.engine.value_words import NONE, choice_words, number_words, value_words
from nnstudio.errors import UserError
from nnstudio.experiments.sweep.sweepable import Sweepable
from nnstudio.settings import Setting

MOST_VALUES = 1000
_DIGITS = 4  # of values within a logarithmic range
_EXACT = 12
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}
_RANGE = re.compile(r"^(?P<low>\S+?)\s*\.\.\s*(?P<high>\S+)(?:\s+(?P<how>[a-z]+)\s+(?P<by>\S+))?$")


def read_values(text: str, setting: Sweepable) -> tuple[Any, ...]:
    """Return the values that ``text`` lists for ``setting``, each once, in their order.

    Raises:
        UserError: a sentence that says what is wrong, for the person who is writing.
    """
    parts = [part.strip() for part in text.split(",")]
    if not any(parts):
        raise UserError(f"Write the values to try, such as {_example(setting)}.")
    if not all(parts):
        raise UserError("There is a comma with nothing beside it. Take it away, or write a value there.")
    values: list[Any] = []
    for part in parts:
        for value in _values(part, setting):
            _refuse(value, setting.declared)
            if value not in values:
                values.append(value)
            if len(values) > MOST_VALUES:
                raise UserError(f"These are more than {MOST_VALUES:,} values. Write fewer.")
    return tuple(values)


def written_values(setting: Sweepable, values: tuple[Any, ...]) -> str:
    """Return values as a person would write them; `read_values` gives them back."""
    return ", ".join(_written(setting.declared, value) for value in values)


def _written(declared: Setting, value: Any) -> str:
    if value is not None and declared.choices and not isinstance(value, str):
        return choice_words(type(value))
    return NONE if value is None else value_words(declared, value)


def _values(part: str, setting: Sweepable) -> Iterator[Any]:
    declared = setting.declared
    if declared.choices:
        yield from _chosen(part, setting)
    elif declared.optional and part.lower() in (NONE, declared.absent):
        yield None
    elif declared.kind is bool:
        yield _yes_or_no(part)
    elif declared.kind is tuple:
        yield _size(part, declared)
    elif ".." in part:
        yield from _range(part, declared)
    else:
        yield _number(part, declared.kind)


def _chosen(part: str, setting: Sweepable) -> Iterator[Any]:
    declared, wanted = setting.declared, part.lower()
    named = {choice_words(one).lower(): one for one in declared.choices}
    named |= {one.__name__.lower(): one for one in declared.choices if isinstance(one, type)}
    if wanted in ("all", "*"):
        yield from (_picked(one, setting) for one in declared.choices)
    elif declared.optional and wanted in (NONE, declared.absent):
        yield None
    elif wanted in named:
        yield _picked(named[wanted], setting)
    else:
        names = ", ".join(choice_words(one) for one in declared.choices)
        raise UserError(f"{declared.title} can be {names}, not {part}.")


def _picked(choice: Any, setting: Sweepable) -> Any:
    """Return the value for a choice: the one of now where it is of that kind, with its own settings."""
    if isinstance(choice, str):
        return choice
    return setting.value if type(setting.value) is choice else choice()


def _yes_or_no(part: str) -> bool:
    found = _YES_NO.get(part.lower())
    if found is None:
        raise UserError(f"Expected yes or no, found {part}.")
    return found


def _size(part: str, declared: Setting) -> tuple[Any, ...]:
    """Read "3 × 5", "3x5", or "3" for all sides alike."""
    sides = [_number(side.strip(), declared.item) for side in re.split("[x×]", part)]
    count = declared.length or 1
    return tuple(sides * count if len(sides) == 1 else sides)


def _number(part: str, kind: type) -> Any:
    try:
        number = float(part)
    except ValueError:
        noun = "a whole number" if kind is int else "a number"
        raise UserError(f"Expected {noun} or a range such as {_RANGES[kind]}, found {part}.") from None
    if not math.isfinite(number):
        raise UserError(f"Expected a finite number, found {part}.")
    if kind is not int:
        return number
    if not number.is_integer():
        raise UserError(f"Expected a whole number, found {part}.")
    return int(number)


_RANGES = {int: "16..128 step 16", float: "1e-4..1e-1 log 4"}


def _range(part: str, declared: Setting) -> list[Any]:
    kind = declared.kind
    found = _RANGE.match(part)
    if found is None:
        raise UserError(f"Expected a range such as {_RANGES[kind]}, found {part}.")
    low, high = _number(found["low"].strip(), kind), _number(found["high"], kind)
    if low >= high:
        raise UserError(f"A range goes up: {number_words(low)} is not below {number_words(high)}.")
    how = found["how"] or ("step" if kind is int else "")
    if how not in _WAYS:
        example = f"{found['low']}..{found['high']}"
        raise UserError(
            f"Say how {example} is filled: {example} step 0.1, {example} lin 5 or {example} log 5."
        )
    return _WAYS[how](low, high, found["by"] or "1", kind)


def _steps(low: float, high: float, by: str, kind: type) -> list[Any]:
    step = _number(by, kind)
    if step <= 0:
        raise UserError(f"A step is above 0, not {by}.")
    count = math.floor((high - low) / step + 1e-9) + 1
    _refuse_many(count)
    return [kind(_rounded(low + index * step, _EXACT)) for index in range(count)]


def _even(low: float, high: float, by: str, kind: type) -> list[Any]:
    return _spread(np.linspace(low, high, _count(by)).tolist(), low, high, kind)


def _logarithmic(low: float, high: float, by: str, kind: type) -> list[Any]:
    if low <= 0:
        raise UserError(f"A logarithmic range begins above 0, not at {number_words(low)}.")
    return _spread(np.geomspace(low, high, _count(by)).tolist(), low, high, kind)


_WAYS = {"step": _steps, "lin": _even, "log": _logarithmic}


def _spread(numbers: list[float], low: float, high: float, kind: type) -> list[Any]:
    """Return the ends as they are written, and what is between them with few digits."""
    if kind is int:
        return [round(number) for number in numbers]
    return [low, *(_rounded(number, _DIGITS) for number in numbers[1:-1]), high]


def _count(by: str) -> int:
    count: int = _number(by, int)
    if count < 2:
        raise UserError(f"A range has at least 2 values, not {by}.")
    _refuse_many(count)
    return count


def _refuse_many(count: int) -> None:
    if count > MOST_VALUES:
        raise UserError(f"These are {count:,} values, and at most {MOST_VALUES:,} are possible. Write fewer.")


def _rounded(number: float, digits: int) -> float:
    return float(f"{number:.{digits}g}")


def _refuse(value: Any, declared: Setting) -> None:
    sentence = declared.problem(value)
    if sentence:
        raise UserError(sentence)


def _example(setting: Sweepable) -> str:
    declared = setting.declared
    if declared.choices:
        return ", ".join(choice_words(one) for one in declared.choices[:2])
    if declared.kind is bool:
        return "yes, no"
    return _RANGES.get(declared.kind, "3, 5")
