"""ProjectReading: a project's file and its data, read together; data that cannot be found hold nothing up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from nnstudio.data.dataset import Dataset
from nnstudio.data.finding import OTHER_DATA, find
from nnstudio.data.opening import recipe_for
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import UserError
from nnstudio.experiments.project import Project
from nnstudio.formats.project import OpenedProject, read_project
from nnstudio.formats.recovery import read_recovery


@dataclass(frozen=True, eq=False)
class Reading:
    """A project and its data; without samples where ``missing`` says in a sentence why.

    ``sentences`` tell what of it is damaged or otherwise than it was. What was
    recovered from a folder lies in no file.
    """

    project: Project
    dataset: Dataset
    missing: str = ""
    sentences: tuple[str, ...] = ()
    recovered_from: Path | None = None

    def with_data_at(self, place: Path, watch: Watch = UNWATCHED) -> Reading:
        """Read the data in ``place``, where they were moved to; they may be missing there as well."""
        missing = self.project.study.recipe
        try:
            chosen = recipe_for(place)
        except UserError as error:
            return replace(self, missing=str(error))
        if type(chosen.source) is type(missing.source):
            chosen = missing.at(chosen.source.place)  # its other settings stay
        found = OpenedProject(self.project.with_data_at(chosen), self.sentences)
        return replace(with_data(found, watch), recovered_from=self.recovered_from)


def read(path: Path, watch: Watch = UNWATCHED) -> Reading:
    """Read the project in ``path``.

    Raises:
        FileError: no project can be read there.
    """
    return with_data(read_project(path), watch)


def read_recovered(folder: Path, watch: Watch = UNWATCHED) -> Reading:
    """Read what was kept for recovery in ``folder``; FileError as in `read`."""
    return replace(with_data(read_recovery(folder), watch), recovered_from=folder)


def with_data(found: OpenedProject, watch: Watch = UNWATCHED) -> Reading:
    """Load the data of a project, unless it has its own copy."""
    project = found.project
    if project.dataset is not None:
        return Reading(project, project.dataset, sentences=found.problems)
    try:
        data = find(project.study.recipe, project.fingerprint, found.near, watch)
    except UserError as error:
        return Reading(project, project.without_data(str(error)), str(error), found.problems)
    project = project.with_data_at(data.dataset.recipe)
    sentences = found.problems if data.same else (*found.problems, OTHER_DATA)
    return Reading(project, data.dataset, sentences=sentences)
