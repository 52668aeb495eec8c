"""KerasSlots: in which order each Keras writes what an optimizer remembers, and under which names."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from nnstudio.engine.optimizers import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    Nadam,
    Optimizer,
    RMSprop,
)

Run = tuple[str, ...]  # slots of which each weight has one after the other, before the next weight


class Order(Enum):
    """Whether the slots of one weight lie together, or those of all weights one slot after the other."""

    BY_WEIGHT = "Keras 3, and Keras 2 from 2.11 on"
    BY_SLOT = "Keras 2 before"


_RUNS: dict[type[Optimizer], Run] = {
    Adam: ("momentum", "velocity"),
    Nadam: ("momentum", "velocity"),
    Adamax: ("momentum", "norm"),
    Adadelta: ("accumulated_grad", "accumulated_delta_var"),
    Adagrad: ("accumulator",),
    SGD: ("momentum",),
    RMSprop: ("velocity",),
}
# By what Keras calls them in names of arrays; v is the norm of the older Adamax.
_NAMES: dict[str, tuple[str, ...]] = {
    "momentum": ("momentum", "m"),
    "velocity": ("velocity", "v", "rms"),
    "velocity_hat": ("velocity_hat", "vhat"),
    "average_gradient": ("average_gradient", "mg"),
    "norm": ("norm", "u", "v"),
    "accumulator": ("accumulator",),
    "accumulated_grad": ("accumulated_grad", "accum_grad"),
    "accumulated_delta_var": ("accumulated_delta_var", "accum_var"),
}
_KNOWN = {name for names in _NAMES.values() for name in names}
NEVER_NEGATIVE = frozenset(_NAMES) - {"momentum", "average_gradient"}


def runs_of(optimizer: Optimizer, order: Order) -> list[Run]:
    """Return the slots that Keras writes for ``optimizer``, in the order in which it does."""
    first = next((run for kind, run in _RUNS.items() if isinstance(optimizer, kind)), ())
    more = [name for name in optimizer.slot_starts() if name not in first]
    if order is Order.BY_WEIGHT:
        return [first, *((name,) for name in more)]
    return [(name,) for name in (*first, *more)]


def is_called(name: str, slot: str) -> bool:
    """Say whether the array called ``name`` can be one of ``slot``; many names do not tell."""
    told = {word for word in _words(name) if word in _KNOWN}
    return not told or bool(told & set(_NAMES[slot]))


def _words(name: str) -> Iterator[str]:
    """Yield what may tell the slot: behind the weight's name, or right behind the optimizer's."""
    parts = name.removesuffix(":0").split("/")
    yield parts[-1]
    if len(parts) > 2:
        yield parts[1]
    elif len(parts) == 2:
        yield from sorted((word for word in _KNOWN if parts[-1].endswith("_" + word)), key=len)[-1:]
