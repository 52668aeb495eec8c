"""The tab on rows: a table of predictions, a row to make up, values in a plot, files without labels."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.prediction_files import save_predictions
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.prediction.number_field import NumberField
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.prediction.sample_filter import SampleFilter
from tests.ui.acting import type_over
from tests.ui.data.people import people
from tests.ui.prediction.conftest import MakeTab, untrained

LEFT = Qt.MouseButton.LeftButton
ONE_OUTPUT = design_of(
    Dense(8, activation="relu", name=""), Dense(1, activation="sigmoid", name=""), loss=BinaryCrossentropy()
)
TWO_OUTPUTS = design_of(Dense(2, activation="softmax", name=""), loss=CategoricalCrossentropy())
VALUE = design_of(Dense(1, name=""), loss=MeanSquaredError(), metrics=())


def trained(design: Design, dataset: Dataset) -> TrainedModel:
    plan = TrainingPlan(epochs=2, batch_size=16, seed=1)
    state = RunState.start(design, plan, dataset.facts.sample_shape, *dataset.split(plan.validation_split))
    for _ in train(state):
        pass
    return TrainedModel(Study(design, plan, dataset.recipe), state.network.snapshot(2.0), History(("loss",)))


@pytest.fixture
def tab(make_tab: MakeTab) -> PredictionTab:
    """The tab for people who are ill or not."""
    data = people()
    return make_tab(trained(ONE_OUTPUT, data), data)


def texts(tab: PredictionTab, name: str) -> list[str]:
    """Return a column of the table, from top to bottom."""
    model = tab.samples.model
    index = tab.samples.shown.names.index(name)
    return [model.text(row, index) for row in range(model.rowCount())]


def click_header(qtbot: QtBot, tab: PredictionTab, name: str) -> None:
    header = tab.samples.table.horizontalHeader()
    index = tab.samples.shown.names.index(name)
    tab.samples.table.scrollTo(tab.samples.model.index(0, index))
    place = QPoint(header.sectionViewportPosition(index) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)


def prediction(tab: PredictionTab, x: np.ndarray) -> float:  # type: ignore[type-arg]
    """Return what the network says of raw inputs, by itself."""
    session = tab._session
    assert session.snapshot is not None
    return float(session.snapshot.predictor()(session.dataset.scaler.apply(x.reshape(1, -1)))[0, 0])


def number_field(tab: PredictionTab, name: str) -> NumberField:
    field = tab.row.form.editors[name]
    assert isinstance(field, NumberField)
    return field


@pytest.mark.parametrize("design", [ONE_OUTPUT, TWO_OUTPUTS], ids=["one output", "two outputs"])
def test_two_classes_have_a_matrix_a_table_and_bars(make_tab: MakeTab, design: Design) -> None:
    data = people()
    tab = make_tab(trained(design, data), data)
    evaluation = tab._session.evaluation
    assert evaluation is not None
    assert tab.matrix.isVisible() and tab.samples.isVisible() and tab.row.isVisible()
    assert not tab.gallery.isVisible() and not tab.pad.isVisible()
    assert tab.summary.text.startswith("people.csv, test samples, Right ")
    assert len(texts(tab, "Predicted")) == int((~evaluation.right).sum())
    assert all(one != other for one, other in zip(texts(tab, "Predicted"), texts(tab, "Actual"), strict=True))
    sums = [float(a) + float(b) for a, b in zip(texts(tab, "P(no)"), texts(tab, "P(yes)"), strict=True)]
    assert sums == pytest.approx([1.0] * len(sums), abs=0.0011)
    assert [bar.name for bar in tab.row.guess.bars.bars] == ["no", "yes"]


def test_a_cell_of_the_matrix_filters_the_table(qtbot: QtBot, tab: PredictionTab) -> None:
    matrix = tab.matrix.matrix
    qtbot.mouseClick(matrix, LEFT, pos=matrix.rect_of(1, 1).center())
    assert tab.filter == SampleFilter.at((1, 1))
    assert set(texts(tab, "Predicted")) == set(texts(tab, "Actual")) == {"yes"}
    assert tab.samples.head.chip.isVisible()
    qtbot.mouseClick(tab.samples.head.chip, LEFT)
    assert len(texts(tab, "Predicted")) == 80


def test_a_header_sorts_the_table(qtbot: QtBot, tab: PredictionTab) -> None:
    tab._take_filter(SampleFilter())
    before = texts(tab, "weight")
    click_header(qtbot, tab, "P(yes)")
    shares = [float(text) for text in texts(tab, "P(yes)")]
    assert shares == sorted(shares)
    click_header(qtbot, tab, "P(yes)")
    shares = [float(text) for text in texts(tab, "P(yes)")]
    assert shares == sorted(shares, reverse=True)
    click_header(qtbot, tab, "P(yes)")
    assert texts(tab, "weight") == before


def test_a_row_of_the_table_can_be_changed_and_is_predicted_at_once(qtbot: QtBot, tab: PredictionTab) -> None:
    data = tab._session.dataset
    tab.samples.table.selectRow(2)
    sample = int(tab.samples.shown.rows[2])
    assert data.test.numbers is not None
    assert f"Test row {data.test.numbers[sample] + 1}, actual" in tab.row.words.text()
    x = data.test.x[sample].copy()
    x[0] = 15.0
    type_over(qtbot, number_field(tab, "age"), "15")
    bars = tab.row.guess.bars
    qtbot.waitUntil(lambda: bars.bars[1].share == pytest.approx(prediction(tab, x), abs=1e-5))
    assert tab.row.words.text().endswith("changed")
    colour = tab.row.form.editors["colour"]
    assert isinstance(colour, ChoiceBox)
    colour.setFocus()
    qtbot.keyClick(colour, Qt.Key.Key_Home)
    x[2:] = (1, 0, 0)
    qtbot.waitUntil(lambda: bars.bars[1].share == pytest.approx(prediction(tab, x), abs=1e-5))
    qtbot.mouseClick(tab.row.next, LEFT)
    assert number_field(tab, "age").value() == data.test.x[sample, 0]
    qtbot.mouseClick(tab.row.next, LEFT)
    assert number_field(tab, "age").value() == data.test.x[sample + 1, 0]


def test_what_lies_far_from_all_training_rows_is_a_warning(qtbot: QtBot, tab: PredictionTab) -> None:
    assert not tab.row.warning.isVisible()
    type_over(qtbot, number_field(tab, "age"), "300")
    qtbot.waitUntil(tab.row.warning.isVisible)
    assert tab.row.warning.text().startswith("age lies far")


def test_the_row_follows_other_weights(qtbot: QtBot, tab: PredictionTab) -> None:
    before = tab.row.guess.bars.bars[1].share
    tab._session.reset()
    qtbot.waitUntil(lambda: tab.row.guess.bars.bars[1].share != before)


def test_values_have_a_plot_and_errors_and_no_accuracy(make_tab: MakeTab, qtbot: QtBot) -> None:
    data = people(values=True)
    tab = make_tab(trained(VALUE, data), data)
    evaluation = tab._session.evaluation
    assert evaluation is not None
    error = evaluation.outputs[:, 0] - data.test.y[:, 0]
    assert f"Mean abs. error {np.abs(error).mean():.4g}" in tab.summary.text
    assert f"RMSE {np.sqrt(np.square(error).mean()):.4g}" in tab.summary.text
    assert "Accuracy" not in tab.summary.text and "Right" not in tab.summary.text
    assert tab.values.isVisible() and not tab.matrix.isVisible()
    assert not tab.samples.head.segments.isVisible()
    shown = [float(text.replace("\u2212", "-")) for text in texts(tab, "Error")]
    assert shown == pytest.approx(error, rel=1e-3)
    plot = tab.values.plot
    point = plot.point_of(5)
    assert point is not None and len(plot.samples) == 80
    tab.grab()
    qtbot.mouseClick(plot, LEFT, pos=point.toPoint())
    assert f"Test row {data.test.numbers[5] + 1}," in tab.row.words.text()
    assert tab.row.values.texts == [f"{evaluation.outputs[5, 0]:.4g}".replace("-", "\u2212")]
    qtbot.mouseClick(tab.values.choices._group.buttons()[1], LEFT)
    moved = plot.point_of(5)
    assert moved is not None and moved != point


def test_inputs_without_names_have_fields_too(make_tab: MakeTab) -> None:
    data = replace(people(), columns=(), target_names=(), records=None)
    tab = make_tab(untrained(ONE_OUTPUT, data), data)
    assert list(tab.row.form.editors) == [f"Value {index}" for index in range(1, 6)]
    assert "Value 1" in tab.samples.shown.names


def write_rows(path: Path, rows: list[list[str]]) -> Path:
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_a_file_without_labels_is_predicted_as_the_test_rows_are(
    qtbot: QtBot, tab: PredictionTab, tmp_path: Path
) -> None:
    data = tab._session.dataset
    assert data.records is not None and data.test.numbers is not None
    cells = [
        [data.records.cell(int(number), column) for column in (3, 1, 0, 2)] for number in data.test.numbers
    ]
    path = write_rows(tmp_path / "new.csv", [["colour", "age", "name", "weight"], *cells])
    tab.verbs.predict(path)
    qtbot.waitUntil(lambda: tab.samples.head.chip.text().startswith("new.csv"))
    evaluation = tab._session.evaluation
    assert evaluation is not None
    shares = [float(text) for text in texts(tab, "P(yes)")]
    assert shares == pytest.approx(evaluation.outputs[:, 0], abs=0.0006)
    assert texts(tab, "name") == [row[2] for row in cells]
    assert "Actual" not in tab.samples.shown.names
    click_header(qtbot, tab, "weight")
    assert texts(tab, "weight") == sorted(texts(tab, "weight"), key=float)
    qtbot.mouseClick(tab.samples.head.chip, LEFT)
    assert "Actual" in tab.samples.shown.names


def test_a_file_is_predicted_anew_with_other_weights(
    qtbot: QtBot, tab: PredictionTab, tmp_path: Path
) -> None:
    tab.verbs.predict(write_rows(tmp_path / "new.csv", [["age", "weight", "colour"], ["30", "50", "red"]]))
    qtbot.waitUntil(lambda: tab.samples.new is not None)
    before = texts(tab, "P(yes)")
    tab._session.reset()
    qtbot.waitUntil(lambda: texts(tab, "P(yes)") != before)
    x = np.array([30, 50, 0, 0, 1], np.float32)
    assert float(texts(tab, "P(yes)")[0]) == pytest.approx(prediction(tab, x), abs=0.0006)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["age", "weight", "colour"], ["30", "50", "pink"]], "pink"),
        ([["age", "weight", "colour"], ["30", "heavy", "red"]], "heavy"),
        ([["age", "weight"], ["30", "50"]], "colour"),
        ([["age", "weight", "colour"]], "found none"),
    ],
)
def test_a_file_that_does_not_fit_is_told_in_a_sentence(
    qtbot: QtBot, tab: PredictionTab, tmp_path: Path, rows: list[list[str]], words: str
) -> None:
    path = write_rows(tmp_path / "new.csv", rows)
    with qtbot.waitSignal(tab._session.failed) as told:
        tab.verbs.predict(path)
    assert words in told.args[1]


def test_predictions_are_saved_as_they_are_shown(qtbot: QtBot, tab: PredictionTab, tmp_path: Path) -> None:
    saved: list[Path] = []
    save_predictions(
        tab._session,
        tmp_path / "predictions",
        tab.samples.shown.columns,
        tab.samples.shown.rows,
        saved.append,
    )
    qtbot.waitUntil(lambda: bool(saved))
    assert saved == [tmp_path / "predictions.csv"]
    with saved[0].open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[:4] == ["Predicted", "Actual", "P(no)", "P(yes)"]
    assert [row[0] for row in rows] == texts(tab, "Predicted")
    shown = [float(text) for text in texts(tab, "P(yes)")]
    assert [float(row[3]) for row in rows] == pytest.approx(shown, abs=0.0006)
