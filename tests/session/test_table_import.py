"""A table is looked at before it is used: nothing is in the document until a person says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.understanding import CATEGORY, IGNORED, NUMBER, TARGET, TablePreview
from nnstudio.data.watch import Watch
from nnstudio.session import table_import
from nnstudio.session.session import Session
from tests.session.tables import open_table, role, settle, write_table


def test_a_table_that_is_looked_at_changes_nothing(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    before, dataset = session.document.study, session.dataset
    open_table(qtbot, session, write_table(tmp_path))
    assert session.table.usable and role(session, "ill") == TARGET
    session.table.set_role("age", IGNORED)
    settle(qtbot, session)
    assert role(session, "age") == IGNORED
    assert (session.document.study, session.dataset) == (before, dataset)
    assert session.document.undo_stack.count() == 0
    session.table.cancel()
    assert not session.table.is_open and session.document.study == before


def test_using_it_is_one_step_that_can_be_undone(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_table(qtbot, session, write_table(tmp_path))
    session.table.set_role("age", IGNORED)
    session.table.use()  # before the preview has followed
    qtbot.waitUntil(lambda: session.dataset.name == "patients")
    assert session.document.undo_stack.count() == 1
    assert session.document.undo_stack.undoText() == "open patients"
    assert session.dataset.facts.sample_shape == (4,)  # weight, and three colours
    assert not session.table.is_open
    session.document.undo_stack.undo()
    assert session.dataset.name == "MNIST sample"


def test_the_columns_of_the_open_table_can_be_used_otherwise(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    open_table(qtbot, session, write_table(tmp_path))
    session.table.use()
    qtbot.waitUntil(lambda: session.dataset.name == "patients")
    session.edit_columns()
    qtbot.waitUntil(lambda: session.table.is_open)
    session.table.set_role("colour", IGNORED)
    settle(qtbot, session)
    with qtbot.waitSignal(session.dataset_changed):
        session.table.use()
    assert session.document.undo_stack.count() == 2
    assert session.document.undo_stack.undoText() == "change the columns of patients.csv"
    assert session.dataset.facts.sample_shape == (2,)
    session.document.undo_stack.undo()
    assert session.dataset.facts.sample_shape == (5,) and session.dataset.name == "patients"


def test_using_a_table_as_it_is_already_is_no_step(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_table(qtbot, session, write_table(tmp_path))
    session.table.use()
    qtbot.waitUntil(lambda: session.dataset.name == "patients")
    session.edit_columns()
    qtbot.waitUntil(lambda: session.table.is_open)
    session.table.use()
    qtbot.waitUntil(lambda: not session.table.is_open)
    assert session.document.undo_stack.count() == 1


def test_another_delimiter_cuts_the_columns_anew(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_table(qtbot, session, write_table(tmp_path))
    recipe = session.table.recipe
    assert recipe is not None
    session.table.change(replace(recipe, source=replace(recipe.source, header=False)))  # type: ignore[call-arg]
    settle(qtbot, session)
    assert session.table.preview is not None
    names = [column.name for column in session.table.preview.columns]
    assert names == ["Column 1", "Column 2", "Column 3", "Column 4"]
    assert session.table.preview.row_count == 41


def test_what_cannot_be_used_says_why_and_is_not_used(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_table(qtbot, session, write_table(tmp_path))
    for name in ("age", "weight", "colour"):
        session.table.set_role(name, IGNORED)
    settle(qtbot, session)
    assert session.table.preview is not None and session.table.preview.problem
    assert not session.table.usable
    session.table.use()
    qtbot.wait(50)
    assert session.dataset.name == "MNIST sample" and session.table.is_open
    session.table.set_role("age", NUMBER)
    settle(qtbot, session)
    assert session.table.usable


def test_the_latest_wish_wins(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look is held up until a second wish came: its answer never shows."""
    open_table(qtbot, session, write_table(tmp_path))
    look, go_on, shown = table_import.preview, Event(), []

    def slow(recipe: Any, watch: Watch) -> TablePreview:
        if recipe.source.ignored == ("age",):
            go_on.wait(60)
        return look(recipe, watch)

    monkeypatch.setattr(table_import, "preview", slow)
    session.table.changed.connect(lambda: shown.append(role(session, "age")))
    session.table.set_role("age", IGNORED)
    session.table.set_role("age", CATEGORY)
    settle(qtbot, session)
    go_on.set()
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert role(session, "age") == CATEGORY and IGNORED not in shown


def test_a_file_that_vanished_keeps_what_was_shown(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    path = write_table(tmp_path)
    open_table(qtbot, session, path)
    known = session.table.recipe
    path.unlink()
    with qtbot.waitSignal(session.failed) as failed:
        session.table.set_role("age", IGNORED)
    assert "patients.csv" in failed.args[1]
    assert session.table.recipe == known and role(session, "age") == NUMBER


def test_opening_other_data_forgets_the_table(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_table(qtbot, session, write_table(tmp_path))
    session.change_recipe("preparation", "scaling", "none")
    assert not session.table.is_open
