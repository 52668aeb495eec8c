"""A program that is killed at any moment loses no saved file, and few seconds of edits."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.formats.project import read_project
from nnstudio.formats.recovery import read_recovery, recovery_info
from nnstudio.session.path_lock import PathLock
from tests.session.killed import LEAST_SECONDS

MOST_SECONDS_LOST = LEAST_SECONDS + 3.0  # the machine may be busy


def live(folder: Path, seed: int) -> float:
    """Let the program live for some seconds; return when it was killed."""
    log = folder / "log"
    program = subprocess.Popen([sys.executable, "-m", "tests.session.killed", str(folder), str(seed)])
    try:
        until = time.monotonic() + 60
        while not (log.exists() and log.stat().st_size) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(random.Random(seed).uniform(0.0, 2.5))
    finally:
        end = time.time()
        program.kill()
        program.wait()
    return end


def last_line(folder: Path, what: str) -> int:
    lines = [line.split() for line in (folder / "log").read_text().splitlines()]
    return max((int(count) for name, count, _ in lines if name == what), default=0)


def time_of_edit(folder: Path, count: int) -> float:
    lines = [line.split() for line in (folder / "log").read_text().splitlines()]
    return next((float(when) for name, found, when in lines if (name, found) == ("edit", str(count))), 1e99)


def check_life(folder: Path, seed: int) -> None:
    folder.mkdir()
    end = live(folder, seed)
    kept = 0
    path = folder / "work.nnstudio"
    if path.exists():
        found = read_project(path)
        assert not found.problems
        kept = found.project.study.plan.seed
    assert kept >= last_line(folder, "saved")
    for left in (folder / "recovery").glob("*"):
        assert PathLock(left).take(), "the lock of a dead program holds"
        if recovery_info(left) is not None:
            recovered = read_recovery(left)
            assert not recovered.problems
            kept = max(kept, recovered.project.study.plan.seed)
    lost_since = time_of_edit(folder, kept + 1)
    assert end - lost_since <= MOST_SECONDS_LOST


@pytest.mark.parametrize("seed", range(10))
def test_a_killed_program_loses_little_and_no_file(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    check_life(tmp_path / "life", seed)


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_two_hundred_killed_programs_lose_little_and_no_file(qtbot: QtBot, tmp_path: Path) -> None:
    for seed in range(200):
        check_life(tmp_path / str(seed), seed)
