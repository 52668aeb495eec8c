"""Ticks: round numbers for an axis: where it ends, where its lines stand and what is written there."""

from __future__ import annotations

import math
from collections.abc import Iterable

_ROUND_ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_LEAST_VALUE = 1e-9  # what a logarithmic axis shows for zero
_SHORT, _LONG = 1e-4, 1e5  # beyond these an axis has no room for all digits
_LARGE, _HUGE = 1e3, 1e7
_SIGNIFICANT = 3
Range = tuple[float, float]


def to_log(value: float) -> float:
    """Return where a value stands on a logarithmic axis."""
    return math.log10(max(value, _LEAST_VALUE))


def round_step(span: float, most: int) -> float:
    """Return the smallest of ..., 1, 2, 5, 10, ... that divides ``span`` into at most ``most`` parts."""
    least = max(span, 1e-12) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1.0, 2.0, 5.0, 10.0) if power * factor >= least * (1 - 1e-9))


def linear_ticks(low: float, high: float, most: int) -> list[float]:
    """Return the round values from ``low`` to ``high``.

    Where that is one alone, which does not tell how far anything is from it, the next smaller step is taken.
    """
    step = round_step(high - low, most)
    ticks = _multiples(step, low, high)
    finer = _multiples(round_step(step / 2.5, 1), low, high) if len(ticks) < 2 else ticks
    return finer if len(finer) <= most + 1 else ticks


def _multiples(step: float, low: float, high: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    return [step * index for index in range(first, last + 1)]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Return the logarithms, from ``low`` to ``high``, of 1, 2, 5 and powers of ten, or of powers alone."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    fine = [power + math.log10(factor) for power in powers for factor in (1, 2, 5)]
    ticks = [tick for tick in fine if low - 1e-9 <= tick <= high + 1e-9]
    if len(ticks) <= most + 1:
        return ticks if len(ticks) > 1 else [low, high]
    every = math.ceil(len(powers) / max(most, 1))
    return [float(power) for power in powers if power % every == 0 and low - 1e-9 <= power <= high + 1e-9]


def round_end(value: float) -> float:
    """Return the first round number that is not below ``value``, so that an axis moves only now and then."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * end for end in _ROUND_ENDS if power * end >= value * (1 - 1e-9))


def round_range(values: Iterable[float], most: int, *, log: bool = False, percent: bool = False) -> Range:
    """Return a range with round ends around ``values``; of a percentage never beyond 0 and 1."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return (-2.0, 0.0) if log else (0.0, 1.0)
    low, high = min(finite), max(finite)
    if log:
        return _round_logs(low, high)
    step = round_step(max(high - low, 1e-6 * max(1.0, abs(high))), most)
    low, high = step * math.floor(low / step + 1e-6), step * math.ceil(high / step - 1e-6)
    low, high = (max(low, 0.0), min(high, 1.0)) if percent else (low, high)
    return (low, high) if high > low else (low - step, high + step)


def short_words(value: float) -> str:
    """Return a number for an axis, with an exponent where it is long: "250", "0.05", "2.5e8"."""
    if value == 0 or _SHORT <= abs(value) < _LONG:
        text = f"{value:.{_SIGNIFICANT}g}" if abs(value) < 1000 else f"{value:,.0f}"
    else:
        mantissa, exponent = f"{value:.2e}".split("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return text.replace("-", "\u2212")


def figure_words(value: float) -> str:
    """Return a loss as it is read: four digits after the point while it is small, an exponent when huge."""
    if not math.isfinite(value):
        return "–"
    if abs(value) >= _HUGE:
        return short_words(value)
    return (f"{value:.4f}" if abs(value) < _LARGE else f"{value:,.0f}").replace("-", "\u2212")


def padded(low: float, high: float, share: float) -> Range:
    """Return the range with a share of it more at each end."""
    pad = share * (high - low)
    return low - pad, high + pad


def _round_logs(low: float, high: float) -> Range:
    ends = [
        power + math.log10(factor)
        for power in range(math.floor(low) - 1, math.ceil(high) + 2)
        for factor in (1, 2, 5)
    ]
    below = max((end for end in ends if end <= low + 1e-9), default=low)
    above = min((end for end in ends if end >= high - 1e-9), default=high)
    return (below, above) if above > below else (below - 1.0, above)


def tick_words(values: list[float], *, log: bool = False, percent: bool = False) -> list[str]:
    """Return the numbers of an axis, all with the same digits: "98 %", "0.05", "1,000"."""
    if log:
        return [short_words(10.0**value) for value in values]
    shown = [100.0 * value if percent else value for value in values]
    if any(abs(value) >= _LONG for value in shown):
        short = [short_words(value) for value in shown]
        return short if len(set(short)) == len(short) else [f"{value:,.8g}" for value in shown]
    gap = min((abs(b - a) for a, b in zip(shown, shown[1:], strict=False)), default=1.0)
    digits = max(0, -math.floor(math.log10(gap) + 1e-6)) if gap > 0 else 0
    texts = (f"{value:,.{digits}f}".replace("-", "\u2212") for value in shown)
    return [f"{text} %" if percent else text for text in texts]
