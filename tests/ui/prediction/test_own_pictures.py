"""A person's own pictures come from files, drops and the clipboard, and are shown step by step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset
from nnstudio.data.own_picture import own_picture, read_own_picture
from nnstudio.errors import DataError, FileError
from nnstudio.ui.prediction.prediction_tab import PredictionTab

BLUE_ON_CREAM = (np.array([30, 40, 160.0]), np.array([250, 240, 215.0]))


def photograph(digit: np.ndarray, side: int = 300) -> np.ndarray:
    """Return a digit in blue ink on cream paper, (side, side, 3)."""
    ink = np.asarray(Image.fromarray(digit).resize((196, 196), Image.Resampling.NEAREST)) / 255
    picture = np.zeros((side, side))
    picture[20:216, 70:266] = ink
    blue, cream = BLUE_ON_CREAM
    return np.rint(cream + picture[:, :, None] * (blue - cream)).astype(np.uint8)


def saved(folder: Path, digits: Dataset, name: str = "mine.png") -> Path:
    path = folder / name
    Image.fromarray(photograph(digits.test.x[0])).save(path)
    return path


def shows_own(tab: PredictionTab) -> bool:
    return tab.pad.own.isVisible() and not tab.pad.pad.isVisible()


def drop(tab: PredictionTab, data: QMimeData) -> QDropEvent:
    keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, button, keys)
    QApplication.sendEvent(tab.pad, enter)
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, button, keys)
    QApplication.sendEvent(tab.pad, event)
    return event


def test_dark_ink_on_coloured_paper_becomes_what_mnist_made_of_it(digits: Dataset) -> None:
    digit = digits.test.x[0]
    found = own_picture("mine", photograph(digit))
    assert [step.name for step in found.steps] == ["original", "grey", "its ink", "centred"]
    assert found.words.startswith("It was turned to grey, inverted")
    assert np.abs(found.image - digit.astype(float)).mean() < 4


def test_bright_ink_on_black_is_not_inverted(digits: Dataset) -> None:
    picture = np.repeat(digits.test.x[0][:, :, None], 3, axis=2)
    found = own_picture("mine", picture)
    assert [step.name for step in found.steps] == ["original", "its ink", "centred"]
    assert "inverted" not in found.words and "grey" not in found.words


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\n damaged"])
def test_a_broken_file_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(content)
    with pytest.raises(FileError, match="expected a picture of a digit"):
        read_own_picture(path)


def test_an_empty_sheet_is_no_digit(tmp_path: Path) -> None:
    Image.new("RGB", (90, 60), "white").save(tmp_path / "empty.png")
    with pytest.raises(FileError, match="one plain colour"):
        read_own_picture(tmp_path / "empty.png")
    with pytest.raises(DataError):
        own_picture("empty", np.full((4, 4, 3), 7, np.uint8))


def test_a_large_photograph_is_read(tmp_path: Path, digits: Dataset) -> None:
    path = tmp_path / "large.jpg"
    Image.fromarray(photograph(digits.test.x[0])).resize((4000, 4000)).save(path)
    found = read_own_picture(path)
    assert max(found.steps[0].picture.shape) <= 1024
    assert np.abs(found.image - digits.test.x[0].astype(float)).mean() < 5


def test_a_dropped_file_is_shown_and_predicted_and_there_is_a_way_back(
    tab: PredictionTab, qtbot: QtBot, tmp_path: Path, digits: Dataset
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(saved(tmp_path, digits)))])
    assert drop(tab, data).isAccepted()
    qtbot.waitUntil(lambda: shows_own(tab))
    assert tab.pad.own.title == "mine.png"
    assert tab.pad.guess.name == str(digits.test.y[0])
    qtbot.mouseClick(tab.pad.own.back, Qt.MouseButton.LeftButton)
    assert not shows_own(tab) and tab.pad.guess.name == ""


def test_a_picture_is_pasted_on_the_pad(tab: PredictionTab, qtbot: QtBot, digits: Dataset) -> None:
    pixels = photograph(digits.test.x[0])
    image = QImage(pixels.data, 300, 300, 900, QImage.Format.Format_RGB888).copy()
    QApplication.clipboard().setImage(image)
    qtbot.keyClick(tab.pad.pad, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shows_own(tab))
    assert tab.pad.guess.name == str(digits.test.y[0])


def test_words_in_the_clipboard_are_no_picture(tab: PredictionTab, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("seven")
    with qtbot.waitSignal(tab._session.told) as told:
        qtbot.keyClick(tab.pad.pad, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no picture" in told.args[0] and not shows_own(tab)


def test_a_dropped_file_that_is_no_picture_is_told(tab: PredictionTab, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("no picture")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "notes.png"))])
    with qtbot.waitSignal(tab._session.failed) as failed:
        drop(tab, data)
    assert "expected a picture of a digit" in failed.args[1] and not shows_own(tab)
