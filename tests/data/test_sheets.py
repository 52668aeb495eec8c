"""Rows are shown, filtered and sorted as a person would by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.file_sheet import FileSheet
from nnstudio.data.recipe import Recipe
from nnstudio.data.row_filter import Condition, condition_problem, matching
from nnstudio.data.scaler import Scaler
from nnstudio.data.selection import Order, Selection, selected
from nnstudio.data.sheet import PictureSheet, Sheet
from nnstudio.data.value_sheet import ValueSheet
from nnstudio.data.watch import Watch
from nnstudio.errors import Cancelled
from nnstudio.task import DataFacts, Task

# Row 2 has no age (filled with 30, as row 0 has it), row 3 no colour (filled with "red").
FILE = (
    ("n", "age", "colour", "ill", "note"),
    ("a", "30", "red", "yes", "new"),
    ("b", "41,5", "blue", "no", "old"),
    ("c", "?", "red", "no", ""),
    ("d", "-2", "", "yes", "Newer"),
)
COLUMNS = (Column("age", fill=30.0), Column("colour", ("blue", "red"), fill="red"))


class Lines:
    names = FILE[0]

    def cell(self, row: int, column: int) -> str:
        return FILE[1 + row][column]


def people() -> Dataset:
    x = np.array([[30, 0, 1], [41.5, 1, 0], [30, 0, 1], [-2, 0, 1]], np.float32)
    scaler = Scaler(np.array([30, 0, 0], np.float32), np.array([10, 1, 1], np.float32))
    order = np.array([3, 1, 0, 2])
    samples = Samples(x[order], np.array([1, 0, 1, 0])[[0, 1, 2, 3]], scaler, order)
    facts = DataFacts("people", (3,), Task.TWO_CLASSES, ("no", "yes"), 1, 4, 0)
    nothing = samples.part(0, 0)
    return Dataset(Recipe(), samples, nothing, facts, "", COLUMNS, ("ill",), Lines())


@pytest.fixture
def sheet() -> Sheet:
    data = people()
    assert data.records is not None
    return FileSheet(data, data.training, data.records)


def numbers(sheet: Sheet, rows: object) -> str:
    """Return the first cells of rows, in a word."""
    return "".join(sheet.cell(int(row), 0) for row in rows)  # type: ignore[attr-defined]


def test_a_file_is_shown_as_it_stands_in_the_order_of_the_samples(sheet: Sheet) -> None:
    assert [field.name for field in sheet.fields] == list(FILE[0])
    assert [field.is_target for field in sheet.fields] == [False, False, False, True, False]
    assert [sheet.cell(0, column) for column in range(5)] == list(FILE[4])
    assert numbers(sheet, range(4)) == "dbac"


def test_the_network_sees_scaled_inputs_by_their_names() -> None:
    data = people()
    sheet = ValueSheet(data, data.training, scaled=True)
    assert [field.name for field in sheet.fields] == ["ill", "age", "colour: blue", "colour: red"]
    assert [sheet.cell(1, column) for column in range(4)] == ["no", "1.15", "1", "0"]
    assert sheet.cell(0, 1) == "\N{MINUS SIGN}3.2" and sheet.exact(0, 1) == "-3.20000005"
    assert np.allclose(sheet.values(1), [-3.2, 1.15, 0, 0])


def test_values_without_a_file_are_numbers_and_categories() -> None:
    data = replace(people(), records=None)
    sheet = ValueSheet(data, data.training)
    assert [sheet.cell(1, column) for column in range(3)] == ["no", "41.5", "blue"]
    plain = ValueSheet(replace(data, columns=(), target_names=()), data.training)
    assert [field.name for field in plain.fields] == ["Class", "Value 1", "Value 2", "Value 3"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition("age", ">", "29"), "ba"),
        (Condition("age", "<", "0"), "d"),
        (Condition("age", "=", "41,5"), "b"),
        (Condition("age", "=", "30"), "a"),  # not the gap that is filled with 30
        (Condition("age", "is missing"), "c"),
        (Condition("colour", "is missing"), "d"),
        (Condition("colour", "=", "RED"), "ac"),
        (Condition("colour", "contains", "e"), "bac"),
        (Condition("ill", "=", "yes"), "da"),
        (Condition("note", "contains", "new"), "da"),
        (Condition("note", "=", "new"), "a"),
        (Condition("note", "is missing"), "c"),
        (Condition("age", ">", ""), "dbac"),
        (Condition("age", ">", "many"), "dbac"),
        (Condition("height", ">", "1"), "dbac"),
    ],
    ids=lambda value: value.words if isinstance(value, Condition) else "",
)
def test_a_condition_lets_through_what_a_person_would(
    sheet: Sheet, condition: Condition, expected: str
) -> None:
    assert numbers(sheet, np.flatnonzero(matching(sheet, [condition]))) == expected


def test_conditions_are_combined(sheet: Sheet) -> None:
    chosen = Selection(1, (Condition("age", "<", "35"), Condition("note", "contains", "new")))
    assert numbers(sheet, selected(sheet, chosen)) == "ad"
    assert numbers(sheet, selected(sheet, replace(chosen, of_class=0))) == ""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("age", "<", "many"), "write one such as 30"),
        (Condition("age", "contains", "3"), "choose = or <"),
        (Condition("height", "=", "3"), "no column height"),
    ],
)
def test_a_condition_that_cannot_be_compared_says_why(sheet: Sheet, condition: Condition, words: str) -> None:
    assert words in condition_problem(condition, sheet)


@pytest.mark.parametrize(
    ("column", "descending", "expected"),
    [
        ("age", False, "dabc"),
        ("age", True, "badc"),
        ("colour", False, "bacd"),
        ("note", False, "dabc"),
        ("note", True, "badc"),
        ("ill", False, "bcad"),
        ("height", False, "abcd"),
    ],
)
def test_sorting_puts_what_is_missing_last(
    sheet: Sheet, column: str, descending: bool, expected: str
) -> None:
    assert numbers(sheet, selected(sheet, Selection(order=Order(column, descending)))) == expected


def test_rows_asked_for_keep_their_own_order(sheet: Sheet) -> None:
    among = np.array([3, 0])
    assert numbers(sheet, selected(sheet, Selection(), among)) == "cd"
    assert numbers(sheet, selected(sheet, Selection(order=Order("age")), among)) == "dc"


def test_images_are_filtered_by_number_and_class() -> None:
    x = np.zeros((5, 4, 4), np.uint8)
    facts = DataFacts("digits", (4, 4), Task.MANY_CLASSES, ("0", "1", "2"), 1, 5, 0)
    samples = Samples(x, np.array([0, 1, 2, 1, 0]))
    data = Dataset(Recipe(), samples, samples, facts)
    sheet = PictureSheet(data, samples, first=100)
    chosen = Selection(conditions=(Condition("Number", ">", "101"), Condition("Class", "=", "1")))
    assert list(selected(sheet, chosen)) == [3]


def test_a_long_search_can_be_stopped(sheet: Sheet) -> None:
    class Stopped(Watch):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        selected(sheet, Selection(order=Order("note")), watch=Stopped())
