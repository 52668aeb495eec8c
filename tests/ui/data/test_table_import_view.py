"""Importing a table as a person does it: look at the first rows, say how columns are used, use it or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from nnstudio.data.understanding import IGNORED, TARGET
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.data.column_heads import name_lines
from nnstudio.ui.data.data_tab import DataTab
from nnstudio.ui.data.import_table import fitted_widths
from nnstudio.ui.data.table_import_view import TableImportView
from nnstudio.ui.workbench import Workbench
from tests.session.tables import open_table, role, settle, write_table
from tests.ui.acting import LEFT, type_over


@pytest.fixture
def view(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> TableImportView:
    """The window with a table that is looked at."""
    workbench.window.stages.setCurrentIndex(2)
    open_table(qtbot, workbench.session, write_table(tmp_path, "patients.csv", ";"))
    qtbot.waitUntil(workbench.data_tab.table.isVisible)
    return workbench.data_tab.table


@pytest.fixture
def tab(view: TableImportView, workbench: Workbench) -> DataTab:
    return workbench.data_tab


def choose(qtbot: QtBot, box: QComboBox, words: str) -> None:
    """Choose with the keyboard, as a person does in an open box."""
    box.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(box.count()):
        if box.currentText() == words:
            return
        key = Qt.Key.Key_Down if box.findText(words) > box.currentIndex() else Qt.Key.Key_Up
        qtbot.keyClick(box, key)
    assert box.currentText() == words


def test_a_table_is_looked_at_wherever_it_was_opened(
    qtbot: QtBot, view: TableImportView, workbench: Workbench
) -> None:
    assert workbench.window.stages.currentIndex() == 0
    assert not workbench.data_tab.browser.isVisible() and workbench.data_tab.table_panel.isVisible()
    rows = view.rows.rows
    assert (rows.rowCount(), rows.columnCount()) == (40, 4)
    assert rows.index(0, 2).data() == "red"
    assert view._subtitle.text() == "40 rows, 4 columns"
    qtbot.waitUntil(lambda: "still uses MNIST sample" in workbench.window._status.text())
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_target_stands_out_and_follows_the_theme(qapp: QApplication, view: TableImportView) -> None:
    def grounds() -> list[object]:
        row = [view.rows.rows.index(0, column).data(Qt.ItemDataRole.BackgroundRole) for column in range(4)]
        return row

    assert grounds() == [None, None, None, theme.LIGHT.color("accent_soft")]
    theme.apply(qapp, theme.DARK)
    try:
        assert grounds()[3] == theme.DARK.color("accent_soft")
    finally:
        theme.apply(qapp, theme.LIGHT)


def test_another_role_shows_at_once_and_is_no_edit(
    qtbot: QtBot, view: TableImportView, tab: DataTab, session: Session
) -> None:
    box = view.rows.heads.boxes["age"]
    assert [box.itemText(place) for place in range(box.count())] == ["Number", "Category", "Ignore", "Target"]
    assert "5 numbers per row in, 1 number out" in tab.table_panel.network.text()
    choose(qtbot, box, IGNORED)
    settle(qtbot, session)
    assert role(session, "age") == IGNORED and box.currentText() == IGNORED
    assert "4 numbers per row in, 1 number out" in tab.table_panel.network.text()
    assert session.document.undo_stack.count() == 0


def test_the_last_target_stays_one(qtbot: QtBot, view: TableImportView, session: Session) -> None:
    box = view.rows.heads.boxes["ill"]
    box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    settle(qtbot, session)
    assert box.currentText() == TARGET and role(session, "ill") == TARGET


def test_another_target_changes_task_classes_and_what_is_suggested(
    qtbot: QtBot, view: TableImportView, tab: DataTab, session: Session
) -> None:
    panel = tab.table_panel
    assert panel.guess.startswith("Always guessing 0 is ") or panel.guess.startswith("Always guessing 1 is ")
    choose(qtbot, panel.target, "colour")
    settle(qtbot, session)
    assert view.rows.heads.boxes["colour"].currentText() == TARGET
    assert [name for name, _ in panel.bars.counts] == ["blue", "green", "red"]
    assert "Dense 3, softmax, with categorical crossentropy" in panel.network.text()
    choose(qtbot, panel.target, "weight")
    settle(qtbot, session)
    assert not panel.bars.isVisible()
    assert not panel.forms["source"].rows["class_names"].isVisible()
    assert "Dense 1, linear, with mean squared error" in panel.network.text()


def test_the_delimiter_can_be_said_otherwise(qtbot: QtBot, view: TableImportView, session: Session) -> None:
    box = view.understood.boxes["delimiter"]
    assert box.currentText() == "semicolon"
    choose(qtbot, box, "bar")
    settle(qtbot, session)
    assert view.rows.rows.columnCount() == 1
    assert view.problem.isVisible() and not view.use_button.isEnabled()
    choose(qtbot, box, "semicolon")
    settle(qtbot, session)
    assert view.rows.rows.columnCount() == 4 and view.use_button.isEnabled()


def test_class_names_are_written_in_a_line(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    field = tab.table_panel.forms["source"].editor("class_names").field
    assert isinstance(field, QLineEdit) and field.placeholderText() == "0, 1"
    type_over(qtbot, field, "healthy, ill")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert [name for name, _ in tab.table_panel.bars.counts] == ["healthy", "ill"]
    assert session.table.is_open  # Enter in a line only ends the line


def test_the_button_uses_it_as_one_step(
    qtbot: QtBot, view: TableImportView, tab: DataTab, session: Session
) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        qtbot.mouseClick(view.use_button, LEFT)
    assert session.dataset.name == "patients" and session.document.undo_stack.count() == 1
    assert tab.browser.isVisible() and tab.browser.title == "patients"
    session.document.undo_stack.undo()
    assert tab.browser.title == "MNIST sample"


def test_enter_uses_the_table_and_escape_forgets_it(
    qtbot: QtBot, view: TableImportView, tab: DataTab, session: Session, tmp_path: Path
) -> None:
    assert QApplication.focusWidget() is view.use_button
    qtbot.keyClick(view.use_button, Qt.Key.Key_Escape)
    assert tab.browser.isVisible() and session.dataset.name == "MNIST sample"
    open_table(qtbot, session, tmp_path / "patients.csv")
    with qtbot.waitSignal(session.dataset_changed):
        qtbot.keyClick(view.use_button, Qt.Key.Key_Return)
    assert session.dataset.name == "patients"


def test_enter_on_cancel_cancels(qtbot: QtBot, view: TableImportView, session: Session) -> None:
    view.cancel_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view.cancel_button, Qt.Key.Key_Return)
    assert not session.table.is_open and session.dataset.name == "MNIST sample"


def test_escape_in_the_preparation_forgets_it_too(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    tab.table_panel.target.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tab.table_panel.target, Qt.Key.Key_Escape)
    assert not session.table.is_open


def test_columns_opens_it_again(qtbot: QtBot, view: TableImportView, tab: DataTab, session: Session) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        qtbot.mouseClick(view.use_button, LEFT)
    qtbot.mouseClick(tab.facts.forms.columns_button, LEFT)
    qtbot.waitUntil(view.isVisible)
    choose(qtbot, view.rows.heads.boxes["colour"], IGNORED)
    settle(qtbot, session)
    with qtbot.waitSignal(session.dataset_changed):
        qtbot.mouseClick(view.use_button, LEFT)
    assert session.document.undo_stack.undoText() == "change the columns of patients.csv"
    assert session.dataset.facts.sample_shape == (2,)
    session.document.undo_stack.undo()
    assert session.dataset.facts.sample_shape == (5,)


def test_zeros_that_may_be_gaps_are_filled_when_a_person_says_so(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    lines = [f"{90 + row % 40 if row % 9 else 0},{row % 7},{row % 2}" for row in range(90)]
    path = tmp_path / "gaps.csv"
    path.write_text("pressure,visits,ill\n" + "\n".join(lines) + "\n")
    session, view = workbench.session, workbench.data_tab.table
    open_table(qtbot, session, path)
    buttons = [one for one in view.hints.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in buttons] == ["Fill with the median", "Keep 0"]
    assert not buttons[1].isEnabled()
    qtbot.mouseClick(buttons[0], LEFT)
    settle(qtbot, session)
    recipe = session.table.recipe
    assert recipe is not None and recipe.preparation.missing == "median"
    assert recipe.source.zeros_missing == ("pressure",)  # type: ignore[attr-defined]
    editor = workbench.data_tab.table_panel.forms["preparation"].editor("missing").field
    assert isinstance(editor, QComboBox) and editor.currentText() == "median"


def test_of_many_columns_only_those_in_sight_have_a_box(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "wide.csv"
    head = ",".join(f"c{place}" for place in range(200))
    rows = [",".join(str((row * place) % 17) for place in range(200)) for row in range(30)]
    path.write_text("\n".join((head, *rows)) + "\n")
    open_table(qtbot, workbench.session, path)
    table = workbench.data_tab.table.rows
    assert 3 < len(table.heads.boxes) < 30
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.heads.boxes["c199"].isVisible() and not table.heads.boxes["c0"].isVisible()
    left = table.heads.boxes["c199"].mapTo(table.heads.viewport(), QPoint(0, 0)).x()
    assert table.columnViewportPosition(199) <= left < table.columnViewportPosition(199) + 10


def test_narrow_windows_cut_nothing_off(qtbot: QtBot, view: TableImportView, workbench: Workbench) -> None:
    workbench.window.resize(1024, 640)
    qtbot.wait(50)
    assert view.width() >= view.minimumSizeHint().width()
    for one in (view.cancel_button, view.use_button):
        assert one.geometry().right() <= view.width() and one.width() >= one.sizeHint().width()
    assert view.rows.height() >= 5 * 25 + view.rows.heads.height()


@pytest.mark.parametrize(
    ("wanted", "room", "widths"),
    [
        ([100, 100], 301, [151, 150]),
        ([200, 100], 240, [140, 100]),
        ([200, 200], 100, [83, 83]),
        ([83], 0, [83]),
        ([], 100, []),
    ],
)
def test_columns_share_the_room(wanted: list[int], room: int, widths: list[int]) -> None:
    found = fitted_widths(wanted, room, 83)
    assert sum(found) <= max(room, 83 * len(wanted)) and all(width >= 83 for width in found)
    if sum(wanted) < room or room < 83 * len(wanted):
        assert found == widths


def test_long_names_take_two_lines(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    room = metrics.horizontalAdvance("Plasma glucose")
    assert name_lines("Age", metrics, room) == ["Age"]
    assert name_lines("Plasma glucose concentration", metrics, room) == ["Plasma glucose", "concentration"]
    assert name_lines("Onewordthatislongerthanitsroom", metrics, room) == ["Onewordthatislongerthanitsroom"]
