"""Problems: what is wrong with a design, in sentences, with the edits that would mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from nnstudio.engine.design import Design


class Severity(StrEnum):
    """Whether a design can be trained in spite of a problem."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fix:
    """An edit that mends a problem: what its button says, and the design that it leads to."""

    label: str
    apply: Callable[[Design], Design]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    ``where`` is a layer's name, "loss", "optimizer", "metrics", or "" for the whole stack.
    """

    where: str
    severity: Severity
    sentence: str
    reason: str = ""
    fixes: tuple[Fix, ...] = ()

    @property
    def forbids(self) -> bool:
        """Whether there can be no training before it is mended."""
        return self.severity is Severity.ERROR
