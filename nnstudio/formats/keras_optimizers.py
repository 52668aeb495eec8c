"""KerasOptimizers: an optimizer with its schedule as Keras describes it in a file, and back."""

from __future__ import annotations

from typing import Any

from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Nadam, Optimizer
from nnstudio.engine.schedules import Constant, InverseTimeDecay, Schedule
from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_owners import config_of, read_config
from nnstudio.formats.keras_schedules import first_rate, rate_from_keras, rate_to_keras
from nnstudio.formats.values import Json, name_and_config, owner_from_json, shortened, squashed
from nnstudio.settings import settings_of

_NEW = "Custom>"  # what Keras 2 writes before the names of its newer optimizers
# What Keras writes and what changes nothing without another key.
_IDLE = {"name", "is_legacy_optimizer", "jit_compile", "ema_momentum", "ema_overwrite_frequency"}
_ONLY_IN_FORCE = {"weight_decay", "clipnorm", "clipvalue", "global_clipnorm"}
_ALIASES = {"lr": "learning_rate"}
_LEGACY = "legacy_epsilon"
# Keras has no optimizer like it; it opens the file with the nearest one.
_NEAREST: dict[str, type[Optimizer]] = {"Guess": SGD}


def optimizer_entry(optimizer: Optimizer) -> Json:
    """Return Keras' description of ``optimizer``; Keras 2 takes only settings that are in force."""
    kind = _NEAREST.get(type(optimizer).__name__, type(optimizer))
    shared = {declared.name for declared in settings_of(kind)} - {"schedule", _LEGACY}
    said = {key: value for key, value in config_of(optimizer).items() if key in shared}
    config = {key: value for key, value in said.items() if value or key not in _ONLY_IN_FORCE}
    config["learning_rate"] = rate_to_keras(optimizer.learning_rate, optimizer.schedule)
    return {"class_name": kind.__name__, "config": {"name": kind.__name__, **config}}


def read_optimizer(value: Any, dialect: Dialect, notes: list[str]) -> Optimizer:
    """Return the optimizer that ``value`` describes; ``notes`` gets a sentence for what is left out.

    Raises:
        FileError: nnstudio has none like it.
    """
    name, config = name_and_config(value)
    kind = _kind(name.removeprefix(_NEW))
    config = {_ALIASES.get(key, key): value for key, value in config.items()}
    config, schedule = _without_schedule(kind, config, notes)
    found = read_config(kind, config, dialect)
    for key in sorted(found.foreign.keys() - _IDLE):
        if found.foreign[key]:
            notes.append(shortened(f"nnstudio's {kind.__name__} has no {key}; training goes on without it."))
    settings = {**_without_unset(kind, found.settings), "schedule": schedule}
    if _is_legacy(name, config, dialect) and _LEGACY in {declared.name for declared in settings_of(kind)}:
        settings[_LEGACY] = True
    return owner_from_json(kind, settings)


def _kind(name: str) -> type[Optimizer]:
    for kind in OPTIMIZERS:
        if squashed(kind.__name__) == squashed(name):
            return kind
    known = ", ".join(kind.__name__ for kind in OPTIMIZERS)
    raise FileError(shortened(f"expected one of {known}, found {name}."))


def _without_schedule(kind: type[Optimizer], config: Json, notes: list[str]) -> tuple[Json, Schedule]:
    """Return the config with a plain learning rate, and the schedule of it."""
    rate, decay = config.get("learning_rate"), config.get("decay")
    if isinstance(rate, dict):
        try:
            start, schedule = rate_from_keras(rate)
            return {**config, "learning_rate": start}, schedule
        except FileError as error:
            notes.append(f"The file's learning rate stays as it begins: {error}")
            return {**config, "learning_rate": first_rate(rate)}, Constant()
    if type(decay) is float and decay > 0.0 and kind is not Nadam:  # there it is of the momentum
        rest = {key: value for key, value in config.items() if key != "decay"}
        return rest, InverseTimeDecay(decay_steps=1, decay_rate=decay)
    return config, Constant()


def _is_legacy(name: str, config: Json, dialect: Dialect) -> bool:
    """Say whether Keras 2 would take its older form of an optimizer: the one that is not marked as new."""
    new = name.startswith(_NEW) or config.get("is_legacy_optimizer") is False or not config
    return dialect is Dialect.KERAS_2 and not new


def _without_unset(kind: type[Optimizer], settings: Json) -> Json:
    """Return the settings without those that Keras left to its own default by writing null."""
    optional = {declared.name for declared in settings_of(kind) if declared.optional}
    return {name: value for name, value in settings.items() if value is not None or name in optional}
