"""Pace words: times that were estimated, with no more digits than they are worth."""

from __future__ import annotations

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0
_UNITS = ((2 * _DAY, _DAY, "days"), (2 * _HOUR, _HOUR, "h"), (2 * _MINUTE, _MINUTE, "min"))


def seconds_parts(seconds: float) -> tuple[str, str]:
    """Return an estimated time as a figure and its unit: "≈ 3.8" and "s"."""
    for least, unit, name in _UNITS:
        if seconds >= least:
            return f"≈ {_short(seconds / unit)}", name
    return ("< 0.1", "s") if seconds < 0.1 else (f"≈ {_short(seconds)}", "s")


def seconds_words(seconds: float) -> str:
    """Return an estimated time: "≈ 3.8 s"."""
    return " ".join(seconds_parts(seconds))


def _short(number: float) -> str:
    return f"{number:.1f}" if number < 9.95 else f"{number:,.0f}"
