"""A program killed while it exports over old files leaves each of them whole: the old one or the new one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from nnstudio.errors import FileError
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.export import KINDS, ONNX, ExportChoices, export
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.onnx_file import can_write_onnx
from tests.formats.killed_export import data_of, networks
from tests.formats.kinds import KINDS_HERE

LONG_AGO_SECONDS = 3600.0
MOST_SECONDS = 0.6  # some exports of each kind


def kill_while_exporting(folder: Path, kind: str, seed: int) -> None:
    """Start the program, and kill it at some moment."""
    command = [sys.executable, "-m", "tests.formats.killed_export", str(folder), kind]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout is not None and program.stdout.readline() == "ready\n"
        time.sleep(random.Random(seed).uniform(0.0, MOST_SECONDS))
    finally:
        program.kill()
        program.communicate()


def files_of(folder: Path, model: TrainedModel, kind: str) -> dict[str, Path]:
    """Return what a complete export of ``model`` writes, by name."""
    folder.mkdir()
    done = export(folder / "net", model, data_of(model), ExportChoices(kind))
    return {path.name: path for path in (done.path, *done.files)}


def same(found: Path, wanted: Path) -> bool:
    """Return whether two files say the same; times inside of them do not matter."""
    if found.suffix in (".h5", ".keras"):
        ours, theirs = read_model(found), read_model(wanted)
        numbers = ours.snapshot.parameters.tobytes() == theirs.snapshot.parameters.tobytes()
        return numbers and ours.class_names == theirs.class_names
    if found.suffix == ".npz":
        with np.load(found) as left, np.load(wanted) as right:
            return left.files == right.files and all(np.array_equal(left[n], right[n]) for n in left.files)
    return found.read_bytes() == wanted.read_bytes()


def check_death(folder: Path, kind: str, seed: int) -> None:
    there = folder / "there"
    there.mkdir(parents=True)
    kill_while_exporting(there, kind, seed)
    one, other = (files_of(folder / str(n), model, kind) for n, model in enumerate(networks()))
    left = [path for path in there.iterdir() if path.suffix == ".tmp"]
    assert len(left) <= 1
    assert {path.name for path in there.iterdir()} - {path.name for path in left} == set(one)
    for name in one:
        assert same(there / name, one[name]) or same(there / name, other[name]), name
    for path in left:
        os.utime(path, (time.time() - LONG_AGO_SECONDS,) * 2)
    model = networks()[0]
    export(there / "net", model, data_of(model), ExportChoices(kind))
    assert {path.name for path in there.iterdir()} == set(one)  # nothing of the dead program is left


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", KINDS_HERE)
def test_a_killed_export_leaves_whole_files(tmp_path: Path, kind: str, seed: int) -> None:
    check_death(tmp_path, kind, seed)


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_two_hundred_killed_exports_leave_whole_files(tmp_path: Path) -> None:
    kinds = [kind for kind in KINDS if kind != ONNX or can_write_onnx()]
    for seed in range(int(os.environ.get("NNSTUDIO_DEATHS", "200"))):
        check_death(tmp_path / str(seed), kinds[seed % len(kinds)], seed)


@pytest.mark.parametrize("kind", KINDS_HERE)
def test_a_folder_that_may_not_be_written_is_told_and_keeps_its_files(tmp_path: Path, kind: str) -> None:
    one, other = networks()
    names = files_of(tmp_path / "there", one, kind)
    before = {name: path.read_bytes() for name, path in names.items()}
    for path in names.values():
        path.chmod(0o444)  # counts even for an administrator, whom no folder stops
    (tmp_path / "there").chmod(0o555)
    try:
        with pytest.raises(FileError, match="not permitted|write-protected"):
            export(tmp_path / "there" / "net", other, data_of(other), ExportChoices(kind))
        assert {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()} == before
    finally:
        (tmp_path / "there").chmod(0o755)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from nnstudio.errors import FileError
from nnstudio.formats.export import ExportChoices, export
from tests.formats.killed_export import data_of, networks
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, kind = Path(sys.argv[1]), sys.argv[2]
one, other = networks()
done = export(folder / "net", one, data_of(one), ExportChoices(kind))
before = {path.name: path.read_bytes() for path in folder.iterdir()}
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    export(folder / "net", other, data_of(other), ExportChoices(kind))
except FileError as error:
    print(error)
assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
"""


@pytest.mark.parametrize("kind", KINDS_HERE)
def test_where_the_disk_takes_no_more_the_old_files_stay(tmp_path: Path, kind: str) -> None:
    pytest.importorskip("resource")
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path), kind]
    found = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert found.returncode == 0, found.stderr
    assert "the disk takes no file of this size" in found.stdout
