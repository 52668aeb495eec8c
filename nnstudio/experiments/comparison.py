"""Comparison: what differs between two designs, layer beside layer and setting beside setting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.layer import Layer
from nnstudio.engine.value_words import choice_words, value_words
from nnstudio.settings import settings_of


class Change(StrEnum):
    """How two things that stand beside each other differ."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_LEFT = "only left"
    ONLY_RIGHT = "only right"


@dataclass(frozen=True)
class SettingChange:
    """A setting that differs, in words; "" on the side that has no such setting."""

    title: str
    left: str
    right: str


@dataclass(frozen=True)
class Comparison:
    """Two things beside each other: a layer, the loss, the optimizer, the metrics or the input.

    ``left`` and ``right`` say of what kind they are; "" where there is none.
    """

    place: str
    left: str
    right: str
    change: Change
    settings: tuple[SettingChange, ...] = ()


def compare_designs(left: Design, right: Design) -> tuple[Comparison, ...]:
    """Return all layers and the rest of two designs side by side, in their order.

    Layers belong together where name and kind agree, else where the kinds follow each other alike.
    """
    return (*_inputs(left, right), *_layers(left.layers, right.layers), *_learning(left, right))


def count_changes(rows: Sequence[Comparison]) -> int:
    """Return how many rows differ."""
    return sum(row.change is not Change.SAME for row in rows)


def _inputs(left: Design, right: Design) -> Iterator[Comparison]:
    if left.input_shape != right.input_shape:
        words = [
            "follows the data" if one.input_shape is None else shape_words(one.input_shape)
            for one in (left, right)
        ]
        yield Comparison("Input", words[0], words[1], Change.CHANGED)


def _layers(left: Sequence[Layer], right: Sequence[Layer]) -> Iterator[Comparison]:
    for first, second in _pairs(left, right):
        name = (first or second).name  # type: ignore[union-attr]
        yield _beside(name, first, second)


def _pairs(left: Sequence[Layer], right: Sequence[Layer]) -> Iterator[tuple[Layer | None, Layer | None]]:
    """Pair layers that stand for each other; the others stand alone, those at the left first."""
    first, second = ([(type(layer), layer.name) for layer in layers] for layers in (left, right))
    start_left = start_right = 0
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        yield from _by_kind(left[start_left : block.a], right[start_right : block.b])
        pairs = zip(left[block.a : block.a + block.size], right[block.b : block.b + block.size], strict=True)
        yield from pairs
        start_left, start_right = block.a + block.size, block.b + block.size


def _by_kind(left: Sequence[Layer], right: Sequence[Layer]) -> Iterator[tuple[Layer | None, Layer | None]]:
    matcher = SequenceMatcher(None, [*map(type, left)], [*map(type, right)], autojunk=False)
    for _, a, a_end, b, b_end in matcher.get_opcodes():
        if left[a:a_end] and right[b:b_end] and [*map(type, left[a:a_end])] == [*map(type, right[b:b_end])]:
            yield from zip(left[a:a_end], right[b:b_end], strict=True)
        else:
            yield from ((layer, None) for layer in left[a:a_end])
            yield from ((None, layer) for layer in right[b:b_end])


def _learning(left: Design, right: Design) -> Iterator[Comparison]:
    yield _beside("Loss", left.loss, right.loss)
    yield _beside("Optimizer", left.optimizer, right.optimizer)
    metrics = [{metric.keras_name: metric for metric in design.metrics} for design in (left, right)]
    for name in dict.fromkeys((*metrics[0], *metrics[1])):
        yield _beside("Metric", metrics[0].get(name), metrics[1].get(name))


def _beside(place: str, left: Any, right: Any) -> Comparison:
    kinds = _kind(left), _kind(right)
    if left is None or right is None:
        return Comparison(place, *kinds, change=Change.ONLY_RIGHT if left is None else Change.ONLY_LEFT)
    changes = tuple(_settings(left, right))
    same = not changes and type(left) is type(right)
    return Comparison(place, *kinds, change=Change.SAME if same else Change.CHANGED, settings=changes)


def _kind(owner: Any) -> str:
    if owner is None:
        return ""
    return type(owner).__name__ if isinstance(owner, Layer) else choice_words(type(owner))


def _settings(left: Any, right: Any) -> Iterator[SettingChange]:
    """Compare the settings that both have; of two kinds only these say anything."""
    theirs = {declared.name: declared for declared in settings_of(right)}
    for declared in settings_of(left):
        other = theirs.get(declared.name)
        if other is None:
            continue
        values = getattr(left, declared.name), getattr(right, declared.name)
        if values[0] != values[1]:
            yield SettingChange(
                declared.title, value_words(declared, values[0]), value_words(other, values[1])
            )
