"""What a crash would take along is kept while anything is not saved, and offered to the next start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.formats.recovery import read_recovery
from nnstudio.session import autosave as autosave_module
from nnstudio.session import design_edits as edits
from nnstudio.session.autosave import Autosave
from nnstudio.session.session import Session
from tests.session.projects import save
from tests.session.test_session import train_to_the_end


@pytest.fixture
def autosave(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Autosave:
    monkeypatch.setattr(autosave_module, "_LOOK_MS", 10)
    return Autosave(session, tmp_path / "recovery")


def kept(autosave: Autosave) -> bool:
    return (autosave._folder / "info.json").is_file()


def crash(autosave: Autosave) -> None:
    """Leave everything as a program does that was killed."""
    autosave._timer.stop()
    if autosave._job is not None:
        autosave._job.join(60)
    autosave._session.closed.disconnect(autosave._close)
    autosave._lock.release()


def test_nothing_is_kept_while_nothing_would_be_lost(
    qtbot: QtBot, session: Session, autosave: Autosave, tmp_path: Path
) -> None:
    qtbot.wait(100)
    assert not (tmp_path / "recovery").exists()
    edits.change_layer(session.document, "dense", "units", 20)
    qtbot.waitUntil(lambda: kept(autosave))
    save(qtbot, session, tmp_path / "a.nnstudio")
    qtbot.waitUntil(lambda: not autosave._folder.exists())


def test_it_is_written_at_most_every_ten_seconds(
    qtbot: QtBot, session: Session, autosave: Autosave, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[float] = []
    clock = [100.0]
    monkeypatch.setattr(autosave_module.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(autosave, "_write", lambda path: times.append(clock[0]))
    for second in range(60):
        clock[0] = 100.0 + second
        edits.change_layer(session.document, "dense", "units", 20 + second)
        autosave._look()
    assert times[0] == 100.0 and all(8.5 < b - a <= 10 for a, b in zip(times, times[1:], strict=False))


def test_after_a_crash_the_next_start_has_all_of_it(
    qtbot: QtBot, session: Session, autosave: Autosave, other: Session, tmp_path: Path
) -> None:
    save(qtbot, session, tmp_path / "a.nnstudio")
    session.document.edit_plan("short", replace(session.document.study.plan, epochs=1))
    train_to_the_end(qtbot, session)
    autosave._at = -100.0
    edits.change_layer(session.document, "dense", "units", 20)
    qtbot.waitUntil(lambda: autosave._mark[:1] == (session.document.study,))
    crash(autosave)
    session.project.close()
    later = Autosave(other, tmp_path / "recovery")
    (left,) = later.left()
    assert left.path == str(tmp_path / "a.nnstudio")
    with qtbot.waitSignal(other.project.opened):
        later.recover(left)
    assert other.document.study == session.document.study
    assert other.project.modified and other.project.name == "a"
    assert other.run is not None and other.run.progress.epoch == 1
    save(qtbot, other)
    qtbot.waitUntil(lambda: not left.folder.exists())
    assert not other.project.modified


def test_a_program_that_still_runs_is_left_alone(
    qtbot: QtBot, session: Session, autosave: Autosave, other: Session, tmp_path: Path
) -> None:
    edits.change_layer(session.document, "dense", "units", 20)
    qtbot.waitUntil(lambda: kept(autosave))
    assert Autosave(other, tmp_path / "recovery").left() == []
    assert kept(autosave)


def test_what_is_discarded_is_gone_and_what_waits_is_not(
    qtbot: QtBot, session: Session, autosave: Autosave, other: Session, tmp_path: Path
) -> None:
    edits.change_layer(session.document, "dense", "units", 20)
    qtbot.waitUntil(lambda: kept(autosave))
    crash(autosave)
    later = Autosave(other, tmp_path / "recovery")
    (left,) = later.left()
    left.lock.release()
    (left,) = later.left()
    later.discard(left)
    assert later.left() == [] and not left.folder.exists()


def test_closing_without_saving_leaves_nothing(
    qtbot: QtBot, session: Session, autosave: Autosave, tmp_path: Path
) -> None:
    edits.change_layer(session.document, "dense", "units", 20)
    qtbot.waitUntil(lambda: kept(autosave))
    assert session.close()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_where_nothing_can_be_kept_that_is_told_once(
    qtbot: QtBot, session: Session, autosave: Autosave, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave_module, "_LEAST_SECONDS", 0.0)
    (tmp_path / "recovery").write_text("no folder")
    told: list[str] = []
    autosave.failed.connect(told.append)
    for units in (20, 30, 40):
        edits.change_layer(session.document, "dense", "units", units)
        qtbot.wait(100)
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1 and told[0].startswith("Nothing is kept for a crash")


def test_notes_are_kept(qtbot: QtBot, session: Session, autosave: Autosave) -> None:
    session.write_notes("try more units")
    qtbot.waitUntil(lambda: kept(autosave))
    assert read_recovery(autosave._folder).project.notes == "try more units"
    autosave._at = -100.0
    session.write_notes("try fewer")
    qtbot.waitUntil(lambda: read_recovery(autosave._folder).project.notes == "try fewer")


def test_a_training_is_kept_with_a_state_to_go_on_from(
    qtbot: QtBot, session: Session, autosave: Autosave
) -> None:
    session.document.edit_plan("long", replace(session.document.study.plan, epochs=5000))
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.kept().state is not None)
    qtbot.waitUntil(lambda: autosave._job is None)  # one under way may be from before
    autosave._at = -100.0
    autosave._mark = (None,)
    before = autosave._written
    qtbot.waitUntil(lambda: autosave._written is not before and kept(autosave))
    qtbot.waitUntil(lambda: autosave._job is None)
    project = read_recovery(autosave._folder).project
    assert project.runs[-1].state is not None and len(project.runs[-1].timeline) <= 6
    session.stop()
