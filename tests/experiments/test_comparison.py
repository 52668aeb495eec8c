"""Comparison: what two designs share stands beside each other, and what differs is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Dropout, Flatten
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.engine.metrics import Accuracy, MeanAbsoluteError
from nnstudio.engine.optimizers import SGD, Adam
from nnstudio.experiments.comparison import Change, SettingChange, compare_designs, count_changes
from nnstudio.experiments.templates import TEMPLATES

BASE = design_of(Flatten(), Dense(8, activation="relu", name="hidden"), Dense(10, name="output"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_design_does_not_differ_from_itself(template) -> None:  # type: ignore[no-untyped-def]
    rows = compare_designs(template.design, template.design)
    assert count_changes(rows) == 0
    assert [row.place for row in rows][: len(template.design.layers)] == [*template.design.names]


def test_a_changed_setting_is_named_with_both_values() -> None:
    rows = compare_designs(BASE, BASE.with_layer("hidden", units=16))
    (changed,) = [row for row in rows if row.change is Change.CHANGED]
    assert changed.place == "hidden" and changed.settings == (SettingChange("Units", "8", "16"),)


def test_a_layer_in_between_stands_alone_and_the_others_stay_together() -> None:
    rows = compare_designs(BASE, BASE.with_inserted(2, Dropout(0.5)))
    assert [(row.left, row.right) for row in rows][:4] == [
        ("Flatten", "Flatten"),
        ("Dense", "Dense"),
        ("", "Dropout"),
        ("Dense", "Dense"),
    ]
    assert count_changes(rows) == 1


def test_a_renamed_layer_is_one_that_changed() -> None:
    rows = compare_designs(BASE, BASE.with_layer("hidden", name="wide"))
    (changed,) = [row for row in rows if row.change is not Change.SAME]
    assert changed.settings == (SettingChange("Name", "hidden", "wide"),)


def test_the_sides_change_places() -> None:
    other = replace(BASE.without(("hidden",)), loss=MeanSquaredError(), optimizer=SGD())
    sides = {Change.ONLY_LEFT: Change.ONLY_RIGHT, Change.ONLY_RIGHT: Change.ONLY_LEFT}
    there, back = compare_designs(BASE, other), compare_designs(other, BASE)
    assert [sides.get(row.change, row.change) for row in there] == [row.change for row in back]
    assert [(row.left, row.right) for row in there] == [(row.right, row.left) for row in back]


def test_learning_is_compared_too() -> None:
    other = replace(BASE, optimizer=Adam(0.01), metrics=(MeanAbsoluteError(),), input_shape=(28, 28))
    changed = {row.place: row for row in compare_designs(BASE, other) if row.change is not Change.SAME}
    assert changed["Optimizer"].settings == (SettingChange("Learning rate", "0.001", "0.01"),)
    assert changed["Input"].right == "28 × 28"
    assert "Metric" in changed and BASE.metrics == (Accuracy(),)
