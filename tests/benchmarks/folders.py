"""Folders: how long 60,000 images take to open, how long that would hold up a window, and to be cancelled."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

from nnstudio.data.load import load
from nnstudio.data.opening import recipe_for
from nnstudio.data.watch import Watch
from nnstudio.errors import Cancelled
from tests.benchmarks.projects import timed
from tests.data.pictures import noise, png, write

IMAGES, CLASSES = 60_000, 10
_CANCEL_AFTER_SECONDS = 2.0


class _Stop(Watch):
    def __init__(self) -> None:
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def cancelled(self) -> bool:
        return self._stopped.is_set()


def write_images(folder: Path) -> None:
    """Write grey images of 28 x 28 pixels."""
    for number in range(IMAGES):
        write(folder, f"{number % CLASSES}/{number}.png", png(noise(number % 100, 28, 28)))


def cancelled(folder: Path) -> float:
    """Return how many seconds a cancel takes in the middle of reading."""
    watch, told = _Stop(), []

    def stop() -> None:
        told.append(time.perf_counter())
        watch.stop()

    threading.Timer(_CANCEL_AFTER_SECONDS + 3.0, stop).start()
    try:
        load(recipe_for(folder), watch)
    except Cancelled:
        return time.perf_counter() - told[0]
    return 0.0


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_images(folder)
        load(recipe_for(folder))  # the files are in the system's cache from here on
        proposed, held = timed(lambda: recipe_for(folder))
        print(
            f"propose a recipe for {IMAGES:,} images: {proposed:.1f} s, longest hold-up {1000 * held:.0f} ms"
        )
        read, held = timed(lambda: load(recipe_for(folder)))
        print(f"open {IMAGES:,} images: {read:.1f} s, longest hold-up {1000 * held:.0f} ms")
        print(f"cancel while they are read: {1000 * cancelled(folder):.0f} ms")


if __name__ == "__main__":
    main()
