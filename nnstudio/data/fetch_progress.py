"""FetchProgress: how far fetching is, in bytes, as a share, and in words with the time that is left."""

from __future__ import annotations

import time
from collections import deque

from nnstudio.data.watch import Watch

_MB = 1_000_000
_MEMORY_SECONDS = 5.0  # the pace is that of the last seconds: a network changes
_FIRST_WORD_SECONDS = 1.0
_FEW_SECONDS = 10
_MINUTE = 60


class FetchProgress:
    """Counts what came of ``size`` bytes and tells a watch."""

    def __init__(self, size: int, watch: Watch) -> None:
        self.watch = watch
        self._size = size
        self._finished = 0
        self._marks: deque[tuple[float, int]] = deque()

    def at(self, place: int) -> None:
        """Take note that the file on its way has ``place`` bytes now; fewer where it began anew."""
        now, done = time.monotonic(), min(self._finished + place, self._size)
        if self._marks and self._marks[-1][1] > done:
            self._marks.clear()
        self._marks.append((now, done))
        while self._marks[0][0] < now - _MEMORY_SECONDS:
            self._marks.popleft()
        words = f"{done / _MB:.1f} of {self._size / _MB:.1f} MB{self._left(done)}"
        self.watch.told(done / self._size, words)

    def file_done(self, size: int) -> None:
        """Take note that a file of ``size`` bytes is complete."""
        self._finished += size
        self.at(0)

    def _left(self, done: int) -> str:
        (since, first), (now, _) = self._marks[0], self._marks[-1]
        if now - since < _FIRST_WORD_SECONDS or done <= first:
            return ""
        return f", {seconds_words((self._size - done) * (now - since) / (done - first))} left"


def seconds_words(seconds: float) -> str:
    """Return a time to come as people say it: "about 20 seconds"."""
    if seconds < _FEW_SECONDS:
        return "a few seconds"
    if seconds < _MINUTE:
        return f"about {round(seconds / 10) * 10} seconds"
    minutes = round(seconds / _MINUTE)
    if minutes < _MINUTE:
        return "about a minute" if minutes == 1 else f"about {minutes} minutes"
    hours = round(minutes / _MINUTE)
    return "about an hour" if hours == 1 else f"about {hours} hours"
