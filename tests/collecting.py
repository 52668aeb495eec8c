"""Collecting: what a test with Qt leaves behind is destroyed in the main thread, before the next test.

A window is full of circles of references, so that only Python's collector ends it. Left to itself that runs
in whichever thread allocates: the next test's evaluation then destroys the last test's window, waits for the
main thread, which waits for it, and no timeout of Python's ends that.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent


@contextmanager
def collected_here() -> Iterator[None]:
    """Keep the collector from all threads, and collect at the end; what is left then stays."""
    gc.disable()
    try:
        yield
    finally:
        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        gc.freeze()  # or all that was ever imported would be looked through after each test
        gc.enable()
