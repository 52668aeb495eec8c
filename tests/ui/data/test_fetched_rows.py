"""Data that are fetched and data that are drawn, chosen from the list as a person does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from nnstudio.data.drawings import add_drawing
from nnstudio.data.sources.mnist import Mnist
from nnstudio.data.strokes import Stroke
from nnstudio.session.session import Session
from nnstudio.ui.data.data_tab import DataTab
from tests.data import web
from tests.data.web import Server, small_collection


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    server = Server(web.well)
    monkeypatch.setattr(Mnist, "collection", small_collection(server.base))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield server
    server.stop()


@pytest.fixture
def tab(qtbot: QtBot, session: Session, server: Server) -> DataTab:
    tab = DataTab(session)
    qtbot.addWidget(tab)
    tab.resize(1280, 900)
    tab.show()
    qtbot.waitExposed(tab)
    return tab


def row(tab: DataTab, name: str) -> QModelIndex:
    model = tab.sources.list.model()
    found = [model.index(number, 0) for number in range(model.rowCount())]
    (index,) = (index for index in found if index.data() == name)
    return index


def words(tab: DataTab, name: str) -> str:
    return str(row(tab, name).data(Qt.ItemDataRole.AccessibleTextRole))


def click(qtbot: QtBot, tab: DataTab, name: str) -> None:
    view = tab.sources.list
    view.scrollTo(row(tab, name))
    place = view.visualRect(row(tab, name)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_row_says_how_much_comes_over_the_network_until_it_is_here(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    assert words(tab, "MNIST") == "MNIST: 70,000 digits, 0 MB to fetch"
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, tab, "MNIST")
    assert words(tab, "MNIST") == "MNIST: 70,000 digits, open"
    session.document.undo_stack.undo()
    assert session.dataset.name == "MNIST sample" and words(tab, "MNIST") == "MNIST: 70,000 digits"


def test_the_row_tells_how_far_it_is_and_escape_stops_it(
    qtbot: QtBot, tab: DataTab, session: Session, server: Server
) -> None:
    server.way = web.stall_in_the_middle
    click(qtbot, tab, "MNIST")
    qtbot.waitUntil(lambda: "0.0 of 0.1 MB" in words(tab, "MNIST"))
    qtbot.keyClick(tab.sources.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert session.dataset.name == "MNIST sample" and "to fetch" in words(tab, "MNIST")


def test_a_failure_is_told_and_the_next_click_tries_again(
    qtbot: QtBot, tab: DataTab, session: Session, server: Server
) -> None:
    server.way = web.status(500)
    with qtbot.waitSignal(session.failed) as failed:
        click(qtbot, tab, "MNIST")
    assert "The sample goes on" in failed.args[1] and session.dataset.name == "MNIST sample"
    assert "could not be opened" in words(tab, "MNIST")
    server.way = web.well
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, tab, "MNIST")
    assert session.dataset.name == "MNIST"


def test_a_click_on_my_drawings_reads_what_has_come_since(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    line = (Stroke(np.array([[100.0, 40.0], [100.0, 200.0]]), 22.0),)
    for label in "1177":
        add_drawing(line, label)
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, tab, "My drawings")
    assert session.dataset.class_names == ("1", "7")
    add_drawing(line, "3")
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, tab, "My drawings")
    assert session.dataset.class_names == ("1", "3", "7")
    assert session.document.undo_stack.undoText() == "open My drawings"
    with qtbot.waitSignal(session.dataset_changed):
        session.document.undo_stack.undo()
    assert session.dataset.class_names == ("1", "7")
