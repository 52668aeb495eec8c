"""The list of data: groups, what is being read, what failed, what is gone, what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.data.raw import Raw
from nnstudio.data.recipe import Recipe, recipe_of
from nnstudio.data.source import GENERATED, GROUPS, PICTURES, TABLES, Source
from nnstudio.data.sources import SOURCES, Moons
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.data.sources.fetched import Fetched
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import DataError
from nnstudio.session.preferences import Preferences
from nnstudio.session.recent_data import RecentData, remember_data
from nnstudio.session.session import Session
from nnstudio.task import Task
from nnstudio.ui.data.data_tab import DataTab
from nnstudio.ui.data.source_delegate import cancel_place
from nnstudio.ui.data.source_model import ROW_ROLE, SourceModel
from nnstudio.ui.data.sources import SourceRow, State, ready_rows
from tests.data.makers import complete_mnist, write_npz
from tests.session.tables import open_table, write_table
from tests.ui.acting import LEFT

_GO_ON = Event()


@dataclass(frozen=True)
class Slow(Source):
    """Waits until it may go on; `fails` says how it ends."""

    title: ClassVar[str] = "Slow"
    group: ClassVar[str] = GENERATED
    fails: ClassVar[bool] = False

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        watch.told(0.25, "5 of 20 MB")
        while not _GO_ON.wait(0.01):
            watch.go_on()
        if self.fails:
            raise DataError("Expected a network, found none. Plug it in.")
        return Raw("Slow", Task.REGRESSION, np.zeros((9, 2), np.float32), np.zeros((9, 1), np.float32))


class Failing(Slow):
    title: ClassVar[str] = "Failing"
    fails: ClassVar[bool] = True


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def tab(
    qtbot: QtBot, session: Session, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DataTab]:
    _GO_ON.clear()
    monkeypatch.setattr("nnstudio.ui.data.sources.SOURCES", (*SOURCES, Slow, Failing))
    yield new_tab(qtbot, session, preferences)
    _GO_ON.set()


def new_tab(qtbot: QtBot, session: Session, preferences: Preferences) -> DataTab:
    tab = DataTab(session, preferences)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    return tab


def index_of(tab: DataTab, name: str) -> QModelIndex:
    index = tab.sources.model.index_of(name)
    tab.sources.list.scrollTo(index)
    return index


def row_of(tab: DataTab, name: str) -> SourceRow:
    row = index_of(tab, name).data(ROW_ROLE)
    assert isinstance(row, SourceRow)
    return row


def click(qtbot: QtBot, tab: DataTab, name: str, place: QPoint | None = None) -> None:
    view = tab.sources.list
    rect = view.visualRect(index_of(tab, name))
    qtbot.mouseClick(view.viewport(), LEFT, pos=place or rect.center())


def names(tab: DataTab) -> list[str]:
    return [row.name for row in tab.sources.model.rows]


def heading_above(model: SourceModel, name: str) -> str:
    parts = [model.index(place).data() for place in range(model.rowCount())]
    return next(part for part in reversed(parts[: parts.index(name)]) if part in GROUPS)


def test_every_source_that_needs_no_file_is_listed_in_its_group(tab: DataTab) -> None:
    model = tab.sources.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for kind in SOURCES:
        if not hasattr(kind(), "path"):
            assert heading_above(model, kind.title) == kind.group
    assert heading_above(model, "MNIST") == PICTURES and heading_above(model, "Moons") == GENERATED
    assert not model.index_of(TABLES).isValid()  # nothing was opened yet


@pytest.mark.parametrize("row", list(ready_rows()), ids=lambda row: row.name)
def test_every_row_says_what_is_in_it(row: SourceRow) -> None:
    assert row.name and row.tip and row.detail
    source = row.recipe.source
    if isinstance(source, Fetched) and not source.fetched:
        assert "MB to fetch" in row.detail
    assert row.words(True).endswith(", open")


def test_headings_cannot_be_chosen(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    click(qtbot, tab, GENERATED)
    assert session.reader.request is None
    assert not tab.sources.model.flags(tab.sources.model.index_of(GENERATED)) & Qt.ItemFlag.ItemIsSelectable


def test_the_keyboard_walks_over_headings_and_opens(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    view = tab.sources.list
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(tab.sources.model.index_of("My drawings"))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data() == "Drug trial"
    with qtbot.waitSignal(session.dataset_changed):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert session.dataset.name == "Drug trial"
    assert view.currentIndex().data() == "Drug trial"
    assert tab.sources.model.is_open(view.currentIndex())


def test_what_is_being_read_shows_how_far_it_is_and_can_be_cancelled(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    click(qtbot, tab, "Slow")
    qtbot.waitUntil(lambda: row_of(tab, "Slow").detail == "5 of 20 MB")
    row = row_of(tab, "Slow")
    assert (row.state, row.share) == (State.BUSY, 0.25)
    rect = tab.sources.list.visualRect(index_of(tab, "Slow"))
    click(qtbot, tab, "Slow", cancel_place(rect).center())
    assert row_of(tab, "Slow").state is State.READY
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert session.dataset.name == "MNIST sample"


def test_escape_cancels_too(qtbot: QtBot, tab: DataTab) -> None:
    click(qtbot, tab, "Slow")
    assert row_of(tab, "Slow").state is State.BUSY
    qtbot.keyClick(tab.sources.list, Qt.Key.Key_Escape)
    assert row_of(tab, "Slow").state is State.READY


def test_choosing_others_meanwhile_takes_their_place(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    click(qtbot, tab, "Slow")
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, tab, "Moons")
    _GO_ON.set()
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert session.dataset.name == "Moons" and row_of(tab, "Slow").state is State.READY


def test_a_failure_keeps_the_open_data_and_stands_in_the_row(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    _GO_ON.set()
    with qtbot.waitSignal(session.failed) as failed:
        click(qtbot, tab, "Failing")
    assert failed.args[1].startswith("Expected a network")
    row = row_of(tab, "Failing")
    assert row.state is State.FAILED and row.tip.startswith("Expected a network")
    assert session.dataset.name == "MNIST sample"
    with qtbot.waitSignal(session.failed):  # trying again is possible
        click(qtbot, tab, "Failing")


def test_opened_files_are_remembered_with_how_they_were_read(
    qtbot: QtBot, tab: DataTab, session: Session, preferences: Preferences, tmp_path: Path
) -> None:
    open_table(qtbot, session, write_table(tmp_path))
    session.table.set_role("age", "Ignore")
    session.table.use()
    qtbot.waitUntil(lambda: session.dataset.name == "patients")
    assert heading_above(tab.sources.model, "patients") == TABLES
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, tab, "Moons")
    again = new_tab(qtbot, session, preferences)
    row = row_of(again, "patients")
    assert row.detail == "40 rows, 2 classes" and row.tip == str(tmp_path / "patients.csv")
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, again, "patients")
    assert session.dataset.facts.sample_shape == (4,) and not session.table.is_open


def test_a_file_can_be_forgotten_but_not_the_open_one(
    qtbot: QtBot, tab: DataTab, session: Session, preferences: Preferences, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(write_npz(tmp_path / "letters.npz"))
    view = tab.sources.list
    view.setCurrentIndex(index_of(tab, "letters"))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert "letters" in names(tab)
    session.document.undo_stack.undo()
    menu = view.menu_at(index_of(tab, "letters"))
    assert [act.text() for act in menu.actions()] == ["Open", "Forget this file"]
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert "letters" not in names(tab)
    assert "letters" not in names(new_tab(qtbot, session, preferences))
    assert (tmp_path / "letters.npz").exists()


def test_files_that_are_gone_are_marked(
    qtbot: QtBot, tab: DataTab, session: Session, preferences: Preferences, tmp_path: Path
) -> None:
    path = write_npz(tmp_path / "letters.npz")
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(path)
    session.document.undo_stack.undo()
    path.unlink()
    again = new_tab(qtbot, session, preferences)
    row = row_of(again, "letters")
    assert row.state is State.MISSING and row.detail == "Not found"
    words = index_of(again, "letters").data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.endswith(", not found")


def test_settings_of_generated_data_are_kept_while_others_are_looked_at(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    session.choose_recipe(recipe_of(Moons(count=50)))
    qtbot.waitUntil(lambda: session.dataset.name == "Moons")
    assert names(tab).count("Moons") == 1
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, tab, "Circle")
    with qtbot.waitSignal(session.dataset_changed):
        click(qtbot, tab, "Moons")
    assert session.dataset.recipe.source == Moons(count=50)


def test_mnist_from_files_is_mnist_and_no_second_row(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    folder = complete_mnist()
    with qtbot.waitSignal(session.dataset_changed):
        session.open_path(folder)
    assert names(tab).count("MNIST") == 1 and folder.name not in names(tab)
    assert tab.sources.model.is_open(index_of(tab, "MNIST"))
    assert "fetch" not in row_of(tab, "MNIST").detail


def test_mnist_whose_files_are_gone_can_be_fetched(
    qtbot: QtBot, session: Session, preferences: Preferences, tmp_path: Path
) -> None:
    gone = Recipe(ArrayFile(str(tmp_path / "mnist.npz")))
    remember_data(preferences, RecentData("MNIST", "70,000 images, 10 classes", gone))
    tab = new_tab(qtbot, session, preferences)
    row = row_of(tab, "MNIST")
    assert names(tab).count("MNIST") == 1 and row.state is State.READY
    assert isinstance(row.recipe.source, Fetched)


def test_everything_can_be_read_in_the_narrowest_panel(tab: DataTab) -> None:
    tab.resize(1024, 560)
    QApplication.processEvents()
    view = tab.sources.list
    assert view.viewport().width() >= 180
    assert not view.grab().toImage().isNull()
    recipe: Recipe = row_of(tab, "MNIST sample").recipe
    assert recipe == Recipe()
