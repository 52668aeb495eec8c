"""KerasSchedules: a learning rate and its schedule, one object in Keras' files, and back.

Keras' schedules hold rates; those of nnstudio hold factors of the optimizer's learning rate.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from nnstudio.engine.schedules import (
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    LinearWarmup,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
)
from nnstudio.errors import FileError
from nnstudio.formats.values import Json, name_and_config, owner_from_json, settings_to_json, shortened

_RATE = "initial_learning_rate"
_ENDLESS = 1e30
# Keras 3 opens a schedule only where its module is told.
_MODULE = {"module": "keras.optimizers.schedules", "registered_name": None}


def rate_to_keras(rate: float, schedule: Schedule) -> Any:
    """Return what Keras takes for a learning rate; the plain one where it has no schedule like this."""
    config = _config(schedule, float(rate))
    kind = PolynomialDecay if isinstance(schedule, LinearWarmup) else type(schedule)
    return {**_MODULE, "class_name": kind.__name__, "config": config} if config else float(rate)


@singledispatch
def _config(schedule: Schedule, rate: float) -> Json:
    return {}  # one that follows the length of the training, which Keras' schedules do not know


@_config.register
def _(schedule: ExponentialDecay | InverseTimeDecay, rate: float) -> Json:
    return {_RATE: rate, **settings_to_json(schedule)}


@_config.register
def _(schedule: PiecewiseConstantDecay, rate: float) -> Json:
    rates = [rate, *(rate * factor for factor in schedule.factors)]
    return {"boundaries": list(schedule.boundaries), "values": rates}


@_config.register
def _(schedule: PolynomialDecay, rate: float) -> Json:
    if schedule.decay_steps is None:
        return {}
    return {
        _RATE: rate,
        "decay_steps": schedule.decay_steps,
        "end_learning_rate": rate * schedule.end_factor,
        "power": float(schedule.power),
        "cycle": schedule.cycle,
    }


@_config.register
def _(schedule: CosineDecay, rate: float) -> Json:
    if schedule.decay_steps is None:
        return {}
    config = {_RATE: rate, "decay_steps": schedule.decay_steps, "alpha": float(schedule.alpha)}
    if not schedule.warmup_steps:
        return config
    return {**config, _RATE: 0.0, "warmup_target": rate, "warmup_steps": schedule.warmup_steps}


@_config.register
def _(schedule: LinearWarmup, rate: float) -> Json:
    """Describe it as a straight line that ends higher than it begins."""
    steps = schedule.warmup_steps
    if steps == 1:
        return {}
    line = PolynomialDecay(decay_steps=steps - 1, end_factor=float(steps))
    return _config(line, rate / steps)


def rate_from_keras(value: Json) -> tuple[Any, Schedule]:
    """Return the learning rate and the schedule of it that ``value`` describes; both are not checked yet.

    Raises:
        FileError: nnstudio has no schedule like it.
    """
    name, config = name_and_config(value)
    if name not in _READERS:
        raise FileError(shortened(f"nnstudio does not know {name}."))
    return _READERS[name](config)


def first_rate(value: Json) -> Any:
    """Return the learning rate that any schedule of Keras begins with.

    Raises:
        FileError: it does not say.
    """
    config = name_and_config(value)[1]
    if _RATE not in config and not isinstance(config.get("values"), list):
        raise FileError("Its learning rate is unknown.")
    return config[_RATE] if _RATE in config else next(iter(config["values"]), None)


def _plain(kind: type[Schedule]) -> Callable[[Json], tuple[Any, Schedule]]:
    return lambda config: (config.get(_RATE), _schedule(kind, config))


def _schedule(kind: type[Schedule], config: Json) -> Schedule:
    whole = {key: _whole(value) if key.endswith("_steps") else value for key, value in config.items()}
    return owner_from_json(kind, whole)


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _piecewise(config: Json) -> tuple[Any, Schedule]:
    first, *rest = _rates(config.get("values"))
    parts = {"boundaries": config.get("boundaries"), "factors": [rate / first for rate in rest]}
    return first, _schedule(PiecewiseConstantDecay, parts)


def _polynomial(config: Json) -> tuple[Any, Schedule]:
    start, end = _rates([config.get(_RATE), config.get("end_learning_rate", 0.0001)])
    return start, _schedule(PolynomialDecay, {**config, "end_factor": end / start})


def _cosine(config: Json) -> tuple[Any, Schedule]:
    target = config.get("warmup_target")
    if target is None:
        return config.get(_RATE), _schedule(CosineDecay, {**config, "warmup_steps": 0})
    if config.get(_RATE):
        raise FileError("nnstudio's warm-up begins at 0.")
    return target, _schedule(CosineDecay, config)


def _rates(values: Any) -> list[float]:
    """Return rates of which the first is a number that others can be factors of."""
    rates = values if isinstance(values, list) else []
    sound = all(type(rate) in (int, float) and 0 <= rate < _ENDLESS for rate in rates)
    if not rates or not sound or not rates[0]:
        raise FileError("Its learning rates are no numbers.")
    return rates


_READERS: dict[str, Callable[[Json], tuple[Any, Schedule]]] = {
    "ExponentialDecay": _plain(ExponentialDecay),
    "InverseTimeDecay": _plain(InverseTimeDecay),
    "PiecewiseConstantDecay": _piecewise,
    "PolynomialDecay": _polynomial,
    "CosineDecay": _cosine,
}
