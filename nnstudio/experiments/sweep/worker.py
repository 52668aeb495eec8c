"""Worker: where a process that trains trials begins; it imports no window, and NumPy only with one thread."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection

_ONE_THREAD = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "BLIS_NUM_THREADS",
)
_NICE = 5  # the window comes first


def main(connection: Connection, folder: str) -> None:
    """Train what comes over ``connection``, with the data in ``folder``, until that is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which directs
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    if hasattr(os, "nice"):
        os.nice(_NICE)
    from nnstudio.experiments.sweep.serving import Server

    Server(connection, folder).serve()
