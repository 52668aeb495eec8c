"""Samples are found by words, walked through by the keyboard, and shown in large one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.large_view import IN_ORDER, LargeView
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.prediction.sample_filter import ALL, WRONG
from nnstudio.ui.prediction.text_filter import TextFilter
from tests.ui.data.people import people
from tests.ui.prediction.conftest import MakeTab
from tests.ui.prediction.test_predicting_rows import ONE_OUTPUT, trained

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def evaluation_of(tab: PredictionTab) -> Evaluation:
    evaluation = tab._session.evaluation
    assert evaluation is not None
    return evaluation


def large_of(tab: PredictionTab) -> LargeView:
    views = [view for view in tab.window().findChildren(LargeView) if view.isVisible()]
    assert len(views) == 1
    return views[0]


def open_first(qtbot: QtBot, tab: PredictionTab) -> LargeView:
    view = tab.gallery.view
    place = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
    return large_of(tab)


def test_words_find_classes_rows_and_both(tab: PredictionTab, qtbot: QtBot) -> None:
    evaluation, gallery = evaluation_of(tab), tab.gallery
    tab._take_filter(ALL)
    qtbot.keyClicks(gallery.head.search, "4 9")
    rows = gallery.model.samples
    pairs = {(int(evaluation.actual[row]), int(evaluation.predicted[row])) for row in rows}
    assert pairs and pairs <= {(4, 9), (9, 4)}
    gallery.head.search.setText("actual:4")
    assert (evaluation.actual[gallery.model.samples] == 4).all()
    gallery.head.search.setText("predicted:4")
    assert (evaluation.predicted[gallery.model.samples] == 4).all()
    gallery.head.search.setText("row:123")
    assert gallery.model.samples.tolist() == [122]
    gallery.head.search.setText("nothing like this")
    assert gallery.empty.isVisible()
    qtbot.mouseClick(gallery.empty.button, LEFT)
    assert gallery.head.search.text() == "" and len(gallery.model.samples) == 1000


def test_words_find_files(tab: PredictionTab, digits: Dataset) -> None:
    samples = replace(digits.test, names=tuple(f"cats/Tabby {row}.png" for row in range(len(digits.test))))
    evaluation, everything = evaluation_of(tab), np.arange(len(digits.test))
    assert TextFilter("tabby").rows(everything, evaluation, samples).tolist() == everything.tolist()
    found = TextFilter("file:tabby file:77.png").rows(everything, evaluation, samples)
    assert found.tolist() == [row for row in everything if row % 100 == 77]
    assert not len(TextFilter("cats dogs").rows(everything, evaluation, samples))
    tab.gallery.show_evaluation(evaluation, samples, ALL)
    sample = int(tab.gallery.model.samples[0])
    tab.gallery.view.edited.emit(sample)
    assert tab.gallery.card.title == f"Image {sample + 1:,}, cats/Tabby {sample}.png"


def test_the_gallery_is_walked_through_by_keys(tab: PredictionTab, qtbot: QtBot) -> None:
    tab._take_filter(ALL)
    view, model = tab.gallery.view, tab.gallery.model
    columns = view.grid.columns
    steps = [
        (KEY.Key_Home, 0),
        (KEY.Key_Right, 1),
        (KEY.Key_Down, columns + 1),
        (KEY.Key_Left, columns),
        (KEY.Key_Up, 0),
        (KEY.Key_End, len(model.samples) - 1),
    ]
    for key, row in steps:
        qtbot.keyClick(view, key)
        assert view.currentIndex().row() == row
        assert tab.gallery.chosen == model.samples[row]
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    qtbot.keyClick(view, KEY.Key_PageUp)
    assert view.currentIndex().row() < len(model.samples) - 1 - columns
    before = view.currentIndex().row()
    qtbot.keyClick(view, KEY.Key_PageDown)
    assert view.currentIndex().row() > before


def test_a_sample_is_shown_in_large_and_its_neighbours_by_keys(tab: PredictionTab, qtbot: QtBot) -> None:
    large, evaluation, rows = open_first(qtbot, tab), evaluation_of(tab), tab.gallery.model.samples
    sample = int(rows[0])
    assert large.sample == sample
    np.testing.assert_array_equal(large.picture.picture, tab._session.dataset.test.picture(sample))
    assert large.words.text() == f"Actual {evaluation.actual[sample]}, read as {evaluation.predicted[sample]}"
    assert [bar.share for bar in large.bars.bars] == sorted(evaluation.outputs[sample].tolist(), reverse=True)
    qtbot.mouseClick(next(b for b in large.order._group.buttons() if b.text() == IN_ORDER), LEFT)
    assert [bar.share for bar in large.bars.bars] == evaluation.outputs[sample].tolist()
    assert [bar.name for bar in large.bars.bars if "actual" in bar.name] == [
        f"{evaluation.actual[sample]} (actual)"
    ]
    for key, place in (
        (KEY.Key_Right, 1),
        (KEY.Key_Down, 2),
        (KEY.Key_Left, 1),
        (KEY.Key_End, len(rows) - 1),
    ):
        qtbot.keyClick(large.focusWidget() or large, key)
        assert large.sample == rows[place] == tab.gallery.chosen
    assert not large.after.isEnabled()
    qtbot.keyClick(large, KEY.Key_Escape)
    assert not any(view.isVisible() for view in tab.window().findChildren(LargeView))


def test_enter_opens_it_and_new_results_go_on_in_it(tab: PredictionTab, qtbot: QtBot) -> None:
    view = tab.gallery.view
    qtbot.keyClick(view, KEY.Key_Home)
    qtbot.keyClick(view, KEY.Key_Return)
    large, sample = large_of(tab), int(tab.gallery.model.samples[0])
    evaluation = evaluation_of(tab)
    outputs = evaluation.outputs.copy()
    outputs[sample] = 0.1
    samples = tab._session.dataset.test
    tab.gallery.show_evaluation(replace(evaluation, outputs=outputs), samples, ALL)
    assert large.sample == sample
    assert {round(bar.share, 4) for bar in large.bars.bars} == {0.1}
    large.close()
    tab.gallery.show_evaluation(evaluation, samples, WRONG)


@pytest.mark.parametrize("values", [False, True])
def test_a_row_of_a_table_is_shown_in_large_with_its_values(
    make_tab: MakeTab, qtbot: QtBot, values: bool
) -> None:
    data = people(values=values)
    if values:
        from tests.ui.prediction.test_predicting_rows import VALUE

        tab = make_tab(trained(VALUE, data), data)
    else:
        tab = make_tab(trained(ONE_OUTPUT, data), data)
        tab._take_filter(ALL)
    table = tab.samples.table
    table.selectRow(3)
    qtbot.keyClick(table, KEY.Key_Return)
    large = large_of(tab)
    shown = dict(large._listed.values(large.sample))
    assert shown["age"] == tab.samples.shown.columns[tab.samples.shown.names.index("age")].text(large.sample)
    assert len(large.bars.bars) == (0 if values else 2)
    assert not large.picture.isVisible() and large.table.isVisible()
    qtbot.keyClick(large, KEY.Key_Down)
    assert table.currentIndex().row() == 4
    large.close()
