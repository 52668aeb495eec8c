"""Values: what declares settings becomes plain JSON under its own names, and comes back checked."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from nnstudio.errors import FileError
from nnstudio.settings import Setting, problems_with, settings_of

Json = dict[str, Any]
Owner = TypeVar("Owner")

MOST_CHARACTERS = 2**24  # a description of a network is text a person could read
_MOST_SHOWN = 300
_MOST_DEEP = 100


def settings_to_json(owner: Any) -> Json:
    """Return the settings of ``owner`` by name; values that declare settings become nested objects."""
    return {
        declared.name: setting_to_json(declared, getattr(owner, declared.name))
        for declared in settings_of(owner)
    }


def named_to_json(owner: Any) -> Json:
    """Return ``owner`` as Keras writes an object: its class and its settings."""
    return {"class_name": type(owner).__name__, "config": settings_to_json(owner)}


def setting_to_json(declared: Setting, value: Any) -> Any:
    """Return one setting's value as JSON."""
    if dataclasses.is_dataclass(value):
        return named_to_json(value)
    if isinstance(value, tuple):
        return [_number(declared.item, number) for number in value]
    return _number(declared.kind, value)


def _number(kind: type, value: Any) -> Any:
    """Return ``value`` as its kind is written: Keras refuses a learning rate of 1 that is not 1.0."""
    return float(value) if kind is float and value is not None else value


def owner_from_json(owner_type: type[Owner], config: Any) -> Owner:
    """Return the value that `settings_to_json` turned into ``config``; a missing setting has its default.

    What of it is an owner already, such as an initializer, is taken as it is.

    Raises:
        FileError: a setting is not what its declaration allows, or two of them exclude each other.
    """
    if not isinstance(config, dict):
        raise FileError(f"The settings of {owner_type.__name__} are not an object.")
    owner = owner_type(
        **{
            declared.name: _from_json(declared, config[declared.name])
            for declared in settings_of(owner_type)
            if declared.name in config
        }
    )
    for problem in problems_with(owner):
        raise FileError(shortened(problem))
    return owner


def _from_json(declared: Setting, value: Any) -> Any:
    classes = [choice for choice in declared.choices if isinstance(choice, type)]
    if (value is None and declared.optional) or type(value) in classes:
        return value
    if classes:
        return named_from_json(classes, value)
    if isinstance(value, list) and declared.kind is tuple:
        value = tuple(value)
    problem = declared.problem(value)
    if problem:
        raise FileError(shortened(problem))
    if isinstance(value, tuple):
        return tuple(_number(declared.item, number) for number in value)
    return _number(declared.kind, value)


def named_from_json(classes: Iterable[type], value: Any) -> Any:
    """Return the object that ``value`` describes by class and settings, or by the name of its class alone."""
    name, config = name_and_config(value)
    for known in classes:
        if squashed(known.__name__) == squashed(name):
            return owner_from_json(known, config)
    names = ", ".join(known.__name__ for known in classes)
    raise FileError(shortened(f"Expected one of {names}, found {name!r}."))


def name_and_config(value: Any) -> tuple[str, Json]:
    """Return class name and settings of an object as any Keras writes it: a name, or both."""
    name = value.get("class_name") if isinstance(value, dict) else value
    config = value.get("config") if isinstance(value, dict) else None
    if not isinstance(name, str):
        raise FileError(shortened(f"Expected the name of a class, found {name!r}."))
    return name, config if isinstance(config, dict) else {}


def squashed(name: str) -> str:
    """Return a name without what differs between spellings: GlorotUniform and glorot_uniform are one."""
    return name.replace("_", "").lower()


def shortened(sentence: str, most: int = _MOST_SHOWN) -> str:
    """Return a sentence that quotes a file, without line breaks and not endlessly long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in sentence[: most + 1])
    return plain if len(plain) <= most else plain[:most] + " ..."


def parse_json(text: str, what: str, most: int = MOST_CHARACTERS) -> Any:
    """Return what ``text``, of at most ``most`` characters, says in JSON.

    Raises:
        FileError: it is no JSON, has numbers that are not finite, or is nested without end.
    """
    if len(text) > most:
        raise FileError(f"Its {what} is {len(text):,} characters long; that is no description of a network.")
    try:
        found = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except RecursionError:
        raise FileError(f"Its {what} is nested too deeply.") from None
    except ValueError as error:
        raise FileError(f"Its {what} cannot be read ({shortened(str(error))}).") from error
    if _is_deep(found):
        raise FileError(f"Its {what} is nested too deeply.")
    return found


def _is_deep(value: Any) -> bool:
    """Say whether lists and objects lie in one another deeper than functions should follow them."""
    level = [value]
    for _ in range(_MOST_DEEP):
        outer = [part for part in level if isinstance(part, dict | list)]
        if not outer:
            return False
        level = [inner for part in outer for inner in (part.values() if isinstance(part, dict) else part)]
    return True


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
