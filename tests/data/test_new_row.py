"""A row that a person makes up is what the network would have got from a file."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.data.new_row import MOST_FIELDS, nice_step, row_fields
from nnstudio.data.rows import inputs_of
from tests.ui.data.makers import made_up
from tests.ui.data.people import people


def test_fields_change_the_inputs_as_a_file_would() -> None:
    data = people()
    fields = {field.name: field for field in row_fields(data)}
    x = data.test.x[0]
    changed = fields["colour"].changed(fields["age"].changed(x, 33.5), "green")
    row = {"age": 33.5, "weight": float(x[1]), "colour": "green"}
    assert np.array_equal(changed, inputs_of(data.columns, [row])[0])
    assert np.array_equal(x, data.test.x[0])
    assert fields["colour"].value(changed) == "green" and fields["age"].value(changed) == 33.5


def test_a_value_is_unusual_only_far_from_the_training_part() -> None:
    age = row_fields(people())[0]
    assert [age.unusual(value) for value in (-50.0, age.low, 40.0, age.high, 200.0)] == [
        True,
        False,
        False,
        False,
        True,
    ]


def test_of_very_many_inputs_the_first_have_fields() -> None:
    assert len(row_fields(made_up(3, (500,)))) == MOST_FIELDS


@pytest.mark.parametrize(
    ("size", "step"), [(0.07, 0.05), (1.0, 1.0), (3.9, 2.0), (99.0, 50.0), (0.0, 1.0), (0.2, 0.2)]
)
def test_steps_are_round(size: float, step: float) -> None:
    assert nice_step(size) == pytest.approx(step)
