"""The browser on a table: rows as they stand in the file, sorted, filtered, copied and measured."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.recipe import Recipe
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import BinaryCrossentropy
from nnstudio.engine.plan import TrainingPlan
from nnstudio.session.session import Session
from nnstudio.ui.data import duplicates_box, row_finder
from nnstudio.ui.data.browser import Browser
from nnstudio.ui.data.condition_row import ConditionRow
from nnstudio.ui.data.data_tab import DataTab
from nnstudio.ui.data.rows_view import RowsView
from tests.ui.data.people import PREPARED, People
from tests.ui.data.test_data_tab import press

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[DataTab]:
    """The tab with 400 people, of whom 256 train."""
    tab = DataTab(session)
    qtbot.addWidget(tab)
    tab.resize(1440, 800)
    tab.show()
    tester = QAbstractItemModelTester(
        tab.browser.rows.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    open_people(qtbot, session)
    yield tab
    del tester


def open_people(qtbot: QtBot, session: Session, **changes: object) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(Recipe(People(**changes), preparation=PREPARED))  # type: ignore[arg-type]


def column(tab: DataTab, name: str) -> list[str]:
    """Return the texts of a column, from top to bottom."""
    rows = tab.browser.rows.rows
    index = rows.column_of(name)
    assert index is not None
    return [rows.text(row, index) for row in range(rows.rowCount())]


def click_header(qtbot: QtBot, view: RowsView, name: str) -> None:
    index, header = view.rows.column_of(name), view.horizontalHeader()
    assert index is not None
    place = QPoint(header.sectionViewportPosition(index) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)


def choose(qtbot: QtBot, combo: QComboBox, text: str) -> None:
    """Go down a list by keys until ``text`` is chosen."""
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.count()):
        if combo.currentText() == text:
            return
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    raise AssertionError(f"{text} is not offered")


def add_filter(qtbot: QtBot, browser: Browser, name: str, comparison: str, value: str = "") -> ConditionRow:
    qtbot.mouseClick(browser.head.add, LEFT)
    line = browser.filter.rows[-1]
    choose(qtbot, line.fields, name)
    choose(qtbot, line.comparisons, comparison)
    if line.names.isVisible():
        choose(qtbot, line.names, value)
    elif value:
        qtbot.keyClicks(line.text, value)
    return line


def test_rows_stand_as_in_the_file_and_in_its_order(tab: DataTab, session: Session) -> None:
    view = tab.browser.rows
    assert view.isVisible() and view.rows.columnCount() == 5
    numbers = [int(view.rows.headerData(row, Qt.Orientation.Vertical)) for row in range(256)]
    training = tab.browser.part.samples
    assert training.numbers is not None
    assert numbers == sorted(1 + training.numbers)
    assert column(tab, "name") == [f"person {number - 1}" for number in numbers]
    assert "?" in column(tab, "age")
    assert [view.rows.tinted(index) for index in range(5)] == [False, False, False, False, True]


def test_the_network_sees_scaled_inputs(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    press(qtbot, tab, "As the network sees them")
    view = tab.browser.rows
    names = [view.rows.headerData(index, Qt.Orientation.Horizontal) for index in range(6)]
    assert names == ["ill", "age", "weight", "colour: blue", "colour: green", "colour: red"]
    first = int(np.argmin(tab.browser.part.samples.numbers))
    scaled = session.dataset.scaler.apply(session.dataset.training.x[first : first + 1])[0]
    shown = [float(view.rows.text(0, index).replace("\u2212", "-")) for index in range(1, 6)]
    assert shown == pytest.approx(scaled, rel=1e-4)


def test_a_header_sorts_both_ways_and_then_no_more(qtbot: QtBot, tab: DataTab) -> None:
    before = column(tab, "weight")
    click_header(qtbot, tab.browser.rows, "weight")
    assert column(tab, "weight") == sorted(before, key=float)
    click_header(qtbot, tab.browser.rows, "weight")
    assert column(tab, "weight") == sorted(before, key=float, reverse=True)
    click_header(qtbot, tab.browser.rows, "weight")
    assert column(tab, "weight") == before


def test_the_keyboard_sorts_by_the_current_column_and_gaps_come_last(qtbot: QtBot, tab: DataTab) -> None:
    view = tab.browser.rows
    view.setCurrentIndex(view.rows.index(0, 1))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    ages = column(tab, "age")
    gaps = ages.count("?")
    assert gaps and ages[-gaps:] == ["?"] * gaps
    assert ages[:-gaps] == sorted(ages[:-gaps], key=int, reverse=True)


def test_filters_are_combined_counted_and_taken_away(qtbot: QtBot, tab: DataTab) -> None:
    browser = tab.browser
    line = add_filter(qtbot, browser, "age", ">", "50")
    ages = [int(age) for age in column(tab, "age")]
    assert ages and min(ages) > 50 and len(ages) < 256
    assert browser.status.text() == f"{len(ages)} of 256 training rows"
    add_filter(qtbot, browser, "colour", "=", "red")
    assert set(column(tab, "colour")) == {"red"} and len(column(tab, "age")) < len(ages)
    press(qtbot, tab, "yes")
    assert set(column(tab, "ill")) == {"yes"}
    press(qtbot, tab, "Test")
    assert set(column(tab, "colour")) == {"red"} and browser.status.text().endswith("of class yes")
    press(qtbot, tab, "Training")
    press(qtbot, tab, "All")
    for one in list(browser.filter.rows):
        qtbot.mouseClick(one.remove, LEFT)
    assert browser.status.text() == "256 training rows" and not browser.filter.isVisible()
    assert line not in browser.filter.rows


def test_what_is_missing_can_be_found(qtbot: QtBot, tab: DataTab) -> None:
    add_filter(qtbot, tab.browser, "age", "is missing")
    assert set(column(tab, "age")) == {"?"}


def test_a_value_that_cannot_be_compared_says_so_and_hides_nothing(qtbot: QtBot, tab: DataTab) -> None:
    line = add_filter(qtbot, tab.browser, "age", "<", "old")
    assert "write one such as 30" in line.problem
    assert len(column(tab, "age")) == 256


def test_nothing_found_says_so_and_leads_back(qtbot: QtBot, tab: DataTab) -> None:
    add_filter(qtbot, tab.browser, "age", ">", "500")
    assert tab.browser.empty.isVisible() and "passes these filters" in tab.browser.empty.sentence
    press(qtbot, tab, "Show all that train")
    assert len(column(tab, "age")) == 256 and not tab.browser.filter.rows


def test_a_handful_of_filters_are_the_most(qtbot: QtBot, tab: DataTab) -> None:
    for _ in range(10):
        qtbot.mouseClick(tab.browser.head.add, LEFT)
    assert len(tab.browser.filter.rows) == 6
    qtbot.mouseClick(tab.browser.filter.rows[0].remove, LEFT)
    assert tab.browser.head.add.isEnabled()


def test_selected_rows_are_copied_as_a_spreadsheet_takes_them(qtbot: QtBot, tab: DataTab) -> None:
    view = tab.browser.rows
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["name", "age", "weight", "colour", "ill"]
    assert lines[1].split("\t")[0] == column(tab, "name")[1] and len(lines) == 3
    assert tab.browser.status.text() == "Copied 2 rows"


def test_all_rows_are_copied_in_the_background(
    qtbot: QtBot, tab: DataTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnstudio.ui.data.row_copier._AT_ONCE_CELLS", 10)
    view = tab.browser.rows
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.browser.status.text() == "Copied 256 rows")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 257


def test_a_large_table_is_sorted_in_the_background(
    qtbot: QtBot, tab: DataTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_finder, "_AT_ONCE_ROWS", 10)
    weights = column(tab, "weight")
    click_header(qtbot, tab.browser.rows, "age")
    click_header(qtbot, tab.browser.rows, "weight")
    assert column(tab, "weight") == weights and "…" in tab.browser.status.text()
    qtbot.waitUntil(lambda: column(tab, "weight") == sorted(weights, key=float))
    assert tab.browser.status.text() == "256 training rows"


def test_a_chosen_column_is_measured(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    findings = tab.findings
    assert not findings.column.isVisible()
    click_header(qtbot, tab.browser.rows, "weight")
    weights = np.array([float(weight) for weight in column(tab, "weight")])
    figures = findings.column.figures
    assert findings.column.isVisible() and findings.column.name.text() == "weight"
    assert float(figures["Mean"]) == pytest.approx(weights.mean(), rel=1e-3)
    assert float(figures["Median"]) == pytest.approx(np.median(weights), rel=1e-3)
    assert figures["Distinct"] == str(len(np.unique(weights)))
    click_header(qtbot, tab.browser.rows, "age")
    assert figures["Missing"] == "0" and findings.column.figures["Missing"].startswith("14 (")
    assert "of them" in findings.column.bars.words(3)
    tab.browser.rows.setCurrentIndex(tab.browser.rows.rows.index(0, 3))
    assert findings.column.figures["Distinct"] == "3"
    press(qtbot, tab, "Test")
    assert not findings.column.isVisible()


def test_classes_are_counted_in_every_part(tab: DataTab, session: Session) -> None:
    counts = tab.findings.counts.counts
    assert [sum(counts[name]) for name in ("Training", "Validation", "Test")] == [256, 64, 80]
    assert counts["Test"] == np.bincount(session.dataset.test.y).tolist()


def leaky(dataset: Dataset) -> Dataset:
    """Return data of which three test rows also train, one of them with another label."""
    test = dataset.test
    x, y = test.x.copy(), test.y.copy()
    x[:3], y[:3] = dataset.training.x[:3], dataset.training.y[:3]
    y[0] = 1 - y[0]
    return replace(dataset, test=Samples(x, y, test.scaler, test.numbers))


def test_test_rows_that_also_train_are_a_warning(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    session.show_dataset(leaky(session.dataset))
    press(qtbot, tab, "Look for duplicates")
    box = tab.findings.duplicates
    qtbot.waitUntil(lambda: box.duplicates is not None)
    assert box.warning.sentence.text().startswith("3 test rows also train")
    qtbot.mouseClick(box.warning.button, LEFT)
    assert tab.browser.segments.choice == "Test" and len(column(tab, "age")) == 3
    assert tab.browser.head.chip.isVisible()
    qtbot.mouseClick(tab.browser.head.chip, LEFT)
    assert len(column(tab, "age")) == 80 and not tab.browser.head.chip.isVisible()
    qtbot.mouseClick(box.show_all, LEFT)
    assert 3 <= len(column(tab, "age")) < 80
    press(qtbot, tab, "Training")
    assert 3 <= len(column(tab, "age")) < 256
    qtbot.mouseClick(box.show_disputed, LEFT)
    assert "other labels" in tab.browser.head.chip.text()


def test_looking_for_duplicates_can_be_cancelled(
    qtbot: QtBot, tab: DataTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def endless(parts: object, watch: object) -> None:
        begun.set()
        while True:
            watch.told(0.4)  # type: ignore[attr-defined]

    monkeypatch.setattr(duplicates_box, "find_duplicates", endless)
    press(qtbot, tab, "Look for duplicates")
    qtbot.waitUntil(begun.is_set)
    qtbot.waitUntil(lambda: "40 %" in tab.findings.duplicates.words.text())
    press(qtbot, tab, "Cancel")
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert tab.findings.duplicates.look.isVisible() and tab.findings.duplicates.duplicates is None


def train_on_people(qtbot: QtBot, session: Session) -> None:
    layers = (Dense(8, activation="relu", name=""), Dense(1, activation="sigmoid", name=""))
    design = design_of(*layers, loss=BinaryCrossentropy())
    plan = TrainingPlan(epochs=3, batch_size=16, seed=1)
    session.document.edit("build", replace(session.document.study, design=design, plan=plan))
    session.train_or_pause()
    qtbot.waitUntil(lambda: not session.running and session.has_trained)
    qtbot.wait(50)


def test_the_surest_mistakes_are_suspicious_labels(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    train_on_people(qtbot, session)
    box = tab.findings.suspects
    qtbot.waitUntil(lambda: box.look.isVisible() and box.look.isEnabled())
    qtbot.mouseClick(box.look, LEFT)
    qtbot.waitUntil(box.show_all.isVisible)
    assert "read as something else" in box.words.text()
    qtbot.mouseClick(box.show_all, LEFT)
    rows = tab.browser.rows.rows
    notes = [rows.text(row, 0) for row in range(rows.rowCount())]
    sure = [float(note.split(", ")[1].split(" ")[0]) for note in notes]
    assert len(notes) > 3 and sure == sorted(sure, reverse=True)
    read = [note.split(", ")[0].removeprefix("read as ") for note in notes]
    assert all(one != other for one, other in zip(read, column(tab, "ill"), strict=True))
    tab.browser.rows.selectRow(0)
    assert notes[0] in tab.browser.status.text()


def test_before_any_training_nothing_is_suspicious(tab: DataTab, session: Session) -> None:
    session.reset()
    assert not tab.findings.suspects.look.isVisible()
    assert "Once a network is trained" in tab.findings.suspects.words.text()


def test_values_to_predict_have_no_classes_anywhere(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    open_people(qtbot, session, values=True)
    assert not tab.findings.counts.isVisible() and not tab.findings.suspects.isVisible()
    assert not tab.facts.classes.isVisible() and not tab.browser.classes.isVisible()
    click_header(qtbot, tab.browser.rows, "weight")
    found = tab.findings.column.found
    assert found is not None and len(found.bars) == 1
    tab.browser.rows.selectRow(0)
    assert "target" in tab.browser.status.text()


def test_images_are_filtered_by_number(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    session.document.undo_stack.undo()
    line = add_filter(qtbot, tab.browser, "Number", "<", "20")
    thumbnails = tab.browser.thumbnails.thumbnails
    assert tab.browser.thumbnails.isVisible() and thumbnails.rowCount() == 20
    choose(qtbot, line.fields, "Class")
    choose(qtbot, line.names, "7")
    assert {int(session.dataset.training.y[thumbnails.sample_at(row)]) for row in range(9)} == {7}
