"""InspectProject: what is in a project, as lines of text: its study, its runs, its notes."""

from __future__ import annotations

from collections.abc import Iterator

from nnstudio.commands.summary import aligned, design_lines, study_lines
from nnstudio.engine.fit_words import count_words, epochs_words
from nnstudio.experiments.project import Project
from nnstudio.experiments.run import Run
from nnstudio.formats.project import OpenedProject
from nnstudio.task import Shape


def project_lines(found: OpenedProject) -> Iterator[str]:
    """Yield the study as it is now, the runs, the notes, and what is damaged."""
    project = found.project
    names = project.facts.class_names if project.facts is not None else ()
    shape = _shape(project)
    if shape is not None:
        yield from design_lines(project.study.design, shape)
        yield ""
    yield from study_lines(project.study, names)
    yield f"Copy of the data: {'yes' if project.dataset is not None else 'no'}"
    yield ""
    yield from _run_lines(project)
    if project.notes.strip():
        yield from ("", "Notes:", *(f"  {line}" for line in project.notes.strip().splitlines()))
    for problem in found.problems:
        yield f"Damaged: {problem}"


def _shape(project: Project) -> Shape | None:
    """Return the shape of a sample, from whatever knows it."""
    if project.study.design.input_shape is not None:
        return project.study.design.input_shape
    if project.facts is not None:
        return project.facts.sample_shape
    return project.runs[-1].input_shape if project.runs else None


def _run_lines(project: Project) -> Iterator[str]:
    if not project.runs:
        yield "Runs: none"
        return
    yield f"{count_words(len(project.runs), 'run')}:"
    rows = [("  ", "Started (UTC)", "Outcome", "Trained for", "Seconds", "Checkpoints", "Name")]
    rows += [_row(run, "* " if run.key == project.shown else "  ") for run in project.runs]
    yield from aligned(rows, numbers={4, 5})
    if project.run(project.shown) is not None:
        yield "* predicts"


def _row(run: Run, mark: str) -> tuple[str, str, str, str, str, str, str]:
    trained = epochs_words(round(run.last.position, 2) if run.last is not None else 0)
    started = run.started.replace("T", " ").removesuffix("+00:00")
    return mark, started, str(run.outcome), trained, f"{run.seconds:.1f}", f"{len(run.timeline):,}", run.name
