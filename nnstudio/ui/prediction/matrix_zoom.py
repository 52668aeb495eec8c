"""Matrix zoom: the sizes of cells that a person steps through, from all in view to large."""

from __future__ import annotations

_STEP = 1.25


def zoomed_in(pitch: float, most: float) -> float:
    """Return the next larger size of a cell, in whole pixels."""
    return min(most, max(pitch + 1, float(round(pitch * _STEP))))


def zoomed_out(pitch: float, fitting: float) -> float | None:
    """Return the next smaller size; None once all is in view with cells of ``fitting`` pixels."""
    smaller = min(pitch - 1, float(round(pitch / _STEP)))
    return smaller if smaller > fitting else None
