"""Fetching in a session: the open data stay until the new ones are complete, and where they never come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.drawings import Drawings
from nnstudio.data.sources.mnist import Mnist
from nnstudio.session.session import Session
from tests.data import web
from tests.data.web import PACKED, Exchange, Server, small_collection

PLACE = "data"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    server = Server(web.well)
    monkeypatch.setattr(Mnist, "collection", small_collection(server.base))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield server
    server.stop()


def test_the_open_data_stay_until_the_new_ones_are_complete(
    qtbot: QtBot, session: Session, server: Server
) -> None:
    before, study = session.dataset, session.document.study

    def wait_then_send(exchange: Exchange) -> None:
        exchange.server.over.wait(0.05)
        assert session.dataset is before and session.document.study == study
        web.well(exchange)

    server.way = wait_then_send
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(Recipe(Mnist()))
    assert session.dataset.name == "MNIST" and session.document.study.recipe == Recipe(Mnist())
    session.document.undo_stack.undo()
    assert session.dataset is before


def test_progress_is_told_while_it_comes(qtbot: QtBot, session: Session, server: Server) -> None:
    server.way = web.slowly
    told = []

    def look() -> bool:
        told.append(session.jobs.progress(PLACE))
        return session.dataset.name == "MNIST"

    session.choose_recipe(Recipe(Mnist()))
    qtbot.waitUntil(look)
    words = [progress[1] for progress in told if progress is not None]
    assert any(" of 0.1 MB" in line for line in words)


def test_a_failure_leaves_everything_as_it_was(qtbot: QtBot, session: Session, server: Server) -> None:
    before, study = session.dataset, session.document.study
    server.way = web.status(500)
    with qtbot.waitSignal(session.failed) as failed:
        session.choose_recipe(Recipe(Mnist()))
    assert "has trouble of its own (500" in failed.args[1] and "The sample goes on" in failed.args[1]
    assert session.dataset is before and session.document.study == study
    assert not session.document.undo_stack.canUndo()


def test_a_cancel_leaves_everything_as_it_was_and_the_next_choice_goes_on(
    qtbot: QtBot, session: Session, server: Server
) -> None:
    before = session.dataset
    server.way = web.stall_in_the_middle
    session.choose_recipe(Recipe(Mnist()))
    qtbot.waitUntil(lambda: bool((session.jobs.progress(PLACE) or (0, ""))[0]))
    session.jobs.cancel(PLACE)
    qtbot.waitUntil(lambda: not session.jobs.titles)
    assert session.dataset is before
    server.way = web.well
    session.choose_recipe(Recipe(Mnist()))
    qtbot.waitUntil(lambda: session.dataset.name == "MNIST")
    assert len(server.asked) <= len(PACKED) + 2


def test_closing_does_not_wait_for_a_server_that_stalls(
    qtbot: QtBot, session: Session, server: Server
) -> None:
    server.way = web.stall_at_once
    session.choose_recipe(Recipe(Mnist()))
    qtbot.waitUntil(lambda: bool(server.asked))
    assert session.close()


def test_no_drawings_yet_are_a_sentence(qtbot: QtBot, session: Session, server: Server) -> None:
    with qtbot.waitSignal(session.failed) as failed:
        session.choose_recipe(Recipe(Drawings()))
    assert "Add to my drawings" in failed.args[1]
