"""Template: a study to begin with, why it is worth a look, and what it reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.source import Source
from nnstudio.engine.checks import check_design
from nnstudio.engine.design import Design
from nnstudio.engine.fit_whole import fitted_design
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.study import Study
from nnstudio.task import DataFacts

COURSES, MORE, BAD = "From the courses", "More networks", "Bad on purpose"


@dataclass(frozen=True)
class Template:
    """A design and a plan with the data that they were made for.

    ``facts`` are those that ``source`` comes to, so that shapes and costs are known before anything is read.
    ``reaches`` was measured on its test part after the whole plan: the share that is right where there are
    classes, else the mean error in the units of the target.
    """

    name: str
    group: str
    why: str
    design: Design
    plan: TrainingPlan
    source: Source
    facts: DataFacts
    reaches: float

    @property
    def recipe(self) -> Recipe:
        """The data that it was made for."""
        return recipe_of(self.source)

    @property
    def study(self) -> Study:
        """All of it, with its own data."""
        return Study(self.design, self.plan, self.recipe)

    def fits(self, facts: DataFacts) -> bool:
        """Whether the design can be trained on other data as it is."""
        return check_design(self.design, facts).ready

    def study_for(self, study: Study, facts: DataFacts, *, own_data: bool, fitted: bool) -> Study:
        """Return the study that it makes of ``study``, whose data have ``facts``.

        With ``own_data`` the recipe changes, too; else the design can be ``fitted`` to the data that stay.
        """
        if own_data:
            return replace(self.study, recipe=study.recipe if self.has_data_of(study) else self.recipe)
        design = fitted_design(self.design, facts) if fitted and not self.fits(facts) else self.design
        return Study(design, self.plan, study.recipe)

    def has_data_of(self, study: Study) -> bool:
        """Whether ``study`` has its data already, however they are prepared."""
        return study.recipe.source == self.source


def reach_words(template: Template) -> str:
    """Say what the template reaches: "about 93 % right", "off by about 0.04"."""
    if template.facts.is_classes:
        return f"about {template.reaches:.0%} right".replace("%", " %")
    return f"off by about {template.reaches:.2g}"
