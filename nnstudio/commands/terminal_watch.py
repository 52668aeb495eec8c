"""TerminalWatch: shows in a terminal how far long work is; nothing where nobody looks."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from nnstudio.data.watch import Watch

_REDRAW_SECONDS = 0.2


class _TerminalWatch(Watch):
    """Draws one line again and again, away from results."""

    def __init__(self) -> None:
        self._drawn_at = time.monotonic()  # work that takes no time is not worth a word
        self._letters = 0

    def told(self, share: float | None, words: str = "") -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._drawn_at > _REDRAW_SECONDS:
            self._drawn_at = now
            percent = "" if share is None else f"{100 * share:3.0f} %  "
            self._draw(percent + words)

    def clear(self) -> None:
        """Take the line away."""
        if self._letters:
            self._draw("")
            print("\r", end="", file=sys.stderr, flush=True)

    def _draw(self, line: str) -> None:
        line = line[: shutil.get_terminal_size().columns - 1]
        print(f"\r{line.ljust(self._letters)}", end="", file=sys.stderr, flush=True)
        self._letters = len(line)


@contextmanager
def terminal_watch() -> Iterator[Watch]:
    """Give a watch to work with; its line is gone at the end."""
    watch = _TerminalWatch()
    try:
        yield watch
    finally:
        watch.clear()
