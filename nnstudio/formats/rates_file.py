"""RatesFile: what everything that networks are made of costs on this machine, in the user's cache folder."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nnstudio.engine.layers import LAYERS
from nnstudio.errors import FileError
from nnstudio.experiments.kind_pace import KindPace
from nnstudio.experiments.rates import Rates
from nnstudio.formats.atomic import replace_file
from nnstudio.formats.pace_file import machine_key
from nnstudio.paths import user_cache_dir

_LARGEST_BYTES = 100_000


def rates_path() -> Path:
    """Return where the rates of this machine are."""
    return user_cache_dir() / f"rates-{machine_key()}.json"


def read_rates(path: Path) -> Rates | None:
    """Return what was measured; None where there is no such file, it is damaged, or there are new layers."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return None
        found = json.loads(path.read_text("utf-8"))
        rates = _rates(found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return rates if {kind.__name__ for kind in LAYERS} <= set(rates.kinds) else None


def write_rates(path: Path, rates: Rates) -> None:
    """Keep what was measured; a folder that takes nothing costs another measurement, no more."""
    with suppress(FileError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, json.dumps(asdict(rates)).encode())


def _rates(found: dict[str, Any]) -> Rates:
    kinds = {str(name): KindPace(**_times(kind)) for name, kind in found["kinds"].items()}
    return Rates(kinds, _times(found["walks"]), **_times({name: found[name] for name in ("step", "gather")}))


def _times(found: dict[str, Any]) -> dict[str, float]:
    """Return finite numbers, none below 0, by their names.

    Raises:
        ValueError: one is something else.
    """
    times = {str(name): float(value) for name, value in found.items()}
    if not all(math.isfinite(value) and value >= 0.0 for value in times.values()):
        raise ValueError
    return times
