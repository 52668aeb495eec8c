"""A folder of images dropped on the window is shown as it is: in colour, with its classes and its notes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Samples
from nnstudio.ui import theme
from nnstudio.ui.data import tiles
from nnstudio.ui.prediction.pictures import image_of, table_for
from nnstudio.ui.workbench import Workbench
from tests.data.pictures import write, write_shapes


@pytest.mark.parametrize("way", ["drop", "menu"])
def test_a_folder_of_colour_images_opens_and_is_shown_in_colour(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    folder = write_shapes(tmp_path / "shapes")
    write(folder, "train/lying/broken.jpg", b"oops")
    with qtbot.waitSignal(workbench.session.dataset_changed):
        if way == "drop":
            workbench.window.dropped.emit(str(folder))
        else:
            monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
            workbench.actions["open_folder"].trigger()
    browser = workbench.data_tab.browser
    assert browser.title == "shapes" and browser.part.class_names == ("lying", "standing")
    assert "broken.jpg (no picture)" in workbench.session.dataset.notes
    workbench.window.stages.setCurrentIndex(0)
    qtbot.waitUntil(lambda: browser.thumbnails.isVisible())
    shown = browser.thumbnails.viewport().grab().toImage()
    colours = [shown.pixelColor(x, y) for x in range(0, 300, 3) for y in range(0, 100, 3)]
    assert max(colour.saturation() for colour in colours) > 60


@pytest.mark.parametrize("ground,inked", [(0, True), (255, False), (120, False)])
def test_grey_photographs_look_the_same_in_both_themes_and_ink_does_not(ground: int, inked: bool) -> None:
    x = np.full((20, 9, 9), ground, np.uint8)
    x[:, 4, 4] = 200
    assert Samples(x, np.zeros(20, np.int64)).inked is inked
    assert not Samples(np.zeros((4, 9, 9, 3), np.uint8), np.zeros(4, np.int64)).inked
    image = image_of(x[0], table_for(inked))
    expected = theme.current().color("base") if inked else QColor(ground, ground, ground)
    assert image.pixelColor(0, 0) == expected


def test_a_class_on_a_photograph_stands_on_a_ground_of_its_own(qtbot: QtBot, workbench: Workbench) -> None:
    pixmap = QPixmap(48, 48)
    for inked in (True, False):
        pixmap.fill(Qt.GlobalColor.magenta)
        with QPainter(pixmap) as painter:
            tiles.paint_corner(painter, QRect(0, 0, 48, 48), "3", ("3", "4"), workbench.window.font(), inked)
        image = pixmap.toImage()
        base = theme.current().color("base")
        found = [(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y) == base]
        assert bool(found) is not inked
