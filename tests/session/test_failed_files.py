"""Whatever fails in saving and opening leaves the work open and the old file whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.formats import project as project_format
from nnstudio.session import design_edits as edits
from nnstudio.session.session import Session
from tests.session.projects import save
from tests.session.test_session import train_to_the_end


def test_a_second_window_is_told_and_opens_a_copy(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.nnstudio"
    save(qtbot, session, path)
    with qtbot.waitSignal(other.project.told) as caught:
        other.open_path(path)
    assert "another window" in caught.args[0]
    assert other.project.path is None and other.project.name == "a (copy)"
    with qtbot.waitSignal(other.failed) as caught:
        other.project.save(path)
    assert "another window" in caught.args[1]
    session.project.close()
    save(qtbot, other, path)


def make_read_only(folder: Path) -> None:
    folder.chmod(0o500)


def make_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")


def limit_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: object, parts: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(project_format, "write_archive", full)


@pytest.mark.parametrize("harm", [make_read_only, shutil.rmtree, make_a_file])
def test_a_saving_that_fails_is_told_and_the_work_stays_open(
    qtbot: QtBot, session: Session, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    save(qtbot, session, folder / "a.nnstudio")
    edits.change_layer(session.document, "dense", "units", 20)
    harm(folder)
    if harm is make_read_only and os.access(folder, os.W_OK):
        pytest.skip("an administrator may write everywhere")
    with qtbot.waitSignal(session.failed) as caught:
        session.project.save()
    assert caught.args[0] == "Saving a.nnstudio" and caught.args[1].endswith(".")
    assert session.project.modified and session.project.path == folder / "a.nnstudio"
    save(qtbot, session, tmp_path / "elsewhere.nnstudio")
    assert not session.project.modified


def test_a_full_disk_leaves_the_old_file_whole(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.nnstudio"
    save(qtbot, session, path)
    before = path.read_bytes()
    edits.change_layer(session.document, "dense", "units", 20)
    with monkeypatch.context() as patch:
        limit_the_disk(tmp_path, patch)
        with qtbot.waitSignal(session.failed) as caught:
            session.project.save()
    assert "the disk is full" in caught.args[1]
    assert path.read_bytes() == before and [file.name for file in tmp_path.iterdir()] == ["a.nnstudio"]
    save(qtbot, session)


def test_what_is_no_project_changes_nothing(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.nnstudio").write_text("Dear network")
    study = session.document.study
    with qtbot.waitSignal(session.failed) as caught:
        session.open_path(tmp_path / "a.nnstudio")
    assert "a.nnstudio" in caught.args[1]
    assert session.document.study is study and session.project.path is None


def test_damaged_parts_are_told_and_the_rest_opens(
    qtbot: QtBot, session: Session, other: Session, tmp_path: Path
) -> None:
    train_to_the_end(qtbot, session)
    path = tmp_path / "a.nnstudio"
    save(qtbot, session, path)
    session.project.close()
    assert session.run is not None and session.run.snapshot is not None
    content = bytearray(path.read_bytes())
    content[content.index(session.run.snapshot.parameters.tobytes()) + 3] ^= 1
    path.write_bytes(bytes(content))
    with qtbot.waitSignal(other.project.told) as caught:
        other.open_path(path)
    assert "cannot go on exactly" in caught.args[0] or "checkpoints" in caught.args[0]
    assert other.document.study == session.document.study
