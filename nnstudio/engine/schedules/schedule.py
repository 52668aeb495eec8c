"""Schedule: what every rule for the learning rate is, and the one that leaves it alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """A rule that says which part of the learning rate is in force at a step.

    Keras' schedules hold the learning rate themselves; here it stays with the optimizer, and rates that they
    end at are factors of it. A step is a batch.
    """

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def factor(self, step: int, total: int) -> float:
        """Return what the learning rate is multiplied with at ``step`` (from 0) of ``total`` steps.

        ``total`` is that of the whole training; a step may lie behind it, and it is 0 where nobody knows it.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class Constant(Schedule):
    """The learning rate stays as it is."""

    def factor(self, step: int, total: int) -> float:
        return 1.0
