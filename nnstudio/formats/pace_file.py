"""PaceFile: the paces of networks that were measured on this machine, in the user's cache folder."""

from __future__ import annotations

import hashlib
import json
import math
import platform
from contextlib import suppress
from pathlib import Path

import numpy as np

from nnstudio.errors import FileError
from nnstudio.experiments.pace import Pace
from nnstudio.formats.atomic import replace_file
from nnstudio.paths import user_cache_dir

MOST_PACES = 1000
_LARGEST_BYTES = 1_000_000
Paces = dict[str, Pace]


def pace_path() -> Path:
    """Return where the measurements of this machine are: another machine, or NumPy, has its own."""
    return user_cache_dir() / f"pace-{machine_key()}.json"


def machine_key() -> str:
    """Return a short text that stands for this machine."""
    return short_key(repr((platform.node(), platform.machine(), platform.processor(), np.__version__)))


def short_key(text: str) -> str:
    """Return a short text that stands for a long one."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def read_paces(path: Path) -> Paces:
    """Return what was measured; nothing where there is no such file, or it is damaged."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return {}
        found = json.loads(path.read_text("utf-8"))
        paces = {str(key): Pace(float(batch), float(check)) for key, (batch, check) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {key: pace for key, pace in paces.items() if _is_time(pace.batch) and _is_time(pace.check)}


def write_paces(path: Path, paces: Paces) -> None:
    """Keep the newest; a folder that takes nothing costs another measurement, no more."""
    newest = list(paces.items())[-MOST_PACES:]
    text = json.dumps({key: (pace.batch, pace.check) for key, pace in newest})
    with suppress(FileError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode())


def _is_time(seconds: float) -> bool:
    return math.isfinite(seconds) and seconds >= 0.0
