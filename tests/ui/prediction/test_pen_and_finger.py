"""The pad takes a pen with pressure, its rubber, and a finger, as it takes the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.data.digits import digit_from_strokes
from nnstudio.ui.prediction.drawing_pad import DrawingPad

PEN, RUBBER = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser
LINE = [QPointF(100, 20 + 10 * step) for step in range(16)]
NO_KEYS, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def pad(qtbot: QtBot) -> DrawingPad:
    pad = DrawingPad()
    qtbot.addWidget(pad)
    pad.show()
    return pad


def device(kind: QPointingDevice.PointerType) -> QPointingDevice:
    able = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
    unique = QPointingDevice.UniqueId if hasattr(QPointingDevice, "UniqueId") else None
    assert unique is None
    return QPointingDevice("pen", 7, QInputDevice.DeviceType.Stylus, kind, able, 1, 3)


def send(
    pad: DrawingPad, kind: QEvent.Type, pen: QPointingDevice, at: QPointF, pressure: float = 0.5
) -> None:
    down = LEFT if kind is not QEvent.Type.TabletRelease else Qt.MouseButton.NoButton
    over = QPointF(pad.mapToGlobal(at.toPoint()))
    event = QTabletEvent(kind, pen, at, over, pressure, 0, 0, 0, 0, 0, NO_KEYS, LEFT, down)
    QApplication.sendEvent(pad, event)
    assert event.isAccepted(), "or Qt would send a mouse event as well"


def move_pen(pad: DrawingPad, pen: QPointingDevice, points: list[QPointF], pressure: float = 0.5) -> None:
    send(pad, QEvent.Type.TabletPress, pen, points[0], pressure)
    for point in points[1:]:
        send(pad, QEvent.Type.TabletMove, pen, point, pressure)
    send(pad, QEvent.Type.TabletRelease, pen, points[-1], 0.0)


@pytest.mark.parametrize("pressure", [0.05, 0.5, 1.0])
def test_a_pen_draws_the_same_however_hard_it_is_pressed(pad: DrawingPad, pressure: float) -> None:
    move_pen(pad, device(PEN), LINE, pressure)
    (stroke,) = pad.strokes
    assert len(stroke.points) == len(LINE) and not stroke.erases
    pad.clear()
    move_pen(pad, device(PEN), LINE, 0.7)
    one, other = digit_from_strokes([stroke]), digit_from_strokes(pad.strokes)
    assert one is not None and other is not None and (one.image == other.image).all()


def test_a_pen_that_is_lifted_leaves_no_tail(pad: DrawingPad) -> None:
    pen = device(PEN)
    send(pad, QEvent.Type.TabletPress, pen, LINE[0])
    send(pad, QEvent.Type.TabletMove, pen, LINE[5])
    send(pad, QEvent.Type.TabletMove, pen, LINE[15], 0.0)
    send(pad, QEvent.Type.TabletRelease, pen, LINE[15], 0.0)
    assert len(pad.strokes[0].points) == 2


def test_a_pen_over_the_pad_draws_nothing(pad: DrawingPad) -> None:
    for point in LINE:
        send(pad, QEvent.Type.TabletMove, device(PEN), point, 0.0)
    assert pad.strokes == ()


def test_the_rubber_of_a_pen_erases(pad: DrawingPad) -> None:
    move_pen(pad, device(PEN), LINE)
    move_pen(pad, device(RUBBER), [QPointF(40, 100), QPointF(100, 100), QPointF(160, 100)])
    assert [stroke.erases for stroke in pad.strokes] == [False, True]
    pad.undo()
    assert len(pad.strokes) == 1


def test_one_finger_draws_and_a_second_one_changes_nothing(pad: DrawingPad) -> None:
    screen = QTest.createTouchDevice()
    points = [point.toPoint() for point in LINE]
    QTest.touchEvent(pad, screen).press(0, points[0], pad).commit()
    for point in points[1:8]:
        QTest.touchEvent(pad, screen).move(0, point, pad).commit()
    QTest.touchEvent(pad, screen).move(0, points[7], pad).press(1, QPoint(20, 180), pad).commit()
    for point in points[8:]:
        QTest.touchEvent(pad, screen).move(0, point, pad).move(1, QPoint(180, 180), pad).commit()
    QTest.touchEvent(pad, screen).release(0, points[-1], pad).release(1, QPoint(180, 180), pad).commit()
    (stroke,) = pad.strokes
    assert len(stroke.points) == len(LINE)
    assert abs(stroke.points[:, 0] - stroke.points[0, 0]).max() < 1
