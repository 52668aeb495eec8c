"""Memory: what training a design needs, computed before anything is allocated."""

from __future__ import annotations

import os
from collections.abc import Iterator

from nnstudio.engine.design import Design
from nnstudio.engine.problems import Problem, Severity

_BYTES = 4  # float32
_SHARE_OF_MEMORY = 0.7


def memory_needed(design: Design, parameters: int, activations: int, batch_size: int) -> int:
    """Return the bytes of weights, gradients, slots and, forwards and backwards, a batch's activations."""
    vectors = 2 + len(design.optimizer.slot_starts())
    return _BYTES * (parameters * vectors + 2 * activations * batch_size)


def memory_problems(design: Design, where: str, parameters: int) -> Iterator[Problem]:
    """Refuse a design whose weights alone do not fit into this machine."""
    needed = memory_needed(design, parameters, 0, 0)
    if needed > _SHARE_OF_MEMORY * machine_memory():
        yield Problem(
            where,
            Severity.ERROR,
            f"Training {parameters:,} parameters needs {needed / 1e9:,.1f} GB; "
            f"this machine has {machine_memory() / 1e9:,.1f} GB.",
            "Make the widest layers smaller.",
        )


def machine_memory() -> int:
    """Return the machine's memory in bytes; where it does not tell, a cautious 4 GB."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 4_000_000_000
