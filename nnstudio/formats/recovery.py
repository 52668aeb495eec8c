"""Recovery: what a crash would take along, kept in a folder as several small archives.

    project.part      the heading of a project; see `nnstudio.formats.project`
    KEY.part          a run, written anew only when it has changed
    info.json         the path of the project that was open, and when this was written

A run that is still under way is kept with few of its checkpoints, so that writing it takes no time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from nnstudio.errors import FileError
from nnstudio.experiments.project import Project
from nnstudio.experiments.run import Run, now
from nnstudio.experiments.timeline import Timeline
from nnstudio.formats.archive import Part, reading_archive, write_archive
from nnstudio.formats.atomic import replace_file
from nnstudio.formats.project import OpenedProject, heading, project_in
from nnstudio.formats.run_parts import run_parts
from nnstudio.formats.values import parse_json, shortened

_SUFFIX = ".part"
_HEADING = f"project{_SUFFIX}"
_INFO = "info.json"
_EXPECTED = "what nnstudio kept of a project"
_FEW = 4


@dataclass(frozen=True)
class RecoveryInfo:
    """What a person is told of something that can be recovered; ``path`` is "" for a project never saved."""

    path: str
    written: str


def write_recovery(folder: Path, path: str, project: Project, written: dict[str, Run]) -> dict[str, Run]:
    """Bring ``folder`` up to date; ``written`` are the runs that lie there already, and so is what returns.

    Raises:
        FileError: it cannot be written; what was there is as it was, or newer.
    """
    for run in project.runs:
        if written.get(run.key) is not run:
            _write(folder / f"{run.key}{_SUFFIX}", run_parts(_small(run)))
    _write(folder / _HEADING, [heading(project, Path(path) if path else None)])
    replace_file(folder / _INFO, json.dumps({"path": path, "written": now()}).encode())
    keys = {run.key for run in project.runs}
    for key in written.keys() - keys:
        with suppress(OSError):  # then it stays, and nobody asks for it
            (folder / f"{key}{_SUFFIX}").unlink(missing_ok=True)
    return {run.key: run for run in project.runs}


def _small(run: Run) -> Run:
    """Return a run that is not finished with the first, the best and the last of its checkpoints."""
    if run.finished:
        return run
    timeline = run.timeline
    ends = {one.iteration: one for one in (*timeline.checkpoints[:1], *timeline.checkpoints[-_FEW:])}
    if timeline.best is not None:
        ends[timeline.best.iteration] = timeline.best
    best = timeline.best.iteration if timeline.best else None
    return replace(run, timeline=Timeline((ends[key] for key in sorted(ends)), best))


def _write(path: Path, parts: Iterable[Part]) -> None:
    def write(file: IO[bytes]) -> None:
        write_archive(file, parts)

    replace_file(path, write)


def recovery_info(folder: Path) -> RecoveryInfo | None:
    """Return what is told of the folder; None where nothing in it can be recovered."""
    try:
        config = parse_json((folder / _INFO).read_text(encoding="utf-8"), "note")
        path, written = config["path"], config["written"]
    except (OSError, UnicodeDecodeError, FileError, KeyError, TypeError):
        return None
    return RecoveryInfo(shortened(str(path)), shortened(str(written)))


def forget_recovery(folder: Path) -> None:
    """Let nothing be told of the folder any more; OSError where that cannot be."""
    (folder / _INFO).unlink(missing_ok=True)


def read_recovery(folder: Path) -> OpenedProject:
    """Return what the folder keeps.

    Raises:
        FileError: nothing of it can be read.
    """
    runs = sorted(path for path in folder.glob(f"*{_SUFFIX}") if path.name != _HEADING)
    with reading_archive(folder / _HEADING, *runs, expected=_EXPECTED) as archive:
        info = recovery_info(folder)
        return project_in(archive, Path(info.path) if info is not None and info.path else None)
