"""RunFiles: tables of runs as files, written in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from nnstudio.data.watch import Watch
from nnstudio.formats.atomic import replace_file
from nnstudio.formats.predictions_csv import target_of
from nnstudio.session.session import Session


def save_text(session: Session, path: Path, text: str) -> None:
    """Write a text as a CSV file; one that is there is replaced only when all is written."""
    target = target_of(path)
    work = partial(_save, target, text)
    session.jobs.start(f"Saving {target.name}", work, partial(_tell, session), writes=True)


def _save(path: Path, text: str, watch: Watch) -> Path:
    replace_file(path, text.encode("utf-8"))
    return path


def _tell(session: Session, path: Path) -> None:
    session.told.emit(f"Saved {path.name}.")
