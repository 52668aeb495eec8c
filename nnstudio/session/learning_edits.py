"""Learning edits: what a person can change about how a design learns, each one step of the undo history."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from nnstudio.engine.class_weights import Given
from nnstudio.engine.losses import Loss
from nnstudio.engine.metrics import Metric
from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.value_words import choice_words
from nnstudio.session.document import Document
from nnstudio.session.step_words import Step, changed_setting, step_of

_SEEDS = 99_999  # short enough to be read and typed


def change_loss(document: Document, loss: Loss) -> None:
    """Learn by another loss, or by the same with another setting."""
    step = _kind_or_setting(document.design.loss, loss, "loss")
    document.edit_design(step.text, replace(document.design, loss=loss), step.merge)


def change_optimizer(document: Document, optimizer: Optimizer) -> None:
    """Take another optimizer, or the same with another setting."""
    step = _kind_or_setting(document.design.optimizer, optimizer, "optimizer")
    document.edit_design(step.text, replace(document.design, optimizer=optimizer), step.merge)


def change_metrics(document: Document, metrics: tuple[Metric, ...]) -> None:
    """Read other figures beside the loss, or the same with another setting."""
    step = _metrics_step(document.design.metrics, metrics)
    document.edit_design(step.text, replace(document.design, metrics=metrics), step.merge)


def change_plan(document: Document, setting: str, value: Any) -> None:
    """Change one setting of the plan."""
    plan = document.study.plan
    if value == Given() and document.facts.is_classes:
        value = Given((1.0,) * document.facts.classes)  # as many as there have to be
    changed = replace(plan, **{setting: value})
    step = step_of(plan, changed, setting)
    document.edit_plan(step.text, changed, f"plan.{step.merge}")


def take_rate(document: Document, optimizer: Optimizer, text: str) -> None:
    """Take the learning rate and the schedule of ``optimizer``, as a step named ``text``."""
    now = document.design.optimizer
    changed = replace(now, learning_rate=optimizer.learning_rate, schedule=optimizer.schedule)
    document.edit_design(text, replace(document.design, optimizer=changed))


def with_rate(optimizer: Optimizer, rate: float) -> Optimizer:
    """Return ``optimizer`` with another learning rate."""
    return replace(optimizer, learning_rate=rate)


def draw_seed(document: Document) -> None:
    """Take another seed, drawn at random."""
    plan = document.study.plan
    seed = secrets.randbelow(_SEEDS)
    seed += seed >= plan.seed  # never the same
    document.edit_plan(f"new seed {seed}", replace(plan, seed=seed))


def _kind_or_setting(old: Any, new: Any, place: str) -> Step:
    setting = changed_setting(old, new)
    if not setting:
        return Step(f"use {type(new).__name__}", "")
    step = step_of(old, new, setting)
    return Step(step.text, f"{place}.{step.merge}")


def _metrics_step(old: tuple[Metric, ...], new: tuple[Metric, ...]) -> Step:
    for before, after in zip(old, new, strict=False):
        if setting := changed_setting(before, after):
            name = choice_words(type(after))
            step = step_of(before, after, setting, of=name)
            return Step(step.text, f"{name}.{step.merge}")
    added = [choice_words(type(metric)) for metric in new if metric not in old]
    removed = [choice_words(type(metric)) for metric in old if metric not in new]
    verb, names = ("add", added) if added else ("remove", removed)
    return Step(f"{verb} metric {', '.join(names)}", "")
