"""Memory: what training a design needs, computed before anything is allocated."""

from __future__ import annotations

import os
from collections.abc import Iterator

from nnstudio.engine.design import Design
from nnstudio.engine.problems import Problem, Severity
from nnstudio.errors import ShapeError

_BYTES = 4  # float32
_SHARE_OF_MEMORY = 0.7


def memory_needed(design: Design, parameters: int, activations: int, batch_size: int) -> int:
    """Return the bytes of weights, the best of them, gradients, slots and a batch's activations, twice."""
    vectors = 3 + len(design.optimizer.slot_starts())
    return _BYTES * (parameters * vectors + 2 * activations * batch_size)


def memory_problems(
    design: Design, where: str, parameters: int, activations: int, batch_size: int
) -> Iterator[Problem]:
    """Refuse a design whose training does not fit into this machine; tell which part is the large one."""
    allowed = _SHARE_OF_MEMORY * machine_memory()
    weights = memory_needed(design, parameters, 0, 0)
    needed = memory_needed(design, parameters, activations, batch_size)
    if weights > allowed:
        sentence = f"Training {parameters:,} parameters needs {_machine_words(weights)}"
        yield Problem(where, Severity.ERROR, sentence, "Make the widest layers smaller.")
    elif needed > allowed:
        sentence = f"Training in batches of {batch_size:,} samples needs {_machine_words(needed)}"
        yield Problem(where, Severity.ERROR, sentence, "Make the batches or the largest outputs smaller.")


def refuse_beyond_memory(design: Design, parameters: int) -> None:
    """Raise ShapeError, before anything is allocated, where the weights do not fit into this machine."""
    for problem in memory_problems(design, "", parameters, 0, 0):
        raise ShapeError(f"{problem.sentence} {problem.reason}")


def _machine_words(needed: int) -> str:
    return f"{needed / 1e9:,.1f} GB; this machine has {machine_memory() / 1e9:,.1f} GB."


def machine_memory() -> int:
    """Return the machine's memory in bytes; where it does not tell, a cautious 4 GB."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 4_000_000_000
