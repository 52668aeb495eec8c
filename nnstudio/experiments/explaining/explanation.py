"""Explanation: one way to explain what a network says of one sample, with all that is shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset
from nnstudio.data.new_row import RowField, row_fields
from nnstudio.data.value_sheet import starts_of, value_names
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.engine.network import Snapshot
from nnstudio.errors import DataError
from nnstudio.experiments.explaining.answers import Answers
from nnstudio.experiments.explaining.change import Change, smallest_change
from nnstudio.experiments.explaining.gradient import input_gradient, picture_gradient
from nnstudio.experiments.explaining.occlusion import Occlusion, cover_picture, cover_row
from nnstudio.experiments.explaining.ordinary import Ordinary
from nnstudio.experiments.explaining.row_change import ColumnReach, RowChange, column_reaches, row_changes


class Way(StrEnum):
    """The ways to explain an answer, as a person reads them."""

    OCCLUSION = "Occlusion"
    GRADIENT = "Gradient"
    CHANGE = "What to change"


@dataclass(frozen=True, eq=False)
class Subject:
    """A sample as it came, (*shape), what it is called, and its class or values (outputs,) where known.

    ``row`` is its place among those that train, if it is one of them.
    """

    raw: Array
    title: str
    actual: int | None = None
    values: Array | None = None
    row: int | None = None


@dataclass(frozen=True, eq=False)
class Question:
    """What is to be explained: ``about`` is a class or a value; None for what matters most."""

    snapshot: Snapshot
    dataset: Dataset
    ordinary: Ordinary
    subject: Subject
    way: Way
    about: int | None = None


@dataclass(frozen=True)
class Effect:
    """What one column of a row does: its value in words, and how strongly it speaks for or against."""

    name: str
    value: str
    size: float


@dataclass(frozen=True, eq=False)
class Explanation:
    """The answer to a question.

    ``shares`` (classes,) are how sure the network is, or the values (outputs,). A picture has a ``heat``
    (height, width), orange where it is above 0; a row has ``effects``, or what was found by trying values.
    """

    question: Question
    shares: Array
    about: int
    heat: Array | None = None
    effects: tuple[Effect, ...] = ()
    occlusion: Occlusion | None = None
    change: Change | None = None
    row_changes: tuple[RowChange, ...] = ()
    reaches: tuple[ColumnReach, ...] = ()

    @property
    def predicted(self) -> int:
        """The class that the network says."""
        return int(self.shares.argmax())

    @property
    def is_picture(self) -> bool:
        """Whether it is of a picture."""
        return self.question.dataset.training.images


def explain(question: Question, watch: Watch = UNWATCHED) -> Explanation:
    """Explain what a network says of one sample.

    Raises:
        DataError: the network was made for other data, its outputs are no numbers, or there is no such
            explanation.
        Cancelled: a person stopped it.
    """
    dataset = question.dataset
    answers = Answers(question.snapshot, dataset.facts, dataset.scaler)
    shares = answers.of(question.subject.raw[None])[0]
    if not np.isfinite(shares).all():
        raise DataError(
            "Expected outputs that are numbers, found others: the training went wrong, so nothing can be "
            "explained. Go back to the last good epoch, or train anew with a smaller learning rate."
        )
    about = _about(question, shares)
    found = Explanation(question, shares, about)
    return (_of_picture if found.is_picture else _of_row)(found, answers, watch)


def _about(question: Question, shares: Array) -> int:
    """Return which class or value is asked about; a change is looked for towards what is right, or second."""
    if question.about is not None:
        return question.about
    if not question.dataset.facts.is_classes:
        return 0
    best, actual = int(shares.argmax()), question.subject.actual
    if question.way is not Way.CHANGE:
        return best
    return actual if actual is not None and actual != best else int(np.argsort(-shares, kind="stable")[1])


def _of_picture(found: Explanation, answers: Answers, watch: Watch) -> Explanation:
    question, about = found.question, found.about
    raw, ordinary = question.subject.raw, question.ordinary
    plain = raw[:, :, 0] if raw.shape[2:] == (1,) else raw
    occlusion = change = None
    if question.way is Way.OCCLUSION:
        occlusion = cover_picture(answers, raw, ordinary.mean, about, watch)
        heat = occlusion.drops
    elif question.way is Way.GRADIENT:
        heat = picture_gradient(answers, raw, ordinary.range, about, watch)
    else:
        heat = np.zeros(plain.shape[:2], np.float32)
        if question.dataset.facts.is_classes:
            change = smallest_change(answers, raw, ordinary.low, ordinary.high, about, watch)
        if change is not None:
            heat = change.difference.reshape(*heat.shape, -1).mean(axis=2) / ordinary.range
    return Explanation(question, found.shares, about, heat=heat, occlusion=occlusion, change=change)


def _of_row(found: Explanation, answers: Answers, watch: Watch) -> Explanation:
    question, about = found.question, found.about
    raw, dataset = question.subject.raw, question.dataset
    if question.way is Way.CHANGE:
        return _changes(found, answers, row_fields(dataset), watch)
    if question.way is Way.GRADIENT:
        slopes = input_gradient(answers, raw, question.ordinary.deviation, about, watch=watch).reshape(-1)
        names = dataset.input_names or value_names(dataset)
        columns = tuple(map(Column, names))
        return Explanation(question, found.shares, about, effects=_effects(columns, raw, slopes))
    columns = dataset.columns or tuple(map(Column, value_names(dataset)))
    occlusion = cover_row(answers, raw, columns, question.ordinary.mean, about, watch)
    effects = _effects(columns, raw, occlusion.drops)
    return Explanation(question, found.shares, about, effects=effects, occlusion=occlusion)


def _effects(columns: tuple[Column, ...], raw: Array, sizes: Array) -> tuple[Effect, ...]:
    """Return an effect for each column, the strongest first."""
    flat = raw.reshape(-1)
    places = zip(columns, starts_of(columns), strict=True)
    fields = [RowField(one.name, start, one.categories) for one, start in places]
    order = np.argsort(-np.abs(sizes), kind="stable")
    return tuple(Effect(columns[i].name, value_words(fields[i].value(flat)), float(sizes[i])) for i in order)


def _changes(found: Explanation, answers: Answers, fields: tuple[RowField, ...], watch: Watch) -> Explanation:
    question, about, raw = found.question, found.about, found.question.subject.raw
    if question.dataset.facts.is_classes:
        changes = tuple(row_changes(answers, raw, fields, about, watch))
        return Explanation(question, found.shares, about, row_changes=changes)
    reaches = tuple(column_reaches(answers, raw, fields, about, watch))
    return Explanation(question, found.shares, about, reaches=reaches)


def value_words(value: float | str) -> str:
    """Return a value as short as a person reads it, with a true minus sign."""
    return value if isinstance(value, str) else f"{value:.5g}".replace("-", "\N{MINUS SIGN}")
