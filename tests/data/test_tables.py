"""A table reads back as it was written, in every dialect, and its proposal says why."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnstudio.data import table_reading
from nnstudio.data.load import load
from nnstudio.data.preparation import DROP, MEDIAN, STANDARD
from nnstudio.data.recipe import Recipe
from nnstudio.data.roles import role_of, with_role
from nnstudio.data.sources.table import Table
from nnstudio.data.table_classes import class_names
from nnstudio.data.table_preview import preview, propose
from nnstudio.data.understanding import CATEGORY, IGNORED, NUMBER, ROLES, TARGET
from nnstudio.data.watch import Watch
from nnstudio.errors import Cancelled, DataError, FileError
from nnstudio.formats.recipe_json import recipe_from_json, recipe_to_json
from nnstudio.task import Task
from tests.data.awkward import text

DIALECTS = [
    (delimiter, decimal, encoding)
    for delimiter in (",", ";", "\t", "|")
    for decimal in (".", ",")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "latin-1")
    if delimiter != decimal
]
NUMBERS = st.floats(-1e6, 1e6, width=32)
LETTERS = st.characters(codec="latin-1", exclude_categories=("Cc",))
TOWNS = st.text(LETTERS, min_size=1, max_size=8).map(lambda name: f"t{name}".strip())


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.tuples(NUMBERS, st.none() | NUMBERS, TOWNS, st.booleans()), min_size=4, max_size=30),
    dialect=st.sampled_from(DIALECTS),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_random_table_reads_back_equal_in_every_dialect(
    tmp_path_factory: Any, rows: list[Any], dialect: tuple[str, str, str], quoting: int, end: str
) -> None:
    delimiter, decimal, encoding = dialect
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(("a", "b", "town", "old"))
    for first, second, town, old in rows:
        numbers = ("" if n is None else repr(n).replace(".", decimal) for n in (first, second))
        writer.writerow((*numbers, town, "yes" if old else "no"))
    path = tmp_path_factory.getbasetemp() / "random.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    source = Table(
        str(path), delimiter, decimal, encoding.removesuffix("-sig"), targets=("a",), task="regression",
        categories=("town", "old"),
    )  # fmt: skip
    raw = source.read()
    assert raw.y[:, 0].tolist() == [np.float32(row[0]) for row in rows]
    assert np.array_equal(
        raw.x[:, 0],
        np.array([np.nan if row[1] is None else row[1] for row in rows], np.float32),
        equal_nan=True,
    )
    _, towns, olds = raw.columns
    assert set(towns.categories) == {row[2] for row in rows}
    for row, x in zip(rows, raw.x, strict=True):
        assert towns.categories[int(x[1 : 1 + towns.width].argmax())] == row[2]
        assert olds.categories[int(x[1 + towns.width :].argmax())] == ("yes" if row[3] else "no")
    assert raw.records is not None
    assert [raw.records.cell(place, 2) for place in range(len(rows))] == [row[2] for row in rows]


def test_a_large_text_reads_like_the_same_table_in_parquet(tmp_path: Path) -> None:
    """Large enough for several pieces; quotes stand in some of them only, and a value is missing in one."""
    rng = np.random.default_rng(0)
    count = 300_000
    frame = pl.DataFrame(
        {
            "a": rng.normal(size=count),
            "name": ['x, "y"' if i > 200_000 and i % 7 == 0 else f"n{i % 5}" for i in range(count)],
            "b": pl.Series(rng.integers(0, 9, count))
            .cast(pl.Float64)
            .set(pl.Series(range(count)) == 99_999, None),
            "y": rng.integers(0, 3, count),
        }
    )
    frame.write_csv(tmp_path / "t.csv")
    frame.write_parquet(tmp_path / "t.parquet")
    roles: dict[str, Any] = {"targets": ("y",), "task": "many classes", "categories": ("name",)}
    text, native = (Table(str(tmp_path / name), **roles).read() for name in ("t.csv", "t.parquet"))
    assert text.x.tobytes() == native.x.tobytes() and np.array_equal(text.y, native.y)
    assert text.columns == native.columns and text.class_names == native.class_names == ("0", "1", "2")
    assert text.records is not None and native.records is not None
    for row in (0, 99_999, 200_004, count - 1):
        for column in (1, 2, 3):
            found = text.records.cell(row, column), native.records.cell(row, column)
            assert found[0] == found[1] or float(found[0]) == float(found[1])
    assert np.isnan(text.x[99_999]).sum() == 1


def test_a_recipe_gives_the_same_bits_after_saving(tmp_path: Path) -> None:
    rows = "".join(
        f"{i % 17}.{i},{'red' if i % 3 else 'blue'},{'' if i % 9 == 0 else i},{i % 2}\n" for i in range(99)
    )
    recipe = propose(write(tmp_path / "t.csv", "size,colour,weight,ill\n" + rows)).recipe
    first, again = load(recipe), load(recipe_from_json(recipe_to_json(recipe)))
    for one, other in ((first.training, again.training), (first.test, again.test)):
        assert one.x.tobytes() == other.x.tobytes() and one.y.tobytes() == other.y.tobytes()
    assert first.scaler.offset.tobytes() == again.scaler.offset.tobytes()  # type: ignore[union-attr]
    assert first.columns == again.columns and recipe.preparation.missing == MEDIAN


def test_records_are_those_of_the_samples_where_rows_were_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "size,y\n1,a\n2,\n3,b\n4,?\n5,a\n")
    raw = Table(str(path), targets=("y",)).read()
    assert raw.records is not None
    assert [raw.records.cell(row, 0) for row in range(3)] == ["1", "3", "5"]
    assert "2 rows were left out" in raw.notes


def test_zeros_that_mean_nothing_are_missing(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "a,b,y\n0,0,x\n1,0,y\n2,5,x\n")
    raw = Table(str(path), targets=("y",), zeros_missing=("b",)).read()
    assert np.isnan(raw.x[:, 1]).tolist() == [True, True, False] and not np.isnan(raw.x[:, 0]).any()
    assert raw.columns[1].zero_is_missing and not raw.columns[0].zero_is_missing


def test_several_numbers_can_be_predicted(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "a,b,c\n1,2,3\n4,5,6\n7,8,\n")
    raw = Table(str(path), targets=("b", "c"), task="regression").read()
    assert raw.y.tolist() == [[2, 3], [5, 6]] and raw.target_names == ("b", "c")


def test_classes_are_named_in_the_order_of_their_values(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "a,y\n1,10\n2,9\n3,9.0\n")
    recipe = Table(str(path), targets=("y",), class_names=("ill", "healthy"))
    raw = recipe.read()
    assert raw.class_names == ("ill", "healthy") and raw.y.tolist() == [1, 0, 0]
    with pytest.raises(DataError, match="Expected 2 names"):
        replace(recipe, class_names=("one",)).read()


def test_names_sort_as_people_sort_them() -> None:
    assert class_names(["a 10", "a 2", "B", "c"])[0] == ("a 2", "a 10", "B", "c")
    assert class_names(["10", "9", "-1", "1e1"])[0] == ("-1", "9", "10")


def test_a_second_file_tests(tmp_path: Path) -> None:
    first = write(tmp_path / "train.csv", "a,town,y\n1,x,no\n2,y,yes\n3,x,no\n4,y,yes\n")
    second = write(tmp_path / "test.csv", "a,town,y\n5,z,yes\n6,x,no\n")
    source = Table(str(first), targets=("y",), categories=("town",), test_path=str(second))
    data = load(Recipe(source))
    assert len(data.training) == 4 and data.test.x.tolist() == [[5, 0, 0, 1], [6, 1, 0, 0]]
    assert data.test.y.tolist() == [1, 0]
    write(second, "a,city,y\n5,z,yes\n")
    with pytest.raises(FileError, match="city"):
        source.read()


def test_a_table_too_large_for_its_inputs_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: Any
) -> None:
    pl.DataFrame({"a": range(5_000), "y": [0, 1] * 2_500}).write_parquet(tmp_path / "t.parquet")
    monkeypatch.setattr(table_reading, "LIMIT_BYTES", 4 * 4_999)
    with pytest.raises(FileError, match="5,000 rows"):
        Table(str(tmp_path / "t.parquet"), targets=("y",)).read()


def test_reading_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,y\n" + "1.5,0\n2.5,1\n" * 1_000_000, encoding="utf-8")
    shares: list[float | None] = []

    class Impatient(Watch):
        def told(self, share: float | None, words: str = "") -> None:
            shares.append(share)
            super().told(share, words)

        def cancelled(self) -> bool:
            return bool(shares)

    with pytest.raises(Cancelled):
        Table(str(path), targets=("y",)).read(Impatient())
    assert len(shares) == 1 and shares[0] is not None and 0 < shares[0] < 1


def test_a_proposal_gives_each_column_a_role_and_a_reason(tmp_path: Path) -> None:
    rows = "".join(
        f"{i},P{i},{i % 7}.5,{'red' if i % 3 else 'blue'},2024-01-{i % 28 + 1},7,,{i % 2}\n"
        for i in range(1, 60)
    )
    path = write(tmp_path / "t.csv", "id,name,size,colour,day,same,empty,ill\n" + rows)
    seen = propose(path)
    roles = {column.name: column.role for column in seen.columns}
    assert roles == {
        "id": IGNORED, "name": IGNORED, "size": NUMBER, "colour": CATEGORY, "day": IGNORED, "same": IGNORED,
        "empty": IGNORED, "ill": TARGET,
    }  # fmt: skip
    assert all(column.reason for column in seen.columns)
    assert seen.row_count == 59 and seen.recipe.preparation.scaling == STANDARD
    assert seen.class_counts == (("0", 29), ("1", 30))
    assert seen.recipe.source.task == Task.TWO_CLASSES  # type: ignore[attr-defined]


def test_zeros_far_from_all_other_values_are_asked_about(tmp_path: Path) -> None:
    rows = "".join(f"{0 if i % 5 == 0 else 60 + i % 40},{i % 6},{i % 2}\n" for i in range(200))
    seen = propose(write(tmp_path / "t.csv", "pressure,children,ill\n" + rows))
    (hint,) = seen.hints
    assert "pressure" in hint.sentence and "children" not in hint.sentence
    filled, kept = (recipe for _, recipe in hint.choices)
    assert filled.source.zeros_missing == ("pressure",) and filled.preparation.missing == MEDIAN  # type: ignore[attr-defined]
    assert kept == seen.recipe and kept.preparation.missing == DROP
    told = {one.what: one.value for one in preview(filled).understood}
    assert told["Missing values"] == "40 in 1 column"


def test_names_come_from_the_names_file_beside_where_it_lists_as_many(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "1,2,x\n3,4,y\n5,6,x\n")
    write(tmp_path / "t.names", "1. Title: t\n2. Attributes:\n  1. width (cm)\n  2. height\n  3. class:\n")
    assert [column.name for column in propose(path).columns] == ["width", "height", "class"]
    write(tmp_path / "t.names", "  1. width (cm)\n  2. height\n")
    assert [column.name for column in propose(path).columns] == ["Column 1", "Column 2", "Column 3"]


def test_a_role_changes_the_recipe_and_leaves_it_sensible(tmp_path: Path) -> None:
    seen = propose(write(tmp_path / "t.csv", text()))
    assert [role_of(seen.recipe.source, name) for name in ("size", "weight", "ill")] == [
        NUMBER,
        NUMBER,
        TARGET,
    ]  # type: ignore[arg-type]
    regression = with_role(seen.recipe, "size", TARGET, seen)
    assert regression.source.targets == ("size",) and regression.source.task == Task.REGRESSION  # type: ignore[attr-defined]
    assert regression.source.categories == ("ill",)  # type: ignore[attr-defined]
    both = with_role(regression, "weight", TARGET, seen)
    assert both.source.targets == ("size", "weight")  # type: ignore[attr-defined]
    assert with_role(regression, "size", IGNORED, seen) == regression
    again = with_role(both, "ill", TARGET, seen)
    assert again.source.targets == ("ill",) and again.source.task == Task.TWO_CLASSES  # type: ignore[attr-defined]
    for name in ("size", "weight", "ill"):
        for role in ROLES:
            changed = with_role(seen.recipe, name, role, seen)
            assert changed.source.targets and role_of(changed.source, name) in (role, TARGET)  # type: ignore[attr-defined]
            assert not preview(changed).problem


def test_another_delimiter_proposes_roles_anew(tmp_path: Path) -> None:
    seen = propose(write(tmp_path / "t.csv", text(";")))
    wrong = replace(seen.recipe, source=replace(seen.recipe.source, delimiter=","))
    other = preview(wrong)
    assert other.problem and len(other.columns) == 1
    right = preview(replace(other.recipe, source=replace(other.recipe.source, delimiter=";")))
    assert right.recipe == seen.recipe and not right.problem


def test_rows_of_a_file_that_tests_stand_as_they_are_in_that_file(tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", "size,y,who\n1,a,Ann\n2,b,Bob\n3,b,Cid\n")
    second = write(tmp_path / "b.csv", "size,y,who\n7,,Dan\n8,b,Eve\n9,a,Fay\n")
    recipe = Recipe(Table(str(first), targets=("y",), ignored=("who",), test_path=str(second)))
    data = load(recipe)
    assert data.records is not None and data.test_records is not None
    assert [data.test_records.cell(row, 2) for row in range(len(data.test))] == ["Eve", "Fay"]
    assert data.records.cell(0, 2) == "Ann"
