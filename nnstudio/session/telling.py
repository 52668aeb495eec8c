"""Telling: signals from threads whose receiver may be gone."""

from __future__ import annotations

from typing import Any


def tell(signal: Any, *values: object) -> None:
    """Emit ``signal`` from any thread; nothing where the window, and the signal's owner with it, is gone."""
    try:
        signal.emit(*values)
    except RuntimeError:
        return
