"""The gallery: which samples it shows, in which order, and what it says of them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Samples
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.gallery_model import GalleryModel
from nnstudio.ui.prediction.nines import HEIGHT_PX, WIDTH_PX, nines_picture
from nnstudio.ui.prediction.nines_dialog import NinesDialog
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.prediction.sample_filter import ALL, RIGHT, WRONG, SampleFilter, ordered


def evaluation_of(tab: PredictionTab) -> Evaluation:
    evaluation = tab._session.evaluation
    assert evaluation is not None
    return evaluation


def choose_tile(qtbot: QtBot, tab: PredictionTab, row: int) -> int:
    view = tab.gallery.view
    view.doItemsLayout()
    place = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tab.gallery.chosen is not None
    return tab.gallery.chosen


def press(qtbot: QtBot, tab: PredictionTab, text: str) -> None:
    segments = tab.gallery.head.segments
    button = next(button for button in segments._group.buttons() if button.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_begins_with_what_is_wrong_the_most_certain_first(tab: PredictionTab) -> None:
    evaluation, rows = evaluation_of(tab), tab.gallery.model.samples
    assert not evaluation.right[rows].any()
    assert len(rows) == (~evaluation.right).sum()
    assert (np.diff(evaluation.sureness[rows]) <= 0).all()


def test_buttons_choose_right_wrong_or_all(tab: PredictionTab, qtbot: QtBot) -> None:
    evaluation = evaluation_of(tab)
    press(qtbot, tab, "All right")
    assert tab.filter == RIGHT
    assert evaluation.right[tab.gallery.model.samples].all()
    press(qtbot, tab, "All")
    assert tab.filter == ALL
    assert tab.gallery.head.count_text == "1,000 images"
    press(qtbot, tab, "All wrong")
    assert tab.filter == WRONG


def test_a_person_chooses_the_order(tab: PredictionTab, qtbot: QtBot) -> None:
    order = tab.gallery.head.order
    order.textActivated.emit("Highest loss first")
    losses = evaluation_of(tab).losses[tab.gallery.model.samples]
    assert (np.diff(losses) <= 0).all()
    order.textActivated.emit("In order")
    assert (np.diff(tab.gallery.model.samples) > 0).all()


def test_a_tile_says_what_it_is_in_words(tab: PredictionTab) -> None:
    evaluation, model = evaluation_of(tab), tab.gallery.model
    sample, index = int(model.samples[0]), model.index(0)
    words = f"Predicted {evaluation.predicted[sample]}, Actual {evaluation.actual[sample]}"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == f"{words}\nImage {sample + 1:,}"
    sure = f"{100 * evaluation.sureness[sample]:.0f} %"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"{words}, {sure}"


def test_a_chosen_tile_shows_its_sample_in_detail(tab: PredictionTab, qtbot: QtBot) -> None:
    card = tab.gallery.card
    assert not card.isVisible()
    sample = choose_tile(qtbot, tab, 2)
    evaluation = evaluation_of(tab)
    assert card.isVisible()
    assert card.title == f"Image {sample + 1:,}"
    assert card.words == f"Actual {evaluation.actual[sample]}, read as {evaluation.predicted[sample]}"
    assert [bar.name for bar in card.bars.bars] == [
        str(i) for i in np.argsort(-evaluation.outputs[sample])[:3]
    ]
    np.testing.assert_array_equal(card.picture.picture, tab._session.dataset.test.picture(sample))


def test_filter_and_chosen_sample_stay_through_new_results(tab: PredictionTab, qtbot: QtBot) -> None:
    sample = choose_tile(qtbot, tab, 3)
    tab._session.evaluate()
    with qtbot.waitSignal(tab._session.evaluated):
        pass
    assert tab.filter == WRONG
    assert tab.gallery.chosen == sample
    current = tab.gallery.view.selectionModel().currentIndex()
    assert tab.gallery.model.sample_at(current) == sample


def test_new_results_do_not_move_what_a_person_looks_at(tab: PredictionTab, qtbot: QtBot) -> None:
    press(qtbot, tab, "All")
    view = tab.gallery.view
    view.doItemsLayout()
    view.verticalScrollBar().setValue(5000)
    tab._session.evaluate()
    with qtbot.waitSignal(tab._session.evaluated):
        pass
    assert view.verticalScrollBar().value() == 5000


def test_a_filter_without_samples_says_so_and_shows_all_again(tab: PredictionTab, qtbot: QtBot) -> None:
    counts = evaluation_of(tab).confusion
    row, column = (int(index) for index in np.argwhere(counts == 0)[0])
    tab.matrix.matrix.edited.emit(SampleFilter.at((row, column)))
    assert tab.gallery.empty.isVisible()
    assert tab.gallery.empty.sentence == "No image passes this filter."
    qtbot.mouseClick(tab.gallery.empty.button, Qt.MouseButton.LeftButton)
    assert tab.filter == ALL


def test_the_other_way_round_stands_below(tab: PredictionTab) -> None:
    counts = evaluation_of(tab).confusion.copy()
    np.fill_diagonal(counts, 0)
    row, column = (int(i) for i in np.argwhere((counts > 0) & (counts.T > 0))[0])
    tab.matrix.matrix.edited.emit(SampleFilter.at((row, column)))
    other = tab.gallery.other
    assert other.isVisible()
    evaluation = evaluation_of(tab)
    assert (evaluation.actual[other.model.samples] == column).all()
    assert (evaluation.predicted[other.model.samples] == row).all()


def test_the_model_keeps_the_rules_of_qt(tab: PredictionTab, qtbot: QtBot) -> None:
    model = GalleryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    samples = tab._session.dataset.test
    for rows in (np.arange(20), np.arange(5), np.empty(0, np.intp)):
        model.show_rows(evaluation_of(tab), samples, rows)
    tester.deleteLater()


def test_60_000_samples_filter_at_once(tab: PredictionTab) -> None:
    before, samples = evaluation_of(tab), tab._session.dataset.test
    rows = np.random.default_rng(0).integers(0, len(before.actual), 60_000)
    many = replace(
        before, outputs=before.outputs[rows], actual=before.actual[rows], losses=before.losses[rows]
    )
    tab.gallery.show_evaluation(many, Samples(samples.x[rows], samples.y[rows], samples.scaler), ALL)
    started = time.process_time()
    tab.gallery.show_filter(RIGHT)
    assert time.process_time() - started < 0.5
    assert len(tab.gallery.model.samples) == many.right.sum()


def test_what_is_not_a_number_stands_last(tab: PredictionTab) -> None:
    before = evaluation_of(tab)
    losses = before.losses.copy()
    losses[7] = np.nan
    rows = ordered(np.arange(20), replace(before, losses=losses), "Highest loss first")
    assert rows[-1] == 7


def test_the_first_nine_right_and_wrong_are_one_picture_to_save(
    tab: PredictionTab, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(tab.gallery.head.nines, Qt.MouseButton.LeftButton)
    dialog = tab.window().findChild(NinesDialog)
    assert dialog is not None and dialog.isVisible()
    assert dialog.save_to(str(tmp_path / "nine.png"))
    saved = QImage(str(tmp_path / "nine.png"))
    assert (saved.width(), saved.height()) == (2 * WIDTH_PX, 2 * HEIGHT_PX)
    dialog.save_to(str(tmp_path / "nowhere" / "nine.png"))
    assert "could not be written" in dialog.note.text()
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)


def test_the_picture_of_nine_shows_other_digits_where_others_are_wrong(tab: PredictionTab) -> None:
    evaluation, samples = evaluation_of(tab), tab._session.dataset.test
    swapped = replace(evaluation, outputs=evaluation.outputs[:, ::-1].copy())
    assert nines_picture(evaluation, samples) == nines_picture(evaluation, samples)
    assert nines_picture(evaluation, samples) != nines_picture(swapped, samples)


def test_the_card_shows_nothing_that_is_no_longer_listed(tab: PredictionTab, qtbot: QtBot) -> None:
    sample = choose_tile(qtbot, tab, 2)
    evaluation = evaluation_of(tab)
    outputs = evaluation.outputs.copy()
    outputs[sample] = np.eye(10, dtype=np.float32)[evaluation.actual[sample]]
    tab.gallery.show_evaluation(replace(evaluation, outputs=outputs), tab._session.dataset.test, WRONG)
    assert tab.gallery.chosen is None and not tab.gallery.card.isVisible()
