"""Tests of formats.values: settings become JSON and come back; what is no such value is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from nnstudio.engine.constraints import CONSTRAINTS, Constraint, MaxNorm
from nnstudio.engine.optimizers import SGD
from nnstudio.engine.regularizers import L1, L1L2, REGULARIZERS, Regularizer
from nnstudio.errors import FileError
from nnstudio.formats.values import owner_from_json, settings_to_json
from nnstudio.settings import setting


@dataclass(frozen=True)
class Tried:
    """An owner with a setting of every kind."""

    size: tuple[int, int] = setting((3, 3), "Two numbers.", minimum=1)
    shares: tuple[float, ...] = setting((0.5,), "Any count of numbers.", minimum=0.0, maximum=1.0)
    limit: float | None = setting(None, "A number or none.", above=0.0, maximum=9.0)
    rule: Regularizer | None = setting(None, "A rule or none.", choices=REGULARIZERS)
    bound: Constraint | None = setting(MaxNorm(), "A bound or none.", choices=CONSTRAINTS)


@pytest.mark.parametrize(
    "owner",
    [
        Tried(),
        Tried((1, 7), (), 2.5, L1L2(0.25, 0.0), MaxNorm(3.0, (0, 1))),
        Tried(shares=(0.0, 1.0, 0.1), bound=None),
    ],
)
def test_settings_of_every_kind_come_back(owner: Tried) -> None:
    text = json.dumps(settings_to_json(owner), allow_nan=False)
    assert owner_from_json(Tried, json.loads(text)) == owner


def test_real_numbers_stay_real_in_tuples_and_rules() -> None:
    found = settings_to_json(Tried(shares=(1, 0), limit=1, rule=L1(1)))  # as a person may type them
    assert json.dumps(found["shares"]) == "[1.0, 0.0]"
    assert json.dumps(found["limit"]) == "1.0"
    assert json.dumps(found["rule"]) == '{"class_name": "L1", "config": {"l1": 1.0}}'
    read = owner_from_json(Tried, {"shares": [1, 0], "limit": 1})
    assert [type(number) for number in (*read.shares, read.limit)] == [float, float, float]


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"size": [3]}, "Size must be 2 numbers"),
        ({"size": [3, 0]}, "Size must be at least 1"),
        ({"size": [3, 2.0]}, "Size must be a whole number"),
        ({"size": [3, True]}, "Size must be a whole number"),
        ({"size": [3, [3]]}, "Size must be a whole number"),
        ({"size": 3}, "Size must be 2 numbers"),
        ({"size": None}, "Size must be 2 numbers"),
        ({"shares": [0.5, 1.5]}, "Shares must be at least 0 and at most 1"),
        ({"shares": {"0": 1}}, "Shares must be numbers"),
        ({"limit": 0}, "Limit must be above 0"),
        ({"limit": "1"}, "Limit must be a number"),
        ({"rule": 3}, "name of a class"),
        ({"rule": {"class_name": "L3"}}, "Expected one of L2, L1, L1L2"),
        ({"rule": {"class_name": "L2", "config": {"l2": -1}}}, "L2 must be at least 0"),
        ({"bound": {"class_name": "MaxNorm", "config": {"axis": 0}}}, "Axis must be numbers"),
        ([], "not an object"),
    ],
)
def test_what_a_setting_does_not_allow_is_refused(config: Any, words: str) -> None:
    with pytest.raises(FileError, match=words):
        owner_from_json(Tried, config)


def test_settings_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(FileError, match="Only one of clipnorm"):
        owner_from_json(SGD, {"clipnorm": 1.0, "clipvalue": 1.0})
