"""The model tab: build, break, mend and undo a network with mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import Dense
from nnstudio.engine.optimizers import SGD
from nnstudio.session.session import Session
from nnstudio.ui.model.inline_field import InlineField
from nnstudio.ui.model.model_tab import ModelTab
from nnstudio.ui.model.stack_model import LAYER_MIME


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[ModelTab]:
    tab = ModelTab(session)
    qtbot.addWidget(tab)
    tab.resize(1280, 760)
    tab.show()
    qtbot.waitExposed(tab)
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    tester = QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield tab
    del tester


def names(session: Session) -> tuple[str, ...]:
    return session.document.design.names


def click(qtbot: QtBot, tab: ModelTab, point: QPoint) -> None:
    qtbot.mouseClick(tab.stack.viewport(), Qt.MouseButton.LeftButton, pos=point)


def click_card(qtbot: QtBot, tab: ModelTab, name: str) -> None:
    layout = tab.stack.card(tab.model.row(name))
    assert layout is not None
    click(qtbot, tab, layout.type.center())


def test_a_double_click_in_the_palette_adds_below_the_selected_card(
    qtbot: QtBot, tab: ModelTab, session: Session
) -> None:
    click_card(qtbot, tab, "dense")
    palette = tab.palette_panel.list
    kinds = [palette.model().index(row, 0).data() for row in range(palette.model().rowCount())]
    row = kinds.index("Dropout")
    point = palette.visualRect(palette.model().index(row, 0)).center()
    qtbot.mouseClick(palette.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseDClick(palette.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert names(session) == ("flatten", "dense", "dropout_1", "dropout", "dense_1")
    assert tab.stack.selected_names == ("dropout_1",)
    session.document.undo_stack.undo()
    assert tab.model.rowCount() == 6


def test_typing_in_the_search_field_and_enter_adds_a_layer(
    qtbot: QtBot, tab: ModelTab, session: Session
) -> None:
    qtbot.keyClicks(tab.palette_panel.search, "drop")
    qtbot.keyClick(tab.palette_panel.search, Qt.Key.Key_Return)
    assert "dropout_1" in names(session)


def test_the_form_changes_the_selected_layer_and_undo_shows_in_it(
    qtbot: QtBot, tab: ModelTab, session: Session
) -> None:
    click_card(qtbot, tab, "dense")
    field = tab.layer_panel.form.editor("units").field
    assert isinstance(field, QSpinBox)
    field.setValue(40)
    assert session.document.design.layer("dense") == Dense(40, activation="relu", name="dense")
    session.document.undo_stack.undo()
    assert field.value() == 16


def test_a_name_that_is_taken_is_refused_below_the_row(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    click_card(qtbot, tab, "dense")
    tab.layer_panel.edited.emit("name", "dense_1")
    assert names(session)[1] == "dense"
    assert any("dense_1" in text for text in problem_texts(tab))


def test_renaming_keeps_the_card_selected(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    click_card(qtbot, tab, "dense")
    tab.layer_panel.edited.emit("name", "hidden")
    assert names(session)[1] == "hidden"
    assert tab.stack.selected_names == ("hidden",)


def test_an_inline_field_opens_on_click_and_tells_each_keystroke(
    qtbot: QtBot, tab: ModelTab, session: Session
) -> None:
    layout = tab.stack.card(tab.model.row("dense"))
    assert layout is not None
    click(qtbot, tab, layout.fields[0].box.center())
    (field,) = tab.stack.viewport().findChildren(InlineField)
    spin = field.findChild(QSpinBox)
    assert spin is not None
    spin.selectAll()
    qtbot.keyClicks(spin, "99")
    assert session.document.design.layer("dense").units == 99  # type: ignore[attr-defined]
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tab.stack.viewport().findChildren(InlineField))
    assert session.document.undo_stack.count() == 1


def test_a_wrong_output_shows_a_problem_whose_fix_is_a_button(
    qtbot: QtBot, tab: ModelTab, session: Session
) -> None:
    click_card(qtbot, tab, "dense_1")
    field = tab.layer_panel.form.editor("units").field
    assert isinstance(field, QSpinBox)
    field.setValue(3)
    assert not session.document.report.ready
    qtbot.wait(20)  # the view lays its cards out anew
    layout = tab.stack.card(tab.model.row("dense_1"))
    assert layout is not None and layout.fixes
    tab.stack.scrollTo(tab.model.index(tab.model.row("dense_1")))
    layout = tab.stack.card(tab.model.row("dense_1"))
    assert layout is not None
    click(qtbot, tab, layout.fixes[0].center())
    assert session.document.report.ready
    assert field.value() == 10


@pytest.mark.parametrize(("row", "expected"), [(1, ("dropout", "flatten", "dense", "dense_1")), (5, None)])
def test_dropping_a_card_moves_it_in_one_step(
    tab: ModelTab, session: Session, row: int, expected: tuple[str, ...] | None
) -> None:
    drop(tab, tab.model.mimeData([tab.model.index(tab.model.row("dropout"))]), row)
    assert names(session) == (expected or ("flatten", "dense", "dense_1", "dropout"))
    assert session.document.undo_stack.count() == 1
    assert tab.stack.selected_names == ("dropout",)
    session.document.undo_stack.undo()
    assert names(session) == ("flatten", "dense", "dropout", "dense_1")


def test_dropping_a_kind_of_layer_adds_it_there(tab: ModelTab, session: Session) -> None:
    data = QMimeData()
    data.setData(LAYER_MIME, b"add\nActivation")
    drop(tab, data, 3)
    assert names(session) == ("flatten", "dense", "activation", "dropout", "dense_1")


def test_several_cards_move_and_go_together(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    click_card(qtbot, tab, "dense")
    layout = tab.stack.card(tab.model.row("dropout"))
    assert layout is not None
    qtbot.mouseClick(
        tab.stack.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        layout.type.center(),
    )
    tab.verbs.shift(1)
    assert names(session) == ("flatten", "dense_1", "dense", "dropout")
    assert set(tab.stack.selected_names) == {"dense", "dropout"}
    tab.verbs.duplicate()
    assert names(session) == ("flatten", "dense_1", "dense", "dropout", "dense_2", "dropout_1")
    tab.verbs.delete()
    assert names(session) == ("flatten", "dense_1", "dense", "dropout")


def test_all_can_be_deleted_and_the_fitting_output_be_added(
    qtbot: QtBot, tab: ModelTab, session: Session
) -> None:
    tab.stack.selectAll()
    tab.verbs.delete()
    assert names(session) == ()
    tab.verbs.add_output()
    assert names(session) == ("flatten", "output")
    tab.apply_first_fix()
    assert session.document.report.ready


def test_loss_and_optimizer_are_chosen_and_undone(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    before = session.document.design
    combo = tab.compile_panel.optimizer.editor.field
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert type(session.document.design.optimizer) is not type(before.optimizer)
    session.document.undo_stack.undo()
    assert session.document.design == before
    assert combo.currentText() == type(before.optimizer).__name__


def test_tab_goes_through_the_right_panel_from_top_to_bottom(
    qtbot: QtBot, tab: ModelTab, session: Session
) -> None:
    for name in ("dense", "dropout", "dense_1"):  # each with a form that is built anew
        click_card(qtbot, tab, name)
    tab.compile_panel.optimizer.editor.edited.emit(SGD(momentum=0.9))
    tab.layer_panel.form.more.head.click()
    tab.compile_panel.metrics.head.click()
    qtbot.wait(100)
    panel = tab.layer_panel.parentWidget()
    assert panel is not None
    tab.layer_panel.take_focus()
    seen: list[QWidget] = []
    while (
        (focus := QApplication.focusWidget()) is not None and panel.isAncestorOf(focus) and focus not in seen
    ):
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    heights = [one.mapTo(panel, one.rect().center()).y() for one in seen]
    assert heights == sorted(heights)
    assert seen[0] is tab.layer_panel.form.editor("units").field
    assert tab.compile_panel.optimizer.editor.field in seen and len(seen) > 25


def test_next_problem_selects_its_card(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    session.document.edit_design("break", session.document.design.with_layer("dense_1", units=3))
    tab.show_next_problem()
    assert tab.stack.selected_names == ("dense_1",)


def problem_texts(tab: ModelTab) -> list[str]:
    return [row.problem for row in tab.layer_panel.form.rows.values()]


def drop(tab: ModelTab, data: QMimeData, row: int) -> None:
    """Drop ``data`` before the card in ``row``, as the end of a drag does."""
    rect = tab.stack.visualRect(tab.model.index(row))
    event = QDropEvent(
        QPointF(rect.center().x(), rect.top() + 2),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.stack.dropEvent(event)
