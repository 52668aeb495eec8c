"""Scores of classes are sorted and chosen like cells, and all of it is kept as image, drawing and table."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.experiments.confusion import shares_of_actual
from nnstudio.ui.prediction.matrix_face import OF_ACTUAL
from nnstudio.ui.prediction.prediction_tab import PredictionTab
from nnstudio.ui.prediction.sample_filter import SampleFilter
from nnstudio.ui.widgets import Segments
from tests.ui.prediction.conftest import MakeTab, trained_on, with_classes

LEFT = Qt.MouseButton.LeftButton


def press(qtbot: QtBot, segments: Segments, choice: str) -> None:
    button = next(one for one in segments._group.buttons() if one.text() == choice)
    qtbot.mouseClick(button, LEFT)


def confusion_of(tab: PredictionTab) -> np.ndarray:  # type: ignore[type-arg]
    evaluation = tab._session.evaluation
    assert evaluation is not None
    return evaluation.confusion


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_row_of_a_class_and_of_a_pair_filters_the_gallery(tab: PredictionTab, qtbot: QtBot) -> None:
    press(qtbot, tab.matrix.views, "Classes")
    panel = tab.matrix.classes
    header = panel.classes.horizontalHeader()
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(header.sectionViewportPosition(2) + 20, 10))
    counts = confusion_of(tab)
    worst = int((np.diagonal(counts) / counts.sum(axis=1)).argmin())
    first = panel.classes.visualRect(panel.classes.scores.index(0, 1)).center()
    qtbot.mouseClick(panel.classes.viewport(), LEFT, pos=first)
    assert tab.filter == SampleFilter.at((worst, -1))
    pair = panel.pairs.visualRect(panel.pairs.scores.index(0, 1)).center()
    qtbot.mouseClick(panel.pairs.viewport(), LEFT, pos=pair)
    np.fill_diagonal(counts := counts.copy(), 0)
    assert tab.filter.place is not None and counts[tab.filter.place] == counts.max()


@pytest.mark.parametrize("classes", [2, 10, 47, 100])
def test_pictures_are_large_enough_for_every_number(
    make_tab: MakeTab, digits: Dataset, tmp_path: Path, classes: int
) -> None:
    dataset = with_classes(digits, tuple(f"c{index}" for index in range(classes)))
    tab = make_tab(trained_on(dataset), dataset)
    tab.matrix.keep.write(tmp_path / "matrix.png")
    tab.matrix.keep.write(tmp_path / "matrix.svg")
    assert QImage(str(tmp_path / "matrix.png")).width() > classes * 44
    renderer = QSvgRenderer(str(tmp_path / "matrix.svg"))
    assert renderer.isValid() and renderer.defaultSize().width() > classes * 44


def test_the_table_says_what_the_cells_say(tab: PredictionTab, qtbot: QtBot, tmp_path: Path) -> None:
    counts, keep = confusion_of(tab), tab.matrix.keep
    keep.write(tmp_path / "counts.csv")
    rows = read(tmp_path / "counts.csv")
    assert rows[0][1:] == [str(index) for index in range(10)]
    assert np.array_equal(np.array([[float(value) for value in row[1:]] for row in rows[1:]]), counts)
    press(qtbot, tab.matrix.modes, OF_ACTUAL)
    keep.write(tmp_path / "shares.csv")
    shares = np.array([[float(value) for value in row[1:]] for row in read(tmp_path / "shares.csv")[1:]])
    np.testing.assert_allclose(shares, shares_of_actual(counts), rtol=1e-8)
    press(qtbot, tab.matrix.views, "Classes")
    keep.write(tmp_path / "classes.csv")
    assert read(tmp_path / "classes.csv")[0] == ["Class", "Precision", "Recall", "F1", "Images"]


def test_the_menu_copies_image_and_table(tab: PredictionTab) -> None:
    menu = tab.matrix.keep.menu()
    for action in menu.actions():
        if action.text() == "Copy table":
            action.trigger()
            text = QGuiApplication.clipboard().text()
            assert text.splitlines()[0].split("\t")[1:] == [str(index) for index in range(10)]
        if action.text() == "Copy image":
            action.trigger()
            assert not QGuiApplication.clipboard().image().isNull()


def test_what_cannot_be_written_is_told(
    tab: PredictionTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "nnstudio.ui.prediction.keep_menu.tell", lambda parent, title, words, icon: told.append(words)
    )
    tab.matrix.keep.write(tmp_path / "nowhere" / "matrix.csv")
    assert len(told) == 1 and told[0].startswith("matrix.csv could not be written")
