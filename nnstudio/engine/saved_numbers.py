"""SavedNumbers: takes numbers by name out of what was saved, each checked to be what it should be."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from nnstudio.errors import FileError

_MOST = 2**53
_LARGEST = sys.float_info.max


class SavedNumbers:
    """A dictionary that nobody vouches for; what is missing or of another kind raises a FileError."""

    def __init__(self, numbers: Any) -> None:
        self._numbers: Mapping[str, Any] = numbers if isinstance(numbers, dict) else {}

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    def part(self, name: str) -> SavedNumbers:
        """Return the dictionary ``name`` within this one."""
        return SavedNumbers(self._numbers.get(name))

    def whole(self, name: str, most: int = _MOST) -> int:
        """Return the whole number ``name``, which is 0 to ``most``."""
        value = self._numbers.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise damaged(name)
        return value

    def real(self, name: str) -> float:
        """Return the finite number ``name``."""
        value = self._numbers.get(name)
        if not isinstance(value, int | float) or not -_LARGEST <= value <= _LARGEST:
            raise damaged(name)
        return float(value)

    def real_or_none(self, name: str) -> float | None:
        """Return the finite number ``name``, or None where there is none."""
        return None if self._numbers.get(name) is None else self.real(name)

    def yes(self, name: str) -> bool:
        """Return whether ``name`` is so."""
        value = self._numbers.get(name)
        if not isinstance(value, bool):
            raise damaged(name)
        return value

    def fill(self, name: str, rng: np.random.Generator) -> None:
        """Bring ``rng`` into the state ``name``."""
        try:
            rng.bit_generator.state = self._numbers[name]
        except (TypeError, ValueError, LookupError, OverflowError) as error:
            raise damaged(name) from error


def damaged(name: str) -> FileError:
    """Return the error for a saved training whose ``name`` cannot be used."""
    return FileError(f"The saved training is damaged: its {name} cannot be used. Train anew.")
