"""Validation edits: what a person can choose to validate with: a file, a share of what trains, or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnstudio.engine.plan import TrainingPlan
from nnstudio.session.data_desk import DataDesk

_SHARE = TrainingPlan().validation_split


def validate_with_file(desk: DataDesk, path: Path) -> None:
    """Validate with the samples in a file or folder, as an undo step once they are read."""
    desk.change_recipe("split", "validation_path", str(path.absolute()))


def validate_with_share(desk: DataDesk) -> None:
    """Validate with a share of what trains: the last one, or the usual."""
    share = desk.document.study.plan.validation_split or _SHARE
    _validate(desk, f"validate with {100 * share:.3g} % of training", share)


def validate_with_nothing(desk: DataDesk) -> None:
    """Let all samples train."""
    _validate(desk, "validate with nothing", 0.0)


def _validate(desk: DataDesk, text: str, share: float) -> None:
    """Give up a file that validates, also one that is still being read, in the same step."""
    study, wanted = desk.document.study, desk.reader.wanted
    if wanted is not None and wanted.source == study.recipe.source:
        desk.reader.cancel()
    recipe = replace(study.recipe, split=replace(study.recipe.split, validation_path=""))
    plan = replace(study.plan, validation_split=share)
    desk.document.edit(text, replace(study, plan=plan, recipe=recipe))
