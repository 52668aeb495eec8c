"""Strategies: any value that declares settings, any design and any study, drawn by Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nnstudio.data.recipe import Recipe
from nnstudio.engine.design import Design, with_free_names
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.plan import TrainingPlan
from nnstudio.experiments.study import Study
from nnstudio.settings import Setting, problems_with, settings_of

_FARTHEST = 10.0**6


def owners(*kinds: type) -> st.SearchStrategy[Any]:
    """Return instances of ``kinds`` with any settings that are allowed, also together."""
    return st.sampled_from(kinds).flatmap(_instances).filter(lambda owner: not problems_with(owner))


def _instances(kind: type) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{declared.name: values(declared) for declared in settings_of(kind)})


def values(declared: Setting) -> st.SearchStrategy[Any]:
    """Return values that a setting allows."""
    if declared.optional:
        return st.none() | _present(declared)
    return _present(declared)


def _present(declared: Setting) -> st.SearchStrategy[Any]:
    if declared.choices:
        return st.one_of(
            *(_instances(one) if isinstance(one, type) else st.just(one) for one in declared.choices)
        )
    if declared.kind is tuple:
        shortest, longest = declared.length or 0, declared.length or 3
        item = st.text(max_size=8) if declared.item is str else _numbers(declared, declared.item)
        return st.lists(item, min_size=shortest, max_size=longest).map(tuple)
    if declared.kind in (int, float):
        return _numbers(declared, declared.kind)
    return st.booleans() if declared.kind is bool else st.text(max_size=8)


def _numbers(declared: Setting, kind: type) -> st.SearchStrategy[Any]:
    low = declared.minimum if declared.minimum is not None else declared.above
    high = declared.maximum if declared.maximum is not None else declared.below
    low, high = -_FARTHEST if low is None else low, _FARTHEST if high is None else high
    if kind is int:
        return st.integers(int(low), int(high)).filter(lambda number: declared.problem(number) is None)
    return st.floats(low, high).filter(lambda number: low_enough(declared, number))


def low_enough(declared: Setting, number: float) -> bool:
    """Whether a single number keeps the bounds of a setting that is a number, or of a tuple's item."""
    above = declared.above is None or number > declared.above
    return above and (declared.below is None or number < declared.below)


@st.composite
def designs(draw: st.DrawFn) -> Design:
    """Return designs that need not fit any data."""
    layers = draw(st.lists(owners(*LAYERS), max_size=5))
    shape = draw(st.none() | st.lists(st.integers(1, 99), min_size=1, max_size=3).map(tuple))
    return Design(
        layers=with_free_names(layers, ()),
        loss=draw(owners(*LOSSES)),
        optimizer=draw(owners(*OPTIMIZERS)),
        metrics=tuple(draw(st.lists(owners(*METRICS), max_size=3))),
        input_shape=shape,
    )


def studies() -> st.SearchStrategy[Study]:
    """Return studies of any design, plan and recipe."""
    return st.builds(Study, designs(), owners(TrainingPlan), owners(Recipe))
