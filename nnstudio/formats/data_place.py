"""DataPlace: where a project's data lie as seen from its own folder, so that both can be moved together."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

_LONGEST = 4096


def place_from(data: str, project: Path | None) -> str:
    """Return the path ``data`` as seen from the folder of ``project``, with "/" between the names.

    "" where there are no files, or the project itself has none yet.
    """
    if not data or project is None:
        return ""
    try:
        return Path(os.path.relpath(data, project.absolute().parent)).as_posix()
    except ValueError:  # on another drive: only the name means anything elsewhere
        return Path(data).name


def places_near(place: str, project: Path | None) -> tuple[Path, ...]:
    """Return where the data may be: at their place as `place_from` saw it, and right beside ``project``."""
    seen = PurePosixPath(place)
    if not seen.name or project is None or seen.is_absolute() or "\0" in place or len(place) > _LONGEST:
        return ()
    folder = project.absolute().parent
    paths = (Path(os.path.normpath(folder / seen)), folder / seen.name)
    return tuple(dict.fromkeys(paths))
