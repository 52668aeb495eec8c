"""Collector: Python's garbage collector, run in the window's thread between two events, and nowhere else."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 250


class Collector(QObject):
    """Collects when Qt holds no lock, and never again what the program keeps until its end.

    Python collects wherever it happens to allocate: in a training thread, where no widget may be destroyed,
    or inside a call of Qt that holds a lock, which the destructor of what is found may wait for. A whole
    collection also walks through all modules, 70 ms in which the window stands still.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_some)
        self._timer.start(_LOOK_MS)


def collect_some() -> None:
    """Collect as much as Python would have by now."""
    due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if due[0]:
        gc.collect(2 if all(due) else 1 if due[1] else 0)
