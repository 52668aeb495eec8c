"""New rows become the inputs that the same rows had in training, or a sentence says why not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset
from nnstudio.data.fitted import Fitted
from nnstudio.data.load import load
from nnstudio.data.rows import inputs_of, rows_of_file
from nnstudio.data.sources.table import Table
from nnstudio.data.table_preview import propose
from nnstudio.errors import DataError, FileError
from nnstudio.formats.column_json import fitted_from_json, fitted_to_json

COLUMNS = (Column("age", fill=40.0), Column("town", ("Bonn", "Köln")), Column("dose", zero_is_missing=True))
HEADER = "age,dose,town,ill"


def row_of(index: int) -> tuple[str, str, str, str]:
    dose = "" if index % 6 == 0 else f"{index % 9 + 1}.25"
    return f"{index % 70}", dose, ("Bonn", "Köln", "Ulm")[index % 3], ("yes", "no")[index % 2]


def learnt(tmp_path: Path) -> Dataset:
    path = tmp_path / "learnt.csv"
    path.write_text("\n".join((HEADER, *(",".join(row_of(i)) for i in range(90)))), encoding="utf-8")
    return load(propose(path).recipe)


def test_rows_become_the_inputs_that_they_had_in_training(tmp_path: Path) -> None:
    data = learnt(tmp_path)
    names = HEADER.split(",")[:3]
    rows = [dict(zip(names, row_of(int(number)), strict=False)) for number in data.training.numbers]
    assert inputs_of(data.columns, rows).tobytes() == data.training.x.tobytes()


@pytest.mark.parametrize("ending", ["csv", "semicolons", "parquet"])
@pytest.mark.parametrize("target", [True, False])
def test_a_file_of_rows_becomes_the_inputs_that_they_had_in_training(
    tmp_path: Path, ending: str, target: bool
) -> None:
    data = learnt(tmp_path)
    order = [2, 0, 1, 3][: 4 if target else 3]
    table = [[row_of(int(number))[place] for place in order] for number in data.training.numbers]
    names = [HEADER.split(",")[place] for place in order]
    path = tmp_path / f"new.{ending}"
    if ending == "parquet":
        columns = list(zip(*table, strict=True))
        frame = {name: pl.Series(values=column) for name, column in zip(names, columns, strict=True)}
        frame["age"] = frame["age"].cast(pl.Int64)
        pl.DataFrame(frame).write_parquet(path)
    else:
        with path.open("w", encoding="utf-16" if ending == "semicolons" else "utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";" if ending == "semicolons" else ",")
            writer.writerow(names)
            commas = ending == "semicolons"
            writer.writerows([cell.replace(".", ",") if commas else cell for cell in row] for row in table)
    source = data.recipe.source
    assert isinstance(source, Table)
    rows = rows_of_file(source, data.columns, path)
    assert rows.x.tobytes() == data.training.x.tobytes()
    assert rows.records.cell(1, 0) == table[1][0]


def test_a_text_may_be_a_number_with_a_comma_and_a_gap_is_filled() -> None:
    x = inputs_of(
        COLUMNS, [{"age": "?", "town": "Köln", "dose": "2,5"}, {"age": 7, "town": "Bonn", "dose": 1}]
    )
    assert x.tolist() == [[40, 0, 1, 2.5], [7, 1, 0, 1]]


def test_a_comma_that_could_be_both_is_what_the_table_has() -> None:
    row = {"age": "1,500", "town": "Bonn", "dose": "2.5"}
    assert inputs_of(COLUMNS, [row])[0, 0] == 1500
    assert inputs_of(COLUMNS, [row], ",")[0].tolist() == [1.5, 1, 0, 2.5]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"town": "Ulm"}, ("town", "row 2", "Ulm", "Bonn, Köln")),
        ({"age": "old"}, ("age", "row 2", "old", "a number")),
        ({"dose": None}, ("dose", "row 2", "age, town")),
        ({"dose": ""}, ("dose", "row 2", "none")),
        ({"dose": "0"}, ("dose", "row 2", "none")),
    ],
)
def test_a_row_that_cannot_be_read_is_named_in_one_sentence(
    changes: dict[str, Any], words: tuple[str, ...]
) -> None:
    good = {"age": "1", "town": "Bonn", "dose": "2"}
    bad = {name: value for name, value in (good | changes).items() if value is not None}
    with pytest.raises(DataError) as caught:
        inputs_of(COLUMNS, [good, bad])
    assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("age,town,dose\n1,Bonn,2\n1,Ulm,2\n", ("town", "row 2", "Ulm", "Bonn, Köln")),
        ("age,town,dose\n1,Bonn,2\nold,Bonn,2\n", ("age", "row 2", "old", "a number")),
        ("age,town\n1,Bonn\n2,Köln\n", ("dose", "age, town")),
        ("age,town,dose\n1,Bonn,2\n1,Bonn,?\n", ("dose", "row 2", "none")),
        ("age,town,dose\n", ("Expected rows", "none")),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, content: str, words: tuple[str, ...]
) -> None:
    path = tmp_path / "new.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises((DataError, FileError)) as caught:
        rows_of_file(Table("old.csv", targets=("ill",)), COLUMNS, path)
    assert all(word in str(caught.value) for word in words)


def test_rows_without_a_header_are_told_by_their_order(tmp_path: Path) -> None:
    source = Table("old.csv", header=False, targets=("ill",), column_names=("ill", "age", "dose"))
    columns = (Column("age"), Column("dose"))
    path = tmp_path / "new.csv"
    for content in ("0,1,2\n1,3,4\n", "1,2\n3,4\n", "dose,age\n2,1\n4,3\n"):
        path.write_text(content, encoding="utf-8")
        assert rows_of_file(source, columns, path).x.tolist() == [[1, 2], [3, 4]]
    path.write_text("1,2,3,4\n", encoding="utf-8")
    with pytest.raises(DataError, match="found 4"):
        rows_of_file(source, columns, path)


def test_what_turns_rows_into_inputs_comes_back_from_json_bit_for_bit(tmp_path: Path) -> None:
    fitted = Fitted.of(learnt(tmp_path))
    again = fitted_from_json(fitted_to_json(fitted))
    assert again.columns == fitted.columns and again.target_names == fitted.target_names == ("ill",)
    assert again.scaler.offset.tobytes() == fitted.scaler.offset.tobytes()  # type: ignore[union-attr]
    assert again.scaler.spread.tobytes() == fitted.scaler.spread.tobytes()  # type: ignore[union-attr]
