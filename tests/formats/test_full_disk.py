"""A disk that is full while a project is saved: a sentence, and the old file whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource")

# Saves a small project, then a larger one where the system lets no file become that large.
SCRIPT = """
import resource, signal, sys
from dataclasses import replace
from pathlib import Path
from nnstudio.errors import FileError
from nnstudio.experiments.project import Project
from nnstudio.formats.project import read_project, write_project
from nnstudio.formats.recovery import read_recovery, write_recovery
from tests.session.small import small_dataset, small_study
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
small, large = Project(small_study()), Project(small_study(epochs=9), dataset=small_dataset())
write_project(folder / "a.nnstudio", small)
write_recovery(folder, "", small, {})
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_project(folder / "a.nnstudio", large)
except FileError as error:
    print(error)
assert read_project(folder / "a.nnstudio").project.study == small.study
resource.setrlimit(resource.RLIMIT_FSIZE, (500, 100_000))
try:
    write_recovery(folder, "", replace(small, study=small_study(epochs=9)), {})
except FileError as error:
    print(error)
assert read_recovery(folder).project.study == small.study
print(sorted(path.name for path in folder.iterdir()))
"""


def test_where_the_disk_takes_no_more_the_old_file_stays_whole(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, timeout=100
    )
    assert found.returncode == 0, found.stderr
    project, recovery, names = found.stdout.splitlines()
    assert "a.nnstudio could not be written" in project and "the disk takes no file of this size" in project
    assert "could not be written" in recovery
    assert names == "['a.nnstudio', 'info.json', 'project.part']"
