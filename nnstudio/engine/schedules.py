"""Schedules: how the learning rate changes while training goes on, by Keras' names where it has one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """A rule that says which part of the learning rate is in force at a step."""

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def factor(self, step: int, total: int) -> float:
        """Return what the learning rate is multiplied with at ``step`` (from 0) of ``total`` steps."""
        raise NotImplementedError


@dataclass(frozen=True)
class Constant(Schedule):
    """The learning rate stays as it is."""

    def factor(self, step: int, total: int) -> float:
        return 1.0


SCHEDULES: tuple[type[Schedule], ...] = (Constant,)
