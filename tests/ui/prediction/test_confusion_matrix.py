"""The matrix filters the gallery, by mouse and by keyboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui import theme
from nnstudio.ui.prediction.matrix_colors import ground, text_on
from nnstudio.ui.prediction.matrix_face import COUNTS, OF_ACTUAL
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.prediction.sample_filter import ALL, SampleFilter


def evaluation_of(tab: PredictionTab) -> Evaluation:
    evaluation = tab._session.evaluation
    assert evaluation is not None
    return evaluation


def most_confused(tab: PredictionTab) -> tuple[int, int]:
    counts = evaluation_of(tab).confusion.copy()
    np.fill_diagonal(counts, 0)
    row, column = np.unravel_index(counts.argmax(), counts.shape)
    return int(row), int(column)


def click(qtbot: QtBot, tab: PredictionTab, row: int, column: int) -> None:
    matrix = tab.matrix.matrix
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.rect_of(row, column).center())


def press(qtbot: QtBot, tab: PredictionTab, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(tab.matrix.matrix, key)


def test_a_click_on_a_cell_shows_exactly_its_samples(tab: PredictionTab, qtbot: QtBot) -> None:
    row, column = most_confused(tab)
    click(qtbot, tab, row, column)
    evaluation = evaluation_of(tab)
    expected = np.flatnonzero((evaluation.actual == row) & (evaluation.predicted == column))
    assert len(expected)
    np.testing.assert_array_equal(np.sort(tab.gallery.model.samples), expected)


def test_a_second_click_shows_everything_again(tab: PredictionTab, qtbot: QtBot) -> None:
    click(qtbot, tab, 4, 4)
    assert tab.filter == SampleFilter.at((4, 4))
    click(qtbot, tab, 4, 4)
    assert tab.filter == ALL
    assert len(tab.gallery.model.samples) == len(evaluation_of(tab).actual)


def test_names_stand_for_rows_and_columns_and_the_corner_for_all(tab: PredictionTab, qtbot: QtBot) -> None:
    evaluation = evaluation_of(tab)
    click(qtbot, tab, 3, -1)
    assert (evaluation.actual[tab.gallery.model.samples] == 3).all()
    click(qtbot, tab, -1, 5)
    assert (evaluation.predicted[tab.gallery.model.samples] == 5).all()
    click(qtbot, tab, -1, -1)
    assert tab.filter == ALL


def test_the_keyboard_moves_filters_and_clears(tab: PredictionTab, qtbot: QtBot) -> None:
    key = Qt.Key
    press(qtbot, tab, key.Key_Down, key.Key_Right, key.Key_Right, key.Key_Space)
    assert tab.filter == SampleFilter.at((1, 2))
    press(qtbot, tab, key.Key_Escape)
    assert tab.filter == ALL


def test_the_keyboard_reaches_the_names_and_stops_at_the_edge(tab: PredictionTab, qtbot: QtBot) -> None:
    key = Qt.Key
    press(qtbot, tab, key.Key_Left, key.Key_Left, key.Key_Down, key.Key_Space)
    assert tab.filter == SampleFilter.at((1, -1))
    press(qtbot, tab, *[key.Key_Down] * 20)
    assert tab.matrix.matrix.place == (9, -1)


def test_space_is_the_matrix_own_while_it_has_the_keyboard(tab: PredictionTab) -> None:
    """Space is also the window's shortcut for training."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(tab.matrix.matrix, event)
    assert event.isAccepted()


def test_what_is_under_the_pointer_is_told_in_words(tab: PredictionTab, qtbot: QtBot) -> None:
    matrix = tab.matrix.matrix
    count = int(evaluation_of(tab).confusion[4, 4])
    with qtbot.waitSignal(tab.hovered) as told:
        qtbot.mouseMove(matrix, matrix.rect_of(4, 4).center())
    assert told.args == [f"{count} images of 4 were read right, {count}.0 % of all 4s"]
    assert matrix.accessibleDescription() == told.args[0]


def test_the_filter_shows_as_a_chip_that_clears_it(tab: PredictionTab, qtbot: QtBot) -> None:
    row, column = most_confused(tab)
    click(qtbot, tab, row, column)
    chip = tab.gallery.head.chip
    assert chip.text().startswith(f"{row} read as {column}")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert tab.filter == ALL
    assert not chip.isVisible()


def test_cells_say_counts_or_shares(tab: PredictionTab) -> None:
    matrix, count = tab.matrix.matrix, int(evaluation_of(tab).confusion[0, 0])
    matrix.show_mode(OF_ACTUAL)
    assert matrix._face is not None and matrix._face.texts[0][0] == f"{count:.1f}"
    matrix.show_mode(COUNTS)
    assert matrix._face.texts[0][0] == f"{count}"


def test_text_on_every_ground_can_be_read() -> None:
    """Black or white, whichever contrasts more, reaches 4.5 to 1 on every colour of every scale."""
    before = theme.current()
    for look in theme.THEMES.values():
        theme.apply(QApplication.instance(), look)
        for right in (True, False):
            for level in range(256):
                color = ground(level, right)
                assert contrast(color.getRgbF()[:3], text_on(color.rgb()).getRgbF()[:3]) > 4.5
    theme.apply(QApplication.instance(), before)


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(parts: tuple[float, ...]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
