"""The health strip: figures while a network trains, and the way to the card of a layer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.engine.health import LayerHealth
from nnstudio.experiments.health_record import HealthRecord
from nnstudio.session.session import Session
from nnstudio.ui.training.health_strip import HealthStrip
from nnstudio.ui.workbench import Workbench


def trained(qtbot: QtBot, workbench: Workbench, session: Session) -> HealthStrip:
    """Train until the layers were looked at, and hold."""
    workbench.window.stages.setCurrentIndex(2)
    strip = workbench.training_tab.health
    assert not strip.isVisible()
    session.train()

    def looked() -> bool:
        session.health.look()
        return strip.isVisible()

    qtbot.waitUntil(looked)
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    session.health.close()
    return strip


def show_layers(strip: HealthStrip, session: Session, count: int, ill: int) -> None:
    assert session.run is not None
    looks = tuple(
        LayerHealth(f"layer_{one}", 0.1, 1e-3, 0.9 if one == ill else 0.1, None, units=10)
        for one in range(count)
    )
    session.health.record = HealthRecord().looked(session.run.key, looks)
    strip.show_health()


def test_a_click_shows_the_card_of_the_layer(qtbot: QtBot, workbench: Workbench, session: Session) -> None:
    strip = trained(qtbot, workbench, session)
    rect, layer = strip.cells.cells()[-1]
    qtbot.mouseClick(strip.cells, Qt.MouseButton.LeftButton, pos=rect.center())
    assert workbench.window.stages.currentIndex() == 1
    assert workbench.model_tab.verbs.names == (layer.name,)


def test_the_keyboard_goes_from_layer_to_layer_and_to_the_card(
    qtbot: QtBot, workbench: Workbench, session: Session
) -> None:
    strip = trained(qtbot, workbench, session)
    names = strip.cells.names
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home):
        qtbot.keyClick(strip.cells, key)
    assert strip.cells.current == names[0]
    qtbot.keyClick(strip.cells, Qt.Key.Key_Return)
    assert workbench.window.stages.currentIndex() == 1
    assert workbench.model_tab.verbs.names == (names[0],)


def test_what_needs_a_look_comes_first_among_many_and_is_said_in_words(
    qtbot: QtBot, workbench: Workbench, session: Session
) -> None:
    strip = trained(qtbot, workbench, session)
    show_layers(strip, session, 200, ill=150)
    assert strip.cells.names[0] == "layer_150" and len(strip.cells.names) == 200
    assert strip.words.text() == "1 of 200 need a look"
    words = strip.cells.words_at("layer_150")
    assert "Most units are dead" in words and "9 of 10 dead" in words
    qtbot.waitUntil(lambda: strip.area.horizontalScrollBar().maximum() > 0)
    qtbot.keyClick(strip.cells, Qt.Key.Key_End)
    assert strip.area.horizontalScrollBar().value() > 0


def test_a_layer_that_is_gone_has_no_card_to_go_to(
    qtbot: QtBot, workbench: Workbench, session: Session
) -> None:
    strip = trained(qtbot, workbench, session)
    show_layers(strip, session, 2, ill=1)
    assert strip.cells.names == ["layer_0", "layer_1"]  # all fit: as they stand in the stack
    qtbot.keyClick(strip.cells, Qt.Key.Key_Return)
    assert workbench.window.stages.currentIndex() == 2
    assert "not in the design" in strip.cells.words_at("layer_0")


def test_the_strip_gives_its_room_away_as_long_as_all_is_well(
    qtbot: QtBot, workbench: Workbench, session: Session
) -> None:
    strip = trained(qtbot, workbench, session)
    show_layers(strip, session, 3, ill=-1)
    strip.give_room(True)
    assert not strip.isVisible()
    show_layers(strip, session, 3, ill=1)
    assert strip.isVisible()
    strip.give_room(False)
    show_layers(strip, session, 3, ill=-1)
    assert strip.isVisible()
