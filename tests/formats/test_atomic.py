"""Tests of formats.atomic: a file is written whole, or the old one stays."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from nnstudio.errors import FileError
from nnstudio.formats.atomic import refuse_unwritable, replace_file

OLD = b"the old content"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "model.h5"
    path.write_bytes(OLD)
    return path


def assert_untouched(target: Path) -> None:
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_new_file_has_the_permissions_that_any_program_would_give_it(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    replace_file(tmp_path / "new", b"content")
    assert (tmp_path / "new").read_bytes() == b"content"
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode


def test_an_old_file_is_replaced_and_keeps_its_permissions(target: Path) -> None:
    target.chmod(0o640)
    replace_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(target.parent.iterdir()) == [target]


def test_a_link_stays_a_link(target: Path) -> None:
    link = target.parent / "link.h5"
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_failed_check_keeps_the_old_file(target: Path) -> None:
    def refuse(path: Path) -> None:
        assert path.read_bytes() == b"new"
        raise FileError("no")

    with pytest.raises(FileError, match="no"):
        replace_file(target, b"new", refuse)
    assert_untouched(target)


def test_a_bug_in_the_check_leaves_nothing_behind(target: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        replace_file(target, b"new", lambda _: 1 / 0)  # type: ignore[arg-type, return-value]
    assert_untouched(target)


def test_what_a_killed_program_left_goes_with_the_next_file_and_nothing_else(target: Path) -> None:
    folder, old = target.parent, target.stat().st_mtime - 3600
    stale, young = (folder / f".nnstudio-{digit * 12}.tmp" for digit in "ab")
    others = [folder / name for name in (".nnstudio-mine.tmp", "nnstudio-aaaaaaaaaaaa.tmp", "my.tmp")]
    link = folder / f".nnstudio-{'c' * 12}.tmp"
    link.symlink_to(others[0])
    for path in (stale, young, *others):
        path.write_bytes(b"part")
    for path in (stale, *others):
        os.utime(path, (old, old))
    replace_file(target, b"new")
    assert set(folder.iterdir()) == {target, young, link, *others}


@pytest.mark.parametrize("write", [refuse_unwritable, lambda path: replace_file(path, b"new")])
class TestRefusals:
    """What is refused by writing is refused beforehand in the same words."""

    def test_a_write_protected_file(self, target: Path, write: Callable[[Path], None]) -> None:
        target.chmod(0o444)
        with pytest.raises(FileError, match="model.h5 is write-protected, so it was not replaced"):
            write(target)
        assert_untouched(target)

    def test_a_missing_folder(self, tmp_path: Path, write: Callable[[Path], None]) -> None:
        with pytest.raises(FileError, match="there is no folder .*missing"):
            write(tmp_path / "missing" / "model.h5")

    def test_a_folder_with_that_name(self, tmp_path: Path, write: Callable[[Path], None]) -> None:
        (tmp_path / "model.h5").mkdir()
        with pytest.raises(FileError, match="a folder has that name"):
            write(tmp_path / "model.h5")

    def test_a_file_where_a_folder_should_be(self, target: Path, write: Callable[[Path], None]) -> None:
        with pytest.raises(FileError, match="is not a folder"):
            write(target / "model.h5")
        assert_untouched(target)

    def test_a_device(self, tmp_path: Path, write: Callable[[Path], None]) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(FileError, match="is a device or pipe"):
            write(tmp_path / "pipe")
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_without_permission(self, target: Path, write: Callable[[Path], None]) -> None:
        target.parent.chmod(0o555)
        try:
            with pytest.raises(FileError, match="is not permitted"):
                write(target)
            assert_untouched(target)
        finally:
            target.parent.chmod(0o755)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk is full"),
        (errno.EROFS, "is on a read-only disk"),
        (errno.EACCES, "is not permitted"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_what_the_system_refuses_is_said_in_a_sentence(
    target: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileError, match=words):
        replace_file(target, b"new")
    assert_untouched(target)
