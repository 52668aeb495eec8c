"""KerasOptimizers: an optimizer with its schedule as Keras describes it in a file, and back."""

from __future__ import annotations

from typing import Any

from nnstudio.engine.optimizers import OPTIMIZERS, Optimizer
from nnstudio.errors import FileError
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_owners import config_of, read_config
from nnstudio.formats.values import Json, name_and_config, owner_from_json, shortened, squashed
from nnstudio.settings import settings_of

_NEW = "Custom>"  # what Keras 2 writes before the names of its newer optimizers
# What nnstudio alone can say; its own group keeps it.
_UNSAID = {"schedule", "legacy_epsilon"}
# What Keras writes and what changes nothing without another key.
_IDLE = {"name", "is_legacy_optimizer", "jit_compile", "ema_momentum", "ema_overwrite_frequency"}


def optimizer_entry(optimizer: Optimizer) -> Json:
    """Return Keras' description of ``optimizer``; Keras 2 takes only what is set."""
    name = type(optimizer).__name__
    said = {key: value for key, value in config_of(optimizer).items() if key not in _UNSAID}
    set_ = {key: value for key, value in said.items() if value is not None}
    return {"class_name": name, "config": {"name": name, **set_}}


def read_optimizer(value: Any, dialect: Dialect, notes: list[str]) -> Optimizer:
    """Return the optimizer that ``value`` describes; ``notes`` gets a sentence for what is left out.

    Raises:
        FileError: nnstudio has none like it.
    """
    name, config = name_and_config(value)
    kind = _kind(name.removeprefix(_NEW))
    config = {"learning_rate" if key == "lr" else key: value for key, value in config.items()}
    rate = config.get("learning_rate")
    if isinstance(rate, dict):
        notes.append("The file's schedule of learning rates is not used, only the rate that it begins with.")
        config["learning_rate"] = name_and_config(rate)[1].get("initial_learning_rate")
    found = read_config(kind, config, dialect)
    for key in sorted(found.foreign.keys() - _IDLE):
        if found.foreign[key]:
            notes.append(shortened(f"nnstudio's {kind.__name__} has no {key}; training goes on without it."))
    return owner_from_json(kind, _without_unset(kind, found.settings))


def _kind(name: str) -> type[Optimizer]:
    for kind in OPTIMIZERS:
        if squashed(kind.__name__) == squashed(name):
            return kind
    known = ", ".join(kind.__name__ for kind in OPTIMIZERS)
    raise FileError(shortened(f"expected one of {known}, found {name}."))


def _without_unset(kind: type[Optimizer], settings: Json) -> Json:
    """Return the settings without those that Keras left to its own default by writing null."""
    optional = {declared.name for declared in settings_of(kind) if declared.optional}
    return {name: value for name, value in settings.items() if value is not None or name in optional}
