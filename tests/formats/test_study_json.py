"""Any study becomes JSON and comes back equal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from nnstudio.errors import FileError
from nnstudio.experiments.study import Study
from nnstudio.formats.study_json import study_from_json, study_to_json
from tests.strategies import studies


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(studies())
def test_any_study_comes_back_equal(study: Study) -> None:
    assert study_from_json(json.loads(json.dumps(study_to_json(study), allow_nan=False))) == study


def test_a_setting_that_an_older_version_did_not_know_has_its_default() -> None:
    config = study_to_json(Study())
    del config["plan"]["seed"]
    assert study_from_json(config) == Study()


@pytest.mark.parametrize("part", ["design", "plan", "recipe"])
@pytest.mark.parametrize("wrong", [None, [], "text", 3])
def test_a_part_that_is_no_object_is_refused(part: str, wrong: Any) -> None:
    with pytest.raises(FileError):
        study_from_json(study_to_json(Study()) | {part: wrong})


@pytest.mark.parametrize("shape", [[0], [-1], [True], ["3"], [1.5], 3, [2] * 99, [2**40]])
def test_a_shape_that_is_none_is_refused(shape: Any) -> None:
    config = study_to_json(Study())
    config["design"]["input_shape"] = shape
    with pytest.raises(FileError):
        study_from_json(config)
