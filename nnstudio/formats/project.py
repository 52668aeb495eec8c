"""Project: the .nnstudio file: a zip of JSON and of arrays in NumPy's own form, all stored as they are.

    project.json      format, version; the study; the keys of the runs, and which is shown; notes; what the
                      data were, their fingerprint, and their place as seen from this file's folder
    runs/KEY/...      each run: see `nnstudio.formats.run_parts`
    data/data.json    by choice a copy of the data: what is known of them, and
    data/NAME.npy     the raw samples: x_train, y_train, x_test, y_test, perhaps x_validation ...

``format`` counts up when an older nnstudio could no longer read it. A setting that is missing has its
default, so that the files of older versions open. What is damaged is left out and told; the rest opens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from nnstudio import __version__
from nnstudio.errors import FileError
from nnstudio.experiments.project import MOST_NOTES, Project
from nnstudio.experiments.run import Run
from nnstudio.formats.archive import Archive, Part, reading_archive, write_archive
from nnstudio.formats.atomic import replace_file
from nnstudio.formats.data_parts import data_parts, facts_from_json, facts_to_json, read_data
from nnstudio.formats.data_place import place_from, places_near
from nnstudio.formats.run_parts import read_run, run_parts
from nnstudio.formats.study_json import study_from_json, study_to_json
from nnstudio.formats.values import Json, parse_json
from nnstudio.task import DataFacts

FORMAT = 1
ENDING = ".nnstudio"
_EXPECTED = "an nnstudio project"
_KEY = re.compile(r"[0-9a-f]{1,64}")
_MOST_RUNS = 10_000


@dataclass(frozen=True, eq=False)
class OpenedProject:
    """What a file gave, a sentence for everything that is damaged, and where its data may lie as well."""

    project: Project
    problems: tuple[str, ...] = ()
    near: tuple[Path, ...] = ()


def is_project(path: Path) -> bool:
    """Return whether a path is that of a project."""
    return path.suffix.lower() == ENDING


def write_project(path: Path, project: Project) -> None:
    """Write ``project`` to ``path``; a file that is there is replaced when all is on the disk.

    Raises:
        FileError: it could not be written; a file that was there is as it was.
    """

    def write(file: IO[bytes]) -> None:
        write_archive(file, _parts(project, path))

    replace_file(path, write)


def _parts(project: Project, path: Path) -> Iterator[Part]:
    yield heading(project, path)
    for run in project.runs:
        yield from run_parts(run)
    if project.dataset is not None:
        yield from data_parts(project.dataset)


def heading(project: Project, path: Path | None) -> Part:
    """Return the part that says which others there are; ``path`` is where the project lies, if anywhere."""
    place = {"data_place": place_from(project.study.recipe.source.place, path)}
    return "project.json", json.dumps(_to_json(project) | place, allow_nan=False)


def _to_json(project: Project) -> Json:
    return {
        "format": FORMAT,
        "version": __version__,
        "study": study_to_json(project.study),
        "runs": [run.key for run in project.runs],
        "shown": project.shown,
        "notes": project.notes,
        "facts": None if project.facts is None else facts_to_json(project.facts),
        "fingerprint": project.fingerprint,
    }


def read_project(path: Path) -> OpenedProject:
    """Return what is whole of the project in ``path``.

    Raises:
        FileError: it is no project, a newer nnstudio wrote it, or its study is damaged.
    """
    with reading_archive(path, expected=_EXPECTED) as archive:
        try:
            return project_in(archive, path)
        except FileError as error:
            raise FileError(f"{path.name} cannot be opened as {_EXPECTED}. {error}") from error


def project_in(archive: Archive, path: Path | None) -> OpenedProject:
    """Return what is whole of the project whose parts ``archive`` has; FileError as in `read_project`.

    ``path`` is where the project lies, if anywhere.
    """
    config = parse_json(archive.text("project.json"), "project")
    if not isinstance(config, dict) or not isinstance(config.get("format"), int):
        raise FileError("Its project.json is not what nnstudio writes.")
    if config["format"] > FORMAT:
        raise FileError("A newer version of nnstudio wrote it: open it with that one.")
    problems: list[str] = []
    project = Project(
        study=study_from_json(config.get("study")),
        runs=tuple(_read_runs(archive, config, problems)),
        shown=_text(config, "shown"),
        notes=_text(config, "notes")[:MOST_NOTES],
        facts=_facts(config),
        fingerprint=_text(config, "fingerprint"),
    )
    dataset = read_data(archive, project.study.recipe, problems)
    near = places_near(_text(config, "data_place"), path)
    return OpenedProject(replace(project, dataset=dataset), tuple(problems), near)


def _facts(config: Json) -> DataFacts | None:
    try:
        return facts_from_json(config.get("facts"))
    except FileError:  # only of use where the data themselves are missing
        return None


def _text(config: Json, name: str) -> str:
    value: Any = config.get(name, "")
    return value if isinstance(value, str) else ""


def _read_runs(archive: Archive, config: Json, problems: list[str]) -> Iterator[Run]:
    keys = config.get("runs")
    for key in dict.fromkeys(map(str, keys[:_MOST_RUNS])) if isinstance(keys, list) else ():
        try:
            if not _KEY.fullmatch(key):
                raise FileError("It has no proper key.")
            yield read_run(archive, key, problems)
        except FileError as error:
            problems.append(f"A run is lost. {error}")
