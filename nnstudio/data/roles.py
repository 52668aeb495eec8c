"""Roles: what each column of a table is to the network, read from a source and changed in a recipe."""

from __future__ import annotations

from dataclasses import replace

from nnstudio.data.proposal import task_of
from nnstudio.data.recipe import Recipe
from nnstudio.data.sources.table import Table
from nnstudio.data.understanding import CATEGORY, IGNORED, NUMBER, TARGET, TablePreview
from nnstudio.task import Task

_MANY_ROWS = 1_000_000


def role_of(source: Table, name: str) -> str:
    """Return the role of the column ``name``, one of `ROLES`."""
    if name in source.targets:
        return TARGET
    if name in source.ignored:
        return IGNORED
    return CATEGORY if name in source.categories else NUMBER


def with_role(recipe: Recipe, name: str, role: str, preview: TablePreview) -> Recipe:
    """Return ``recipe`` with the column ``name`` in another role.

    A new target takes the place of the one there is, unless both are numbers to predict; task and names of
    the classes follow. The last target stays one.
    """
    source = recipe.source
    if not isinstance(source, Table) or role_of(source, name) == role:
        return recipe
    if role == TARGET:
        return replace(recipe, source=_with_target(source, name, preview))
    targets = tuple(target for target in source.targets if target != name)
    if not targets:
        return recipe
    changed = replace(
        _without(source, name),
        targets=targets,
        categories=source.categories + (name,) if role == CATEGORY else _less(source.categories, name),
        ignored=source.ignored + (name,) if role == IGNORED else _less(source.ignored, name),
    )
    return replace(recipe, source=changed)


def _with_target(source: Table, name: str, preview: TablePreview) -> Table:
    known = {column.name: column for column in preview.columns}
    summary = known.get(name)
    task = task_of(summary, preview.row_count or _MANY_ROWS)[0] if summary else Task(source.task)
    together = task is Task.REGRESSION and source.task == Task.REGRESSION
    old = () if together else source.targets
    named = tuple(one for one in old if one in known and not known[one].is_number)
    changed = replace(
        _without(source, name),
        targets=(*source.targets, name) if together else (name,),
        task=task.value,
        class_names=(),
    )
    return replace(changed, categories=changed.categories + named)


def _without(source: Table, name: str) -> Table:
    """Return ``source`` with a column that is only a number."""
    return replace(
        source,
        categories=_less(source.categories, name),
        ignored=_less(source.ignored, name),
        zeros_missing=_less(source.zeros_missing, name),
    )


def _less(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)
