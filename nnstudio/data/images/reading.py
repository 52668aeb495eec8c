"""Reading: many pictures become one array, in several threads, with progress and a way to stop."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, Flags
from nnstudio.data.images.decoding import Unreadable, picture
from nnstudio.data.images.shaping import Shaping
from nnstudio.data.watch import Watch

_BLOCK = 64  # pictures at a time
_ASK_SECONDS = 0.1
_MOST_THREADS = 8
_BREATH_SECONDS = 0.0005  # now and then, for the window's thread: small pictures hold Python's lock
_BREATH_EVERY_SECONDS = 0.01


@dataclass(frozen=True, eq=False)
class Pictures:
    """Pixels of all files ``x`` (n, *shape), which of them are ``good``, and why the others are not."""

    x: Array
    good: Flags
    reasons: dict[Path, str]


def read_pictures(paths: Sequence[Path], shaping: Shaping, watch: Watch) -> Pictures:
    """Read all pictures of ``paths``, in their order, whichever thread reads them.

    Raises:
        Cancelled: a person stopped it.
    """
    pictures = Pictures(np.empty((len(paths), *shaping.shape), np.uint8), np.ones(len(paths), bool), {})
    # One processor is the window's; but with less than two threads a slow disk holds up all.
    threads = min(max(2, (os.cpu_count() or 1) - 1), _MOST_THREADS)
    with ThreadPoolExecutor(threads, "pictures") as pool:
        blocks = {
            pool.submit(_read_block, paths, start, shaping, pictures, watch)
            for start in range(0, len(paths), _BLOCK)
        }
        try:
            _wait(blocks, len(paths), watch)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return pictures


def _wait(blocks: set[Future[None]], count: int, watch: Watch) -> None:
    waiting, all_blocks = blocks, len(blocks)
    while waiting:
        done, waiting = wait(waiting, _ASK_SECONDS, FIRST_COMPLETED)
        for block in done:
            block.result()
        share = 1 - len(waiting) / all_blocks
        watch.told(share, f"{min(round(share * all_blocks) * _BLOCK, count):,} of {count:,} images")


def _read_block(
    paths: Sequence[Path], start: int, shaping: Shaping, pictures: Pictures, watch: Watch
) -> None:
    """Read some pictures into their places."""
    breath = time.monotonic() + _BREATH_EVERY_SECONDS
    for place in range(start, min(start + _BLOCK, len(paths))):
        if watch.cancelled():
            return
        try:
            pictures.x[place] = picture(paths[place], shaping)
        except Unreadable as error:
            pictures.good[place] = False
            pictures.reasons[paths[place]] = str(error)
        if time.monotonic() > breath:
            time.sleep(_BREATH_SECONDS)
            breath = time.monotonic() + _BREATH_EVERY_SECONDS
