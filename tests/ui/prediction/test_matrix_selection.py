"""Several cells are chosen together by mouse and keyboard, and stay through new results."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.matrix_selection import mask_of, places_of, rectangle, toggled
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.prediction.sample_filter import ALL, SampleFilter
from tests.ui.prediction.conftest import MakeTab, trained_on, with_classes

CLASSES = 5
SHIFT, CTRL, NONE = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT = Qt.MouseButton.LeftButton
Place = tuple[int, int]
places = st.tuples(st.integers(-1, CLASSES - 1), st.integers(-1, CLASSES - 1))


def click(qtbot: QtBot, tab: PredictionTab, place: Place, keys: Qt.KeyboardModifier = NONE) -> None:
    matrix = tab.matrix.matrix
    qtbot.mouseClick(matrix, LEFT, keys, matrix.rect_of(*place).center())


def press(qtbot: QtBot, tab: PredictionTab, keys: Iterable[Qt.Key], held: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        qtbot.keyClick(tab.matrix.matrix, key, held)


def evaluation_of(tab: PredictionTab) -> Evaluation:
    evaluation = tab._session.evaluation
    assert evaluation is not None
    return evaluation


def pairs_shown(tab: PredictionTab) -> set[Place]:
    evaluation, rows = evaluation_of(tab), tab.gallery.model.samples
    return set(zip(evaluation.actual[rows].tolist(), evaluation.predicted[rows].tolist(), strict=True))


@given(st.frozensets(places, max_size=6))
def test_places_stand_for_the_same_cells_however_they_are_written(chosen: frozenset[Place]) -> None:
    mask = mask_of(chosen, CLASSES)
    np.testing.assert_array_equal(mask_of(places_of(mask), CLASSES), mask)


@given(st.frozensets(places, max_size=6), places)
def test_toggling_twice_changes_only_what_was_chosen_in_part(chosen: frozenset[Place], place: Place) -> None:
    mask, one = mask_of(chosen, CLASSES), mask_of((place,), CLASSES)
    once = toggled(chosen, place, CLASSES)
    np.testing.assert_array_equal(mask_of(once, CLASSES)[~one], mask[~one])
    assert mask_of(once, CLASSES)[one].all() != mask[one].all()


def test_a_rectangle_over_names_goes_over_whole_rows() -> None:
    assert rectangle((1, 2), (2, 1), CLASSES) == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert rectangle((1, -1), (2, -1), CLASSES) == {(1, -1), (2, -1)}
    assert rectangle((0, 0), (4, 4), CLASSES) == {(-1, -1)}


def test_ctrl_takes_one_more_and_one_less(tab: PredictionTab, qtbot: QtBot) -> None:
    click(qtbot, tab, (4, 9))
    click(qtbot, tab, (9, 4), CTRL)
    assert tab.filter == SampleFilter.at((4, 9), (9, 4))
    assert pairs_shown(tab) <= {(4, 9), (9, 4)}
    count = evaluation_of(tab).confusion[[4, 9], [9, 4]].sum()
    assert len(tab.gallery.model.samples) == count
    assert tab.matrix.readout.words.toolTip() != ""
    click(qtbot, tab, (4, 9), CTRL)
    assert tab.filter == SampleFilter.at((9, 4))
    click(qtbot, tab, (9, 4), CTRL)
    assert tab.filter == ALL


def test_shift_and_dragging_choose_a_rectangle(tab: PredictionTab, qtbot: QtBot) -> None:
    click(qtbot, tab, (2, 3))
    click(qtbot, tab, (3, 5), SHIFT)
    chosen = SampleFilter.at(*((row, column) for row in (2, 3) for column in (3, 4, 5)))
    assert tab.filter == chosen
    click(qtbot, tab, (-1, -1))
    matrix = tab.matrix.matrix
    qtbot.mousePress(matrix, LEFT, NONE, matrix.rect_of(3, 5).center())
    qtbot.mouseMove(matrix, matrix.rect_of(2, 3).center())
    qtbot.mouseRelease(matrix, LEFT, NONE, matrix.rect_of(2, 3).center())
    assert tab.filter == chosen


def test_a_name_with_ctrl_adds_its_whole_row(tab: PredictionTab, qtbot: QtBot) -> None:
    click(qtbot, tab, (3, -1))
    click(qtbot, tab, (5, -1), CTRL)
    assert tab.filter == SampleFilter.at((3, -1), (5, -1))
    click(qtbot, tab, (3, 3), CTRL)
    assert (3, 3) not in pairs_shown(tab) and (5, 5) in pairs_shown(tab)


def test_the_keyboard_stretches_adds_and_clears(tab: PredictionTab, qtbot: QtBot) -> None:
    key = Qt.Key
    press(qtbot, tab, [key.Key_Down, key.Key_Space])
    press(qtbot, tab, [key.Key_Right, key.Key_Down], SHIFT)
    assert tab.filter == SampleFilter.at((1, 0), (1, 1), (2, 0), (2, 1))
    press(qtbot, tab, [key.Key_End, key.Key_PageDown])
    assert tab.matrix.matrix.place == (9, 9)
    press(qtbot, tab, [key.Key_Space], CTRL)
    assert len(tab.filter.places) == 5
    press(qtbot, tab, [key.Key_Escape])
    assert tab.filter == ALL


def test_what_is_chosen_stays_through_new_results(tab: PredictionTab, qtbot: QtBot) -> None:
    click(qtbot, tab, (4, 9))
    click(qtbot, tab, (9, 4), CTRL)
    with qtbot.waitSignal(tab._session.evaluated):
        tab._session.evaluate()
    assert tab.filter == SampleFilter.at((4, 9), (9, 4))
    assert pairs_shown(tab) <= {(4, 9), (9, 4)}


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (((4, 9),), "4 read as 9"),
        (((4, 9), (9, 4)), "4 read as 9, and 9 as 4"),
        (((4, 7), (4, 9), (9, 4)), "4 read as 7 or 9, and 9 as 4"),
        (((4, -1), (5, -1)), "all 4, and all 5"),
        (((-1, 3), (5, 6)), "read as 3, and 5 read as 6"),
        (tuple((row, 9) for row in range(7)), "0 read as 9, 1 as 9, 2 as 9, and 4 more"),
        ((), ""),
    ],
)
def test_it_is_told_in_words(chosen: tuple[Place, ...], words: str) -> None:
    assert SampleFilter.at(*chosen).words(tuple("0123456789")) == words


def test_the_line_below_tells_what_is_under_the_pointer_else_what_is_chosen(
    tab: PredictionTab, qtbot: QtBot
) -> None:
    click(qtbot, tab, (4, 4))
    matrix, count = tab.matrix.matrix, int(evaluation_of(tab).confusion[4, 4])
    qtbot.mouseMove(matrix, matrix.rect_of(4, -1).center())
    assert "(recall)" in tab.matrix.readout.words.text()
    qtbot.mouseMove(matrix, QPoint(2, 2))
    assert tab.matrix.readout.words.text() == f"{count} images: 4 read as 4"


def turn_wheel(widget: QWidget, at: QPoint) -> None:
    turn, nothing = QPoint(0, 120), Qt.MouseButton.NoButton
    place = QPointF(widget.mapToGlobal(at))
    event = QWheelEvent(
        QPointF(at), place, QPoint(), turn, nothing, CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(widget, event)


def test_a_hundred_classes_are_in_view_and_can_be_zoomed(
    make_tab: MakeTab, digits: Dataset, qtbot: QtBot
) -> None:
    dataset = with_classes(digits, tuple(f"class {index}" for index in range(100)))
    tab = make_tab(trained_on(dataset), dataset)
    matrix, area = tab.matrix.matrix, tab.matrix.area
    whole = matrix.shape.pitch
    assert not matrix.legible and matrix.shape.bottom <= area.viewport().height()
    at = area.viewport().rect().center()
    for _ in range(9):
        turn_wheel(area.viewport(), at)
    under = matrix.shape.place_at(QPointF(at - matrix.pos()))
    turn_wheel(area.viewport(), at)
    assert matrix.legible and matrix.shape.pitch > whole
    assert matrix.shape.place_at(QPointF(at - matrix.pos())) == under
    matrix.moved.emit((50, 60))
    name = matrix.rect_of(50, -1).center()
    assert matrix.shape.place_at(QPointF(name)) == (50, -1), "names stay in view"
    click(qtbot, tab, (50, 60))
    assert tab.filter == SampleFilter.at((50, 60))
    press(qtbot, tab, [Qt.Key.Key_End])
    assert matrix.rect_of(50, 99).right() + matrix.x() <= area.viewport().width()
    press(qtbot, tab, [Qt.Key.Key_0])
    assert matrix.shape.pitch == whole
