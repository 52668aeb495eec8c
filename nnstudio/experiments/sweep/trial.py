"""Trial: one study of a sweep, with the values that it got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nnstudio.engine.checks import check_design
from nnstudio.engine.plan_checks import plan_problems
from nnstudio.experiments.study import Study
from nnstudio.task import DataFacts


@dataclass(frozen=True)
class Trial:
    """``number`` counts from 1; ``values`` are one per axis; ``name`` is such as "units 64, rate 0.01".

    ``mistake`` says why no study could be made of the values; ``study`` is then that of the sweep.
    """

    number: int
    values: tuple[Any, ...]
    study: Study
    name: str
    mistake: str = ""

    def problem(self, facts: DataFacts) -> str:
        """Say in a sentence why it cannot be trained on data with ``facts``; "" where it can."""
        if self.mistake:
            return self.mistake
        plan, design = self.study.plan, self.study.design
        refused = [problem for problem in plan_problems(plan, facts, design) if problem.forbids]
        found = refused or list(check_design(design, facts, plan.batch_size).errors)
        if not found:
            return ""
        where = f"{found[0].where}: " if found[0].where else ""
        return f"{where}{found[0].sentence}"
