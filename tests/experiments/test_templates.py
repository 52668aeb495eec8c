"""Templates: each can be trained, on its own data and, fitted, on any other."""

from __future__ import annotations

from functools import cache

import pytest

from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.engine.checks import check_design
from nnstudio.engine.progress import Epoch
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.experiments.study import Study
from nnstudio.experiments.templates import TEMPLATES
from nnstudio.experiments.templates.template import Template

KINDS_OF_DATA = {template.facts.name: template for template in TEMPLATES}
each = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
_load = cache(load)


def data_of(template: Template) -> Dataset:
    """Return the template's data, read once."""
    return _load(template.recipe)


@each
def test_a_template_trains_for_one_epoch_on_its_own_data(template: Template) -> None:
    data = data_of(template)
    parts = data.split(template.plan.validation_split)
    state = RunState.start(template.design, template.plan, data.facts.sample_shape, *parts)
    ended = next(step for step in train(state) if isinstance(step, Epoch))
    assert ended.epoch == 1 and ended.values["loss"] >= 0.0


@each
def test_the_facts_of_a_template_are_those_of_its_data(template: Template) -> None:
    assert template.facts == data_of(template).facts


@each
def test_nothing_forbids_a_template_on_its_own_data(template: Template) -> None:
    assert check_design(template.design, template.facts, template.plan.batch_size).ready


@each
@pytest.mark.parametrize("other", KINDS_OF_DATA.values(), ids=KINDS_OF_DATA)
def test_a_template_is_fitted_to_data_that_stay(template: Template, other: Template) -> None:
    study = template.study_for(other.study, other.facts, own_data=False, fitted=True)
    assert study.recipe == other.recipe
    assert study.plan == template.plan
    if study.design != template.design:
        assert not template.fits(other.facts)
    assert check_design(study.design, other.facts).ready or "optimizer" in {
        problem.where for problem in check_design(study.design, other.facts).errors
    }  # nobody guesses a network for pictures


def test_names_and_reasons_differ() -> None:
    assert len({template.name for template in TEMPLATES}) == len(TEMPLATES)
    assert len({template.why for template in TEMPLATES}) == len(TEMPLATES)


def test_own_data_keep_the_way_in_which_they_are_prepared_already() -> None:
    first, second = TEMPLATES[:2]
    mine = Study(first.design, first.plan, first.recipe)
    assert second.study_for(mine, first.facts, own_data=True, fitted=False).recipe is mine.recipe
