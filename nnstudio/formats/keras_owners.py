"""KerasOwners: whatever declares settings becomes Keras' config of it, and comes back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_words import class_from_keras, function_from_keras, function_to_keras, words_of
from nnstudio.formats.values import (
    Json,
    name_and_config,
    owner_from_json,
    setting_to_json,
    shortened,
    squashed,
)
from nnstudio.settings import Setting, settings_of

_FUNCTION = "activation"  # a setting whose name ends so names a function
# What Keras writes into initializers and rules and what does not change them.
_IDLE = {"seed", "dtype"}


def config_of(owner: Any) -> Json:
    """Return Keras' config of ``owner``, without what Keras has no word for."""
    words = words_of(type(owner))
    said = (declared for declared in settings_of(owner) if declared.name not in words.unsaid)
    forms = ((words.form(declared.name), _value_to_keras(declared, owner)) for declared in said)
    config = {form.keys[0]: form.write(value) for form, value in forms}
    for left_out in [name for name in words.follows if config[name] is None]:
        config[left_out] = config[words.follows[left_out]]
    return config | words.besides


def _value_to_keras(declared: Setting, owner: Any) -> Any:
    value = getattr(owner, declared.name)
    if dataclasses.is_dataclass(value):
        return {"class_name": type(value).__name__, "config": config_of(value)}
    if declared.name.endswith(_FUNCTION):
        return function_to_keras(value)
    return setting_to_json(declared, value)


@dataclasses.dataclass(frozen=True)
class Reading:
    """What a config of Keras says.

    ``settings`` are for `owner_from_json`, which checks them; ``foreign`` are keys that nnstudio has no
    setting for; ``unknown`` are settings whose value is an object that nnstudio does not know.
    """

    settings: Json = dataclasses.field(default_factory=dict)
    foreign: Json = dataclasses.field(default_factory=dict)
    unknown: list[str] = dataclasses.field(default_factory=list)


def read_config(kind: type, config: Json, dialect: Dialect) -> Reading:
    """Return what Keras' ``config`` says of an owner of class ``kind``."""
    found = Reading()
    names = dict(_names(kind))
    for key, value in config.items():
        if key not in names:
            found.foreign[key] = value
            continue
        declared = names[key]
        try:
            plain = words_of(kind).form(declared.name).read(value)
            found.settings[declared.name] = _value_from_keras(declared, plain, dialect)
        except FileError:
            found.unknown.append(key)
    for name, other in words_of(kind).follows.items():
        if found.settings.get(name) == found.settings.get(other):
            found.settings[name] = None
    return found


def _names(kind: type) -> Iterator[tuple[str, Setting]]:
    """Return the settings of ``kind`` by all keys that Keras has for them."""
    for declared in settings_of(kind):
        for key in (declared.name, *words_of(kind).form(declared.name).keys):
            yield key, declared


def _value_from_keras(declared: Setting, value: Any, dialect: Dialect) -> Any:
    classes = [choice for choice in declared.choices if isinstance(choice, type)]
    if classes and not (value is None and declared.optional):
        return object_from_keras(classes, value, dialect)
    return function_from_keras(value, dialect) if declared.name.endswith(_FUNCTION) else value


def object_from_keras(known: Iterable[type], value: Any, dialect: Dialect) -> Any:
    """Return the initializer, regularizer, constraint or schedule that ``value`` describes.

    Raises:
        FileError: nnstudio has none like it.
    """
    name, config = name_and_config(value)
    for kind in known:
        if squashed(kind.__name__) == squashed(class_from_keras(name)):
            found = read_config(kind, config, dialect)
            foreign = [key for key, value in found.foreign.items() if value and key not in _IDLE]
            if foreign or found.unknown:
                break
            return owner_from_json(kind, found.settings)
    raise FileError(shortened(f"nnstudio does not know {name}."))
