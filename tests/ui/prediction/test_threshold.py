"""The threshold of two classes moves matrix, summary, table and points, and stays through new results."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from tests.ui.data.people import people
from tests.ui.prediction.conftest import MakeTab, trained_on, with_classes
from tests.ui.prediction.test_drawing_pad import ZERO, draw
from tests.ui.prediction.test_predicting_rows import ONE_OUTPUT, trained


@pytest.fixture
def tab(make_tab: MakeTab, digits: Dataset) -> PredictionTab:
    dataset = with_classes(digits, ("even", "odd"))
    return make_tab(trained_on(dataset), dataset)


def plain(tab: PredictionTab) -> Evaluation:
    evaluation = tab._session.evaluation
    assert evaluation is not None
    return evaluation


def test_the_slider_moves_matrix_summary_gallery_and_points(tab: PredictionTab, qtbot: QtBot) -> None:
    panel = tab.matrix.threshold
    assert panel.isVisible() and not panel.reset.isEnabled()
    before = tab.summary.text
    for _ in range(3):
        qtbot.keyClick(panel.slider, Qt.Key.Key_PageDown)
    moved = plain(tab).at(0.2)
    assert panel.number.value() == pytest.approx(0.2)
    assert tab.summary.text != before and f"Right {moved.right.sum():,} of" in tab.summary.text
    assert len(tab.gallery.model.samples) == (~moved.right).sum()
    counts = moved.confusion
    assert panel.roc.point == pytest.approx((counts[0, 1] / counts[0].sum(), counts[1, 1] / counts[1].sum()))
    assert panel.precision.point[1] == pytest.approx(counts[1, 1] / counts[:, 1].sum())


def test_it_stays_through_new_results_and_goes_back_on_request(tab: PredictionTab, qtbot: QtBot) -> None:
    panel, before = tab.matrix.threshold, tab.summary.text
    qtbot.keyClick(panel.slider, Qt.Key.Key_Home)
    assert panel.number.value() == 0
    with qtbot.waitSignal(tab._session.evaluated):
        tab._session.evaluate()
    assert panel.number.value() == 0
    qtbot.mouseClick(panel.reset, Qt.MouseButton.LeftButton)
    assert panel.number.value() == 0.5
    assert tab.summary.text.rsplit(",", 1)[0] == before.rsplit(",", 1)[0]


def test_a_click_on_the_curve_takes_the_threshold_of_that_point(tab: PredictionTab, qtbot: QtBot) -> None:
    plot = tab.matrix.threshold.roc
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.place_of(0.0, 0.0).toPoint())
    assert plot.point == (0.0, 0.0)
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.place_of(1.0, 1.0).toPoint())
    assert plot.point == (1.0, 1.0)


def test_the_best_threshold_has_the_highest_f1(tab: PredictionTab, qtbot: QtBot) -> None:
    panel = tab.matrix.threshold
    qtbot.mouseClick(panel.best, Qt.MouseButton.LeftButton)
    recall, precision = panel.precision.point

    def f1(threshold: float) -> float:
        counts = plain(tab).at(threshold).confusion
        return float(2 * counts[1, 1] / (2 * counts[1, 1] + counts[0, 1] + counts[1, 0]))

    assert 2 * recall * precision / (recall + precision) >= max(f1(t / 100) for t in range(101)) - 1e-9


def test_ten_classes_have_no_threshold(make_tab: MakeTab, digits: Dataset) -> None:
    tab = make_tab(trained_on(digits), digits)
    assert not tab.matrix.threshold.isVisible()


def test_pad_and_card_follow_the_threshold(tab: PredictionTab, qtbot: QtBot) -> None:
    draw(qtbot, tab.pad.pad, ZERO)
    qtbot.waitUntil(lambda: tab.pad.guess.name != "")
    slider = tab.matrix.threshold.slider
    for key, name in ((Qt.Key.Key_Home, "odd"), (Qt.Key.Key_End, "even")):
        qtbot.keyClick(slider, key)
        assert tab.pad.guess.name == name
        sample = int(tab.gallery.model.samples[0])
        tab.gallery.view.edited.emit(sample)
        assert tab.gallery.card.words.endswith(f"read as {name}")
        strong = [bar.name for bar in tab.gallery.card.bars.bars if bar.strong]
        assert strong == [name]
    qtbot.mouseClick(tab.matrix.threshold.reset, Qt.MouseButton.LeftButton)
    assert tab.pad.guess.bars.bars[0].figure != ""


def test_a_row_follows_the_threshold(make_tab: MakeTab, qtbot: QtBot) -> None:
    data = people()
    tab = make_tab(trained(ONE_OUTPUT, data), data)
    second = data.class_names[1]
    share = next(bar.share for bar in tab.row.guess.bars.bars if bar.name == second)
    for threshold, name in ((share - 0.01, second), (share + 0.01, data.class_names[0])):
        tab.matrix.threshold.edited.emit(threshold)
        assert tab.row.guess.name == name
