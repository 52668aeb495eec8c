"""ShortNumbers: 0.001 again, where Keras wrote the number of 32 bits beside it, 0.0010000000474974513."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

import numpy as np

from nnstudio.settings import settings_of

Owner = TypeVar("Owner")


def with_short_numbers(owner: Owner) -> Owner:
    """Return ``owner`` with the numbers that a person typed, in everything that its settings consist of."""
    values = {declared.name: _short(getattr(owner, declared.name)) for declared in settings_of(owner)}
    return dataclasses.replace(owner, **values)  # type: ignore[type-var]


def _short(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return with_short_numbers(value)
    if isinstance(value, tuple):
        return tuple(_short(number) for number in value)
    return _short_number(value) if isinstance(value, float) else value


def _short_number(value: float) -> float:
    with np.errstate(over="ignore"):
        near = np.float32(value)
    return float(str(near)) if float(near) == value else value
