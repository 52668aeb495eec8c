"""Damaged projects open what is whole and name the rest, or give a sentence, in bounded time and memory."""

from __future__ import annotations

import io
import json
import random
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnstudio.errors import FileError
from nnstudio.experiments.going_on import at_its_state
from nnstudio.formats.project import OpenedProject, read_project, write_project
from tests.formats.broken_project import KEYS, edited, names, rebuilt, whole
from tests.session.small import small_study

MOST_SECONDS, MOST_BYTES = 5.0, 100_000_000
HUGE = b"\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,)}"


def _measured(path: Path) -> tuple[OpenedProject | str, float, int]:
    tracemalloc.start()
    start = time.process_time()
    try:
        found: OpenedProject | str = read_project(path)
    except FileError as error:
        found = str(error)
        assert found.endswith(".") and path.name in found and len(found) < 1000
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return found, time.process_time() - start, peak


def opened(path: Path, content: bytes) -> OpenedProject | str:
    """Open, within the bounds; return the sentence where nothing opens."""
    path.write_bytes(content)
    found, seconds, peak = _measured(path)
    assert seconds < MOST_SECONDS and peak < MOST_BYTES
    if isinstance(found, OpenedProject):
        for run in found.project.runs:
            assert run.model() is not None or not run.timeline
            assert at_its_state(run).history is not None
        assert all(sentence.endswith(".") for sentence in found.problems)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "broken.nnstudio"


def test_whole_is_whole(path: Path) -> None:
    found = opened(path, whole())
    assert isinstance(found, OpenedProject) and not found.problems
    assert len(found.project.runs) == 2 and found.project.dataset is not None


@pytest.mark.parametrize("share", [0.0, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999])
def test_a_file_that_was_cut_off_gives_what_comes_before_the_cut(path: Path, share: float) -> None:
    found = opened(path, whole()[: int(len(whole()) * share)])
    if isinstance(found, OpenedProject):
        assert found.project.study == small_study()
        assert found.problems or share > 0.99


@pytest.mark.parametrize("seed", range(20))
def test_flipped_bytes_take_only_their_part_along(path: Path, seed: int) -> None:
    content, rng = bytearray(whole()), random.Random(seed)
    for _ in range(1 + seed % 5):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    found = opened(path, bytes(content))
    if isinstance(found, OpenedProject):
        assert found.project.study == small_study()
        assert len(found.project.runs) + len(found.problems) >= 2


@pytest.mark.parametrize("name", names())
def test_a_part_that_is_missing_is_named(path: Path, name: str) -> None:
    found = opened(path, rebuilt(lambda parts: parts.pop(name) and None))
    if name == "project.json":
        assert isinstance(found, str)
    elif name != "data/data.json" and not name.endswith("state.json"):
        assert isinstance(found, OpenedProject) and len(found.problems) == 1
        assert found.project.study == small_study()


@pytest.mark.parametrize("version", [2, 99, -1, "1", None, 1e300, [1], True])
def test_another_version_is_refused_or_opens(path: Path, version: Any) -> None:
    found = opened(path, edited("project.json", format=version))
    if version in (2, 99):
        assert isinstance(found, str) and "newer" in found


@pytest.mark.parametrize(
    "wrong", [None, 3, -1.5, "text", [], [[]], {}, {"x": {}}, True, [None] * 1000, 10**400]
)
@pytest.mark.parametrize("part", ["project.json", "runs/aa/run.json", "runs/aa/state.json", "data/data.json"])
def test_values_of_another_kind_are_no_bug(path: Path, part: str, wrong: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(whole())) as archive:
        keys = json.loads(archive.read(part)).keys()
    for key in keys:
        opened(path, edited(part, **{key: wrong}))


@pytest.mark.parametrize(
    "runs",
    [
        ["/etc/passwd"],
        ["../../aa"],
        ["aa"] * 50_000,
        [f"{key:x}" for key in range(50_000)],
        ["a" * 10_000_000],
        "aa",
        [["aa"]],
    ],
)
def test_keys_that_are_none_open_no_run_and_no_other_file(path: Path, runs: Any) -> None:
    found = opened(path, edited("project.json", runs=runs))
    if isinstance(found, OpenedProject):
        assert {run.key for run in found.project.runs} <= set(KEYS)


def add(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: content})


@pytest.mark.parametrize(
    "change",
    [
        add("runs/aa/steps.npy", b"\x00" * 50_000_000),
        add("project.json", b" " * 50_000_000),
        add("project.json", b"[" * 10_000_000),
        add("runs/aa/run.json", b'{"a":' * 1_000_000),
        add("runs/aa/weights/0.npy", HUGE),
        add("/etc/cron.d/x", b"evil"),
        add("../../outside", b"evil"),
    ],
)
def test_bombs_and_names_of_other_places_do_no_harm(
    path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    opened(path, rebuilt(change, zipfile.ZIP_DEFLATED))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_was_damaged_is_left_out_when_it_is_saved_again(path: Path, tmp_path: Path) -> None:
    found = opened(path, rebuilt(lambda parts: parts.pop("runs/aa/weights/1.npy") and None))
    assert isinstance(found, OpenedProject)
    write_project(tmp_path / "again.nnstudio", found.project)
    again = read_project(tmp_path / "again.nnstudio")
    assert not again.problems and len(again.project.runs[0].timeline) == 2
