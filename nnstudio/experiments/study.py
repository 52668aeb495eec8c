"""Study: the design, the plan and the data recipe: all that a person sets, in one value."""

from __future__ import annotations

from dataclasses import dataclass, field

from nnstudio.data.recipe import Recipe
from nnstudio.engine.design import Design
from nnstudio.engine.plan import TrainingPlan


@dataclass(frozen=True)
class Study:
    """What the document holds and undo goes over; two studies are equal when they mean the same."""

    design: Design = field(default_factory=Design)
    plan: TrainingPlan = field(default_factory=TrainingPlan)
    recipe: Recipe = field(default_factory=Recipe)

    @property
    def validates(self) -> bool:
        """Whether some samples only validate: a share of those to train with, or those of a file."""
        return bool(self.plan.validation_split or self.recipe.split.validation_path)
