"""The window of explanations, as a person comes to it and uses it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import LSTM, Conv2D, Dense, Embedding, Flatten, GlobalAveragePooling2D, Reshape
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.experiments.explaining.explanation import Explanation, Way
from nnstudio.session.session import Session
from nnstudio.task import Task
from nnstudio.ui import theme
from nnstudio.ui.explaining.cell_page import CellSubject
from nnstudio.ui.explaining.explain_dialog import ExplainDialog
from nnstudio.ui.explaining.heat import greyed, heat_image, limit_of
from nnstudio.ui.explaining.near_view import HIDDEN, VALUES
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.workbench import Workbench
from tests.ui.data.people import people
from tests.ui.prediction.conftest import MakeTab, untrained

LEFT = Qt.MouseButton.LeftButton


def choose_tile(qtbot: QtBot, tab: PredictionTab, place: int = 0) -> int:
    view = tab.gallery.view
    view.doItemsLayout()
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(place, 0)).center())
    assert tab.gallery.chosen is not None
    return tab.gallery.chosen


def explained(qtbot: QtBot, tab: PredictionTab, button: QPushButton) -> ExplainDialog:
    """Press a button that explains, and wait for the explanation."""
    dialog = tab.explaining.dialog
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.desk.explained):
        qtbot.mouseClick(button, LEFT)
    assert dialog.isVisible()
    return dialog


def choose_way(qtbot: QtBot, dialog: ExplainDialog, way: Way) -> Explanation:
    segment = next(one for one in dialog.sample.findChildren(QPushButton) if one.text() == way)
    with qtbot.waitSignal(dialog.desk.explained) as told:
        qtbot.mouseClick(segment, LEFT)
    assert told.args is not None
    found: Explanation = told.args[0]
    return found


@pytest.fixture
def dialog(qtbot: QtBot, tab: PredictionTab) -> ExplainDialog:
    """The window for the first image that is wrong."""
    choose_tile(qtbot, tab)
    return explained(qtbot, tab, tab.gallery.card.explain)


def test_it_says_what_the_image_is_and_what_it_was_read_as(tab: PredictionTab, dialog: ExplainDialog) -> None:
    evaluation, sample = tab.evaluation, tab.gallery.chosen
    assert evaluation is not None and sample is not None
    names = evaluation.facts.class_names
    actual, read = names[evaluation.actual_classes[sample]], evaluation.predicted_name(sample)
    assert dialog.head.title.text() == f"Image {sample:,}"
    assert dialog.sample.answer.text().startswith(f"Actual {actual}, read as {read} (")
    assert dialog.head.weights.text() == "Weights after epoch 4"


def test_each_way_shows_a_map_with_its_own_legend_and_sentence(qtbot: QtBot, dialog: ExplainDialog) -> None:
    seen = {Way.OCCLUSION: (dialog.sample.result.text(), dialog.sample.effects.legend.words)}
    for way in (Way.GRADIENT, Way.CHANGE):
        found = choose_way(qtbot, dialog, way)
        assert dialog.sample.effects.map.heat is found.heat
        seen[way] = (dialog.sample.result.text(), dialog.sample.effects.legend.words)
    assert len(set(seen.values())) == 3
    assert seen[Way.CHANGE][1] == ("ink taken away", "ink added")
    assert "it would say" in seen[Way.CHANGE][0]


def test_a_change_is_looked_for_towards_what_the_image_really_is(qtbot: QtBot, dialog: ExplainDialog) -> None:
    found = choose_way(qtbot, dialog, Way.CHANGE)
    assert found.about == found.question.subject.actual != found.predicted
    assert found.change is not None
    session = dialog._session
    assert session.snapshot is not None
    x = session.dataset.scaler.apply(found.change.raw)[None]
    assert int(session.snapshot.predictor()(x)[0].argmax()) == found.about


def test_another_class_can_be_asked_about(qtbot: QtBot, dialog: ExplainDialog) -> None:
    box = dialog.sample.about
    before = box.currentIndex()
    box.setFocus()
    with qtbot.waitSignal(dialog.desk.explained) as told:
        qtbot.keyClick(box, Qt.Key.Key_Down if before < box.count() - 1 else Qt.Key.Key_Up)
    assert told.args is not None
    assert told.args[0].about == box.currentIndex() != before
    assert f"sure of {dialog._session.dataset.class_names[box.currentIndex()]}" in dialog.sample.result.text()


def test_the_value_under_the_pointer_is_told_and_also_by_keyboard(
    qtbot: QtBot, dialog: ExplainDialog
) -> None:
    view = dialog.sample.effects.map
    at, none = view._cell((13, 9)).center(), Qt.MouseButton.NoButton
    there = QPointF(view.mapToGlobal(at.toPoint()))
    move = QMouseEvent(QEvent.Type.MouseMove, at, there, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, move)
    words = dialog.sample.effects.pointed
    assert words.text().startswith("Row 14, column 10: ")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert words.text().startswith("Row 15, column 10: ")


def test_the_slider_lets_the_colours_step_back(qtbot: QtBot, dialog: ExplainDialog) -> None:
    view, slider = dialog.sample.effects.map, dialog.sample.effects.opacity
    coloured = view.grab().toImage()
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    plain = view.grab().toImage()
    assert plain != coloured
    grey = [plain.pixelColor(x, y) for x in range(0, plain.width(), 37) for y in range(0, plain.height(), 37)]
    assert all(abs(color.red() - color.blue()) < 20 for color in grey)


def test_a_click_on_a_neighbour_explains_it_and_back_returns(qtbot: QtBot, dialog: ExplainDialog) -> None:
    tiles, title = dialog.sample.near.tiles, dialog.head.title.text()
    qtbot.waitUntil(lambda: len(tiles.tiles) == 8)
    with qtbot.waitSignal(dialog.desk.explained):
        qtbot.mouseClick(tiles, LEFT, pos=tiles.rect_of(2).center())
    assert dialog.head.title.text().startswith("Training image ")
    itself = dialog.head.title.text().removeprefix("Training image ")
    with qtbot.waitSignal(dialog.desk.neighbours_found):
        dialog._find_neighbours(False)
    assert len(tiles.tiles) == 8
    assert not any(f"sample {itself}:" in tile.tip for tile in tiles.tiles)
    with qtbot.waitSignal(dialog.desk.explained):
        qtbot.mouseClick(dialog.head.back, LEFT)
    assert dialog.head.title.text() == title
    assert dialog.head.back.isHidden()


def test_neighbours_by_the_last_hidden_layer_are_others(qtbot: QtBot, dialog: ExplainDialog) -> None:
    near = dialog.sample.near
    qtbot.waitUntil(lambda: len(near.tiles.tiles) == 8)
    before = [tile.tip for tile in near.tiles.tiles]
    segment = next(one for one in near.findChildren(QPushButton) if one.text() == HIDDEN)
    with qtbot.waitSignal(dialog.desk.neighbours_found):
        qtbot.mouseClick(segment, LEFT)
    assert near.segments.choice == HIDDEN != VALUES
    assert [tile.tip for tile in near.tiles.tiles] != before


def test_it_is_saved_and_copied_as_a_picture(qtbot: QtBot, dialog: ExplainDialog, tmp_path: Path) -> None:
    assert dialog.foot.save_to(str(tmp_path / "why.png"))
    saved = QImage(str(tmp_path / "why.png"))
    qtbot.mouseClick(dialog.foot.copy, LEFT)
    assert saved.size() == QGuiApplication.clipboard().image().size()
    assert saved.width() > 600
    assert not dialog.foot.save_to(str(tmp_path / "nowhere" / "why.png"))
    assert "another folder" in dialog.foot.note.text()


def test_other_data_close_it(dialog: ExplainDialog, digits: Dataset) -> None:
    dialog._session.show_dataset(digits.scaled("standard"))
    assert not dialog.isVisible()


def test_other_weights_are_explained_by_themselves(qtbot: QtBot, dialog: ExplainDialog) -> None:
    with qtbot.waitSignal(dialog.desk.explained):
        dialog._session.show_weights()


def test_a_cell_shows_its_samples_and_the_averages_of_both_classes(qtbot: QtBot, tab: PredictionTab) -> None:
    evaluation = tab.evaluation
    assert evaluation is not None
    wrong = evaluation.confusion * (1 - np.eye(10, dtype=int))
    row, column = map(int, np.unravel_index(wrong.argmax(), wrong.shape))
    matrix, dialog = tab.matrix.matrix, tab.explaining.dialog
    qtbot.addWidget(dialog)
    qtbot.mouseClick(matrix, LEFT, pos=matrix.rect_of(row, column).center())
    with qtbot.waitSignal(dialog.desk.cell_found):
        qtbot.mouseClick(tab.matrix.explain, LEFT)
    names = evaluation.facts.class_names
    assert dialog.head.title.text() == f"{names[row]} read as {names[column]}"
    count = int(wrong[row, column])
    assert dialog.cell.words.text().startswith(f"{count} images of ")
    assert dialog.cell.means.captions == [
        "Average of these",
        f"Average {names[row]}",
        f"Average {names[column]}",
    ]
    assert len(dialog.cell.tiles.tiles) == min(count, 24)
    tiles = dialog.cell.tiles
    with qtbot.waitSignal(dialog.desk.explained):
        qtbot.mouseClick(tiles, LEFT, pos=tiles.rect_of(0).center())
    assert dialog.sample.answer.text().startswith(f"Actual {names[row]}, read as {names[column]}")


def test_a_right_click_on_a_cell_and_on_an_image_offers_it(qtbot: QtBot, tab: PredictionTab) -> None:
    dialog, matrix, view = tab.explaining.dialog, tab.matrix.matrix, tab.gallery.view
    qtbot.addWidget(dialog)
    matrix.customContextMenuRequested.emit(matrix.rect_of(3, 3).center())
    with qtbot.waitSignal(dialog.desk.cell_found):
        _menu(tab).actions()[0].trigger()
    assert dialog.head.title.text() == "3 read as 3"
    view.doItemsLayout()
    place = view.visualRect(view.model().index(1, 0)).center()
    view.customContextMenuRequested.emit(place)
    with qtbot.waitSignal(dialog.desk.explained):
        _menu(tab).actions()[0].trigger()
    assert tab.gallery.chosen == tab.gallery.model.samples[1]


def _menu(tab: PredictionTab) -> QMenu:
    """Return the menu that stands open."""
    shown = [menu for menu in tab.findChildren(QMenu) if menu.isVisible()]
    return shown[-1]


def test_a_drawing_is_explained(qtbot: QtBot, tab: PredictionTab) -> None:
    pad = tab.pad.pad
    assert tab.pad.guess.explain.isHidden()
    points = [QPoint(pad.width() // 2, y) for y in range(30, pad.height() - 30, 6)]
    qtbot.mousePress(pad, LEFT, pos=points[0])
    for point in points:
        qtbot.mouseMove(pad, point)
    qtbot.mouseRelease(pad, LEFT, pos=points[-1])
    qtbot.waitUntil(lambda: not tab.pad.guess.explain.isHidden())
    dialog = explained(qtbot, tab, tab.pad.guess.explain)
    assert dialog.head.title.text() == "My drawing"
    assert dialog.sample.answer.text().startswith(f"Read as {tab.pad.guess.name} (")


@pytest.mark.parametrize("kind", ["lstm", "colour"])
def test_rows_of_a_picture_as_steps_and_coloured_pictures_are_explained(
    qtbot: QtBot, make_tab: MakeTab, digits: Dataset, kind: str
) -> None:
    data = digits if kind == "lstm" else coloured(digits)
    last = Dense(name="", units=10, activation="softmax")
    conv = (Conv2D(name="", filters=4, activation="relu"), GlobalAveragePooling2D(name=""), last)
    layers = (LSTM(name="", units=8), last) if kind == "lstm" else conv
    tab = make_tab(untrained(design_of(*layers), data), data)
    choose_tile(qtbot, tab)
    dialog = explained(qtbot, tab, tab.gallery.card.explain)
    for way in (Way.GRADIENT, Way.CHANGE):
        found = choose_way(qtbot, dialog, way)
        assert found.heat is not None and found.heat.shape == (28, 28)
    qtbot.waitUntil(lambda: len(dialog.sample.near.tiles.tiles) == 8)


def coloured(digits: Dataset) -> Dataset:
    """Return 600 of the digits in colours."""

    def part(samples: Samples, count: int) -> Samples:
        shares = np.array([255, 128, 64]) / 255
        x = (samples.x[:count, :, :, None] * shares).astype(np.uint8)
        return Samples(x, samples.y[:count], samples.scaler)

    facts = replace(digits.facts, sample_shape=(28, 28, 3), training_count=500, test_count=100)
    return replace(digits, training=part(digits.training, 500), test=part(digits.test, 100), facts=facts)


def test_a_row_is_explained_by_its_columns_and_a_change_in_its_own_units(
    qtbot: QtBot, make_tab: MakeTab
) -> None:
    data = people()
    tab = make_tab(untrained(design_of(Dense(name="", units=2, activation="softmax")), data), data)
    dialog = explained(qtbot, tab, tab.row.explain)
    assert {bar.name for bar in dialog.sample.effects.bars.bars} == {column.name for column in data.columns}
    found = choose_way(qtbot, dialog, Way.CHANGE)
    assert found.row_changes or "No change" in dialog.sample.result.text()
    if found.row_changes:
        first = found.row_changes[0].changes[0]
        assert f"With {first.field.name} " in dialog.sample.result.text()
        assert " instead of " in dialog.sample.result.text()
    qtbot.waitUntil(lambda: dialog.sample.near.rows.rowCount() == 8)
    table = dialog.sample.near.table
    with qtbot.waitSignal(dialog.desk.explained):
        qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(1, 0)).center())
    assert dialog.head.title.text().startswith("Training row ")


def test_a_cell_of_rows_has_a_table_of_averages(qtbot: QtBot, make_tab: MakeTab) -> None:
    data = people()
    tab = make_tab(untrained(design_of(Dense(name="", units=2, activation="softmax")), data), data)
    dialog, evaluation = tab.explaining.dialog, tab.evaluation
    qtbot.addWidget(dialog)
    assert evaluation is not None
    row = int(evaluation.actual_classes[0])
    rows = np.flatnonzero(evaluation.actual_classes == row)
    with qtbot.waitSignal(dialog.desk.cell_found):
        dialog.begin(CellSubject.of(evaluation, data.test, rows))
    assert dialog.cell.rows.rowCount() == len(data.input_names)
    assert dialog.cell.table.isVisible()


def test_a_prediction_of_a_value_says_how_far_each_column_moves_it(qtbot: QtBot, make_tab: MakeTab) -> None:
    data = people(values=True)
    model = untrained(design_of(Dense(name="", units=1), loss=MeanSquaredError(), metrics=()), data)
    tab = make_tab(model, data)
    dialog = explained(qtbot, tab, tab.row.explain)
    assert dialog.sample.answer.text().startswith("Predicted: ")
    found = choose_way(qtbot, dialog, Way.CHANGE)
    assert [reach.field.name for reach in found.reaches]
    assert f"{found.reaches[0].field.name} alone moves " in dialog.sample.result.text()


def test_the_menu_explains_what_is_shown_and_says_what_stands_in_the_way(
    qtbot: QtBot, workbench: Workbench, session: Session
) -> None:
    action = workbench.actions["explain"]
    qtbot.waitUntil(lambda: session.evaluation is not None)
    assert action.isEnabled()
    dialog = workbench.prediction_tab.explaining.dialog
    with qtbot.waitSignal(dialog.desk.explained):
        action.trigger()
    assert workbench.window.stages.currentIndex() == 3
    dialog.close()
    session._evaluator.clear()
    assert not action.isEnabled()
    assert "nothing is predicted yet" in action.text()


def test_colours_of_a_map_are_those_of_the_theme_and_nothing_is_a_hole(qapp: QApplication) -> None:
    values = np.array([[-2.0, 0.0, 2.0, np.nan]], np.float32)
    for one in theme.THEMES.values():
        theme.apply(qapp, one)
        image = heat_image(values, limit_of(values), 1.0)
        low, zero, high = (image.pixelColor(x, 0) for x in range(3))
        assert (low.name(), high.name()) == (one.diverging[0].lower(), one.diverging[-1].lower())
        assert zero.alpha() == image.pixelColor(3, 0).alpha() == 0
    theme.apply(qapp, theme.LIGHT)


def test_a_map_of_nothing_is_no_division_by_zero() -> None:
    assert limit_of(np.zeros((3, 3))) > 0
    assert limit_of(np.full((3, 3), np.nan)) > 0


def test_a_picture_whose_value_is_predicted_is_explained_from_the_menu(
    qtbot: QtBot, make_tab: MakeTab, digits: Dataset
) -> None:
    def part(samples: Samples) -> Samples:
        return Samples(samples.x, samples.y[:, None].astype(np.float32), samples.scaler)

    facts = replace(digits.facts, task=Task.REGRESSION, class_names=(), outputs=1)
    data = replace(digits, training=part(digits.training), test=part(digits.test), facts=facts)
    design = design_of(Flatten(name=""), Dense(name="", units=1), loss=MeanSquaredError(), metrics=())
    tab = make_tab(untrained(design, data), data)
    dialog = tab.explaining.dialog
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.desk.explained):
        tab.explaining.explain_shown()
    assert dialog.sample.answer.text().startswith("Predicted: ")
    assert dialog.sample.effects.legend.words == ("takes from it", "adds to it")
    found = choose_way(qtbot, dialog, Way.CHANGE)
    assert found.change is None
    assert "no other class" in dialog.sample.result.text()


def test_where_there_is_no_gradient_it_says_so_and_shows_no_map(
    qtbot: QtBot, make_tab: MakeTab, digits: Dataset
) -> None:
    words = (Reshape(name="", target_shape=(784,)), Embedding(name="", input_dim=256, output_dim=2))
    data = digits.scaled("none")
    last = Dense(name="", units=10, activation="softmax")
    tab = make_tab(untrained(design_of(*words, Flatten(name=""), last), data), data)
    choose_tile(qtbot, tab)
    dialog = explained(qtbot, tab, tab.gallery.card.explain)
    segment = next(one for one in dialog.sample.findChildren(QPushButton) if one.text() == Way.GRADIENT)
    with qtbot.waitSignal(dialog.desk.refused):
        qtbot.mouseClick(segment, LEFT)
    assert "no gradient" in dialog.sample.result.text()
    assert dialog.sample.effects.map.heat is None
    assert dialog.sample.effects.legend.isHidden()
    choose_way(qtbot, dialog, Way.OCCLUSION)
    assert dialog.sample.effects.map.heat is not None


def test_behind_a_map_a_picture_loses_its_colour_but_not_its_brightness() -> None:
    picture = np.array([[[255, 0, 0], [10, 200, 90]]], np.uint8)
    grey = greyed(picture, 1.0)
    assert (grey == grey[..., :1]).all()
    np.testing.assert_array_equal(grey[0, :, 0], [76, 131])
    np.testing.assert_array_equal(greyed(picture, 0.0), picture)
    assert greyed(picture[..., 0], 1.0) is not None and greyed(picture[..., 0], 1.0).ndim == 2
