"""The forms of source, split and preparation: each change is a step, and the data follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import recipe_of
from nnstudio.data.source import Source
from nnstudio.data.sources import SOURCES, DrugTrial, Moons
from nnstudio.session.session import Session
from nnstudio.ui.data.data_tab import DataTab
from nnstudio.ui.data.recipe_forms import shown_settings
from nnstudio.ui.editors.names import TicksEditor
from tests.session.tables import open_table, write_table
from tests.ui.acting import LEFT, type_over


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> DataTab:
    tab = DataTab(session)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    return tab


def choose(qtbot: QtBot, session: Session, source: Source) -> None:
    session.choose_recipe(recipe_of(source))
    qtbot.waitUntil(lambda: session.dataset.name == source.title)


def spin(tab: DataTab, name: str) -> QAbstractSpinBox:
    form = tab.facts.forms.source if name in ("noise", "count") else tab.facts.forms.split
    assert form is not None
    field = form.editor(name).field
    assert isinstance(field, QAbstractSpinBox)
    return field


def test_turned_noise_is_read_again_and_undone_in_one_step(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    choose(qtbot, session, Moons(count=100))
    field = spin(tab, "noise")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: session.dataset.recipe == session.recipe != recipe_of(Moons(count=100)))
    source = session.document.study.recipe.source
    assert isinstance(source, Moons) and source.noise == pytest.approx(0.2)
    assert session.document.undo_stack.undoText() == "set noise to 0.2"
    session.document.undo_stack.undo()
    assert field.text() == "0.05" and session.document.study.recipe == recipe_of(Moons(count=100))


def test_the_test_share_parts_the_data_anew(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    choose(qtbot, session, Moons(count=100))
    field = spin(tab, "test_share")
    type_over(qtbot, field, "0.4")
    qtbot.waitUntil(lambda: len(session.dataset.test) == 40)
    assert session.document.undo_stack.undoText() == "set test share to 0.4"
    session.document.undo_stack.undo()
    assert len(session.dataset.test) == 20 and field.text() == "0.2"


def test_data_with_their_own_test_part_have_no_share(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    assert not tab.facts.forms.split.isVisible()  # the sample of MNIST
    choose(qtbot, session, Moons(count=100))
    assert tab.facts.forms.split.isVisible()
    choose(qtbot, session, DrugTrial())
    assert not tab.facts.forms.split.isVisible()


def test_a_class_is_left_out_of_training_by_a_tick(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    forms = tab.facts.forms
    qtbot.mouseClick(forms.left_out_section.head, LEFT)
    ticks = forms.left_out.list
    item = ticks.item(3)
    ticks.scrollToItem(item)
    box: QRect = ticks.visualItemRect(item)
    with qtbot.waitSignal(session.dataset_changed):
        qtbot.mouseClick(ticks.viewport(), LEFT, pos=QPoint(box.left() + 10, box.center().y()))
    assert session.document.study.recipe.split.left_out == ("3",)
    assert 3 not in session.dataset.training.y and 3 in session.dataset.test.y
    session.document.undo_stack.undo()
    assert item.checkState() is Qt.CheckState.Unchecked


def test_missing_values_are_for_tables(qtbot: QtBot, tab: DataTab, session: Session, tmp_path: Path) -> None:
    forms = tab.facts.forms
    assert forms.preparation.isVisible() and not forms.table_preparation.isVisible()
    assert not tab.facts.forms.has_source
    open_table(qtbot, session, write_table(tmp_path))
    session.table.use()
    qtbot.waitUntil(lambda: session.dataset.name == "patients")
    assert forms.table_preparation.isVisible() and forms.columns_button.isVisible()
    box = forms.table_preparation.editor("missing").field
    assert isinstance(box, QComboBox)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(session.dataset_changed):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert session.document.study.recipe.preparation.missing == "mean"
    assert session.document.undo_stack.undoText() == "set missing to mean"


def test_a_value_that_fails_goes_back_to_what_holds(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    choose(qtbot, session, Moons(count=100))
    names = session.dataset.class_names
    with qtbot.waitSignal(session.failed):
        session.change_recipe("split", "left_out", names)
    ticks = tab.facts.forms.left_out
    assert isinstance(ticks, TicksEditor)
    assert [ticks.list.item(row).checkState() for row in range(2)] == [Qt.CheckState.Unchecked] * 2
    assert len(session.dataset.training) == 80


@pytest.mark.parametrize("kind", SOURCES, ids=lambda kind: kind.__name__)
def test_forms_never_show_paths(kind: type[Source]) -> None:
    shown = shown_settings(kind())
    assert not {"path", "test_path", "book"} & set(shown)
