"""The drawing pad: strokes become a picture and a guess while they are drawn."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.ui.prediction.drawing_pad import DrawingPad
from nnstudio.ui.prediction.prediction_tab import PredictionTab

ZERO = [(140 + 65 * math.cos(a / 6), 140 + 100 * math.sin(a / 6)) for a in range(40)]
ONE = [(140 + step, 40 + 10 * step) for step in range(21)]
CTRL = Qt.KeyboardModifier.ControlModifier
CROSS = [(20.0, 20.0), (140.0, 140.0), (260.0, 260.0)]


def draw(qtbot: QtBot, pad: DrawingPad, points: list[tuple[float, float]]) -> None:
    """Draw as a person does, in units of a pad of 280."""
    places = [QPoint(round(x * pad.width() / 280), round(y * pad.width() / 280)) for x, y in points]
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(pad, place)
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])


@pytest.mark.parametrize(("points", "name"), [(ZERO, "0"), (ONE, "1")])
def test_a_drawn_digit_is_guessed(
    tab: PredictionTab, qtbot: QtBot, points: list[tuple[float, float]], name: str
) -> None:
    draw(qtbot, tab.pad.pad, points)
    qtbot.waitUntil(lambda: tab.pad.guess.name == name)
    shares = [bar.share for bar in tab.pad.guess.bars.bars]
    assert len(shares) == 10
    assert sum(shares) == pytest.approx(1.0, abs=1e-4)
    assert tab.pad.guess.bars.bars[int(name)].role == "accent"
    assert tab.pad.seen.picture is not None and tab.pad.seen.picture.shape == (28, 28)


def test_a_blank_pad_claims_nothing(tab: PredictionTab, qtbot: QtBot) -> None:
    assert tab.pad.guess.name == ""
    assert [bar.figure for bar in tab.pad.guess.bars.bars] == [""] * 10
    draw(qtbot, tab.pad.pad, ZERO)
    qtbot.waitUntil(lambda: tab.pad.guess.name != "")
    qtbot.mouseClick(tab.pad.tools.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.pad.guess.name == "")
    assert tab.pad.seen.picture is None


def test_bars_move_before_the_pen_is_lifted(tab: PredictionTab, qtbot: QtBot) -> None:
    pad = tab.pad.pad
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(90, 30))
    qtbot.mouseMove(pad, QPoint(90, 150))
    qtbot.waitUntil(lambda: tab.pad.guess.name != "")
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(90, 150))


def test_undo_takes_back_one_stroke(tab: PredictionTab, qtbot: QtBot) -> None:
    pad = tab.pad.pad
    draw(qtbot, pad, ONE)
    draw(qtbot, pad, CROSS)
    qtbot.mouseClick(tab.pad.tools.undo, Qt.MouseButton.LeftButton)
    assert len(pad.strokes) == 1
    qtbot.waitUntil(lambda: tab.pad.guess.name == "1")
    qtbot.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pad.strokes == ()
    assert not tab.pad.tools.undo.isEnabled()


def test_clearing_can_be_undone(tab: PredictionTab, qtbot: QtBot) -> None:
    pad = tab.pad.pad
    draw(qtbot, pad, ONE)
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.strokes == ()
    pad.undo()
    assert len(pad.strokes) == 1


def test_the_eraser_takes_ink_away(tab: PredictionTab, qtbot: QtBot) -> None:
    pad = tab.pad.pad
    draw(qtbot, pad, ONE)
    qtbot.keyClick(pad, Qt.Key.Key_E)
    assert tab.pad.tools.eraser.isChecked()
    draw(qtbot, pad, [(x, y) for x, y in ONE])
    assert pad.strokes[-1].erases
    qtbot.waitUntil(lambda: tab.pad.seen.picture is None)
    qtbot.keyClick(pad, Qt.Key.Key_P)
    assert tab.pad.tools.pencil.isChecked()


def test_the_pad_keeps_ctrl_z_from_the_study(tab: PredictionTab) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(tab.pad.pad, event)
    assert event.isAccepted()


def test_strokes_that_leave_the_pad_end_at_its_edge(tab: PredictionTab, qtbot: QtBot) -> None:
    draw(qtbot, tab.pad.pad, [(140, 140), (500, 140)])
    assert tab.pad.pad.strokes[0].points.max() <= 280


def test_new_weights_guess_the_same_drawing_anew(tab: PredictionTab, qtbot: QtBot) -> None:
    draw(qtbot, tab.pad.pad, ZERO)
    qtbot.waitUntil(lambda: tab.pad.guess.name == "0")
    before = [bar.share for bar in tab.pad.guess.bars.bars]
    tab._session.reset()
    assert [bar.share for bar in tab.pad.guess.bars.bars] != before


def test_what_was_taken_back_can_be_done_again(tab: PredictionTab, qtbot: QtBot) -> None:
    pad = tab.pad.pad
    draw(qtbot, pad, ONE)
    draw(qtbot, pad, CROSS)
    qtbot.keyClick(pad, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(pad, Qt.Key.Key_Z, CTRL)
    assert pad.strokes == ()
    qtbot.mouseClick(tab.pad.tools.redo, Qt.MouseButton.LeftButton)
    assert len(pad.strokes) == 1
    qtbot.keyClick(pad, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(pad.strokes) == 2 and not tab.pad.tools.redo.isEnabled()


def test_a_new_stroke_ends_what_could_be_done_again(tab: PredictionTab, qtbot: QtBot) -> None:
    pad = tab.pad.pad
    draw(qtbot, pad, ONE)
    qtbot.keyClick(pad, Qt.Key.Key_Z, CTRL)
    draw(qtbot, pad, CROSS)
    assert not pad.can_redo


def test_without_centring_the_network_sees_the_drawing_where_it_stands(
    tab: PredictionTab, qtbot: QtBot
) -> None:
    corner = [(20.0 + step, 20.0 + 3 * step) for step in range(20)]
    draw(qtbot, tab.pad.pad, corner)
    qtbot.waitUntil(lambda: tab.pad.seen.picture is not None)
    assert tab.pad.seen.picture is not None and tab.pad.seen.picture[14].any()
    qtbot.mouseClick(tab.pad.seen.centred, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    seen = tab.pad.seen.picture
    assert seen is not None and seen[:12, :8].any() and not seen[12:].any() and not seen[:, 8:].any()


def test_two_parts_that_do_not_touch_are_told(tab: PredictionTab, qtbot: QtBot) -> None:
    caption = tab.pad.seen.caption
    draw(qtbot, tab.pad.pad, [(60.0, 60.0), (60.0, 220.0)])
    qtbot.waitUntil(lambda: tab.pad.guess.name != "")
    assert caption.text().startswith("what the network sees, 28")
    draw(qtbot, tab.pad.pad, [(220.0, 60.0), (220.0, 220.0)])
    qtbot.waitUntil(lambda: caption.text() == "Separate parts: they are read as one digit.")


def test_the_bars_follow_while_a_network_trains(tab: PredictionTab, qtbot: QtBot) -> None:
    session = tab._session
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.running)
    draw(qtbot, tab.pad.pad, ONE)
    qtbot.waitUntil(lambda: tab.pad.guess.name != "")
    session.stop()
    qtbot.waitUntil(lambda: not session.running)
