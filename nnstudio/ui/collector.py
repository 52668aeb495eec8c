"""Collector: Python's collector of circles, run in the window's thread alone."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 200
_OLDEST_FIRST = (2, 1, 0)


class Collector(QObject):
    """Collects as often as Python would, by a timer.

    Left to itself Python collects in whichever thread allocates. A training or an evaluation that destroys
    Qt's objects in its own thread waits for the window while the window waits for it: both stand still.
    What is there when it begins stays to the end, and is never looked through again, which would hold the
    window up for a tenth of a second each time.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in _OLDEST_FIRST:
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
