"""Settings: what a declaration allows is what is accepted, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.engine.constraints import CONSTRAINTS
from nnstudio.engine.initializers import INITIALIZERS
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.regularizers import REGULARIZERS
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.settings import Setting, problems_with, setting, settings_of

OWNERS = [*LAYERS, *LOSSES, *OPTIMIZERS, *INITIALIZERS, *REGULARIZERS, *CONSTRAINTS, *SCHEDULES, *METRICS]
OWNERS += [TrainingPlan]
DECLARED = [(owner, declared) for owner in OWNERS for declared in settings_of(owner)]
of_every_setting = pytest.mark.parametrize(
    ("owner", "declared"), DECLARED, ids=[f"{owner.__name__}.{declared.name}" for owner, declared in DECLARED]
)


@dataclass(frozen=True)
class Oven:
    """Something with settings."""

    heat: float = setting(200.0, "How hot it is.", minimum=50.0, below=300.0)
    trays: int = setting(2, "How many trays it has.", above=0, maximum=4)
    fan: bool = setting(False, "Whether air moves.")
    timer: float | None = setting(None, "When it stops.", above=0.0)
    rack: tuple[int, int] = setting((40, 30), "How wide and how deep it is.", minimum=1)
    alarms: tuple[float, ...] = setting((), "When it rings.", minimum=0.0)
    mode: str = setting("bake", "What it does.", choices=("bake", "grill"))
    label: str = setting("", "What is written on it.")


def beyond(declared: Setting) -> list[Any]:
    """Return values just outside what is declared, and values of other kinds."""
    step = 1 if declared.kind is int else 1e-9
    wrong: list[Any] = ["no such choice"] if declared.choices else []
    wrong += [value for value in (declared.above, declared.below) if value is not None]
    wrong += [] if declared.minimum is None else [declared.minimum - step]
    wrong += [] if declared.maximum is None else [declared.maximum + max(step, declared.maximum * 1e-9)]
    if declared.kind in (int, float):
        wrong += [math.nan, math.inf, -math.inf, "1", True, [1]]
    if declared.kind is int:
        wrong += [1.5, 10**400, -(10**400)]
    wrong += [1, "yes"] if declared.kind is bool else []
    if declared.kind is tuple:
        wrong = [value_everywhere(declared, value) for value in (*wrong, "1", True, math.nan)] + [1, "1", [1]]
        wrong += [(1,) * (declared.length + 1)] if declared.length else []
    return wrong + ([] if declared.optional else [None])


def value_everywhere(declared: Setting, value: Any) -> tuple[Any, ...]:
    """Return a tuple as long as declared or as the default, else of one number, with ``value`` everywhere."""
    return (value,) * (declared.length or len(declared.default or ()) or 1)


def within(declared: Setting) -> list[Any]:
    """Return values at the edges of what is declared."""
    edges = [value for value in (declared.minimum, declared.maximum) if value is not None]
    choices = [choice() if isinstance(choice, type) else choice for choice in declared.choices]
    choices += [None] if declared.optional else []
    if declared.kind is tuple:
        edges = [value_everywhere(declared, declared.item(edge)) for edge in edges]
    return [
        declared.default,
        *(edge if declared.kind is tuple else declared.kind(edge) for edge in edges),
        *choices,
    ]


@of_every_setting
def test_values_beyond_the_bounds_are_refused_with_a_sentence(owner: type, declared: Setting) -> None:
    for value in beyond(declared):
        (problem,) = problems_with(owner(**{declared.name: value}))
        assert problem.startswith(declared.title) and problem.endswith("."), problem


@of_every_setting
def test_values_at_the_bounds_are_accepted(owner: type, declared: Setting) -> None:
    for value in within(declared):
        assert problems_with(owner(**{declared.name: value})) == ()


@of_every_setting
def test_a_class_is_no_value_where_its_instances_are(owner: type, declared: Setting) -> None:
    for choice in declared.choices:
        if isinstance(choice, type):
            assert problems_with(owner(**{declared.name: choice})) != ()


@given(st.floats(allow_nan=True) | st.integers())
def test_a_number_is_accepted_exactly_within_its_bounds(value: float) -> None:
    refused = bool(problems_with(Oven(heat=value)))
    assert refused != (50.0 <= value < 300.0)


@given(st.integers(-(10**20), 10**20))
def test_a_whole_number_is_accepted_exactly_within_its_bounds(value: int) -> None:
    assert bool(problems_with(Oven(trays=value))) != (0 < value <= 4)


@given(st.none() | st.booleans() | st.text() | st.integers() | st.floats() | st.lists(st.integers()))
def test_no_value_of_any_kind_raises(value: Any) -> None:
    for declared in settings_of(Oven):
        problem = declared.problem(value)
        assert problem is None or problem.endswith(".")


def test_settings_come_in_the_order_of_their_declaration() -> None:
    assert [declared.name for declared in settings_of(Oven)] == [
        "heat",
        "trays",
        "fan",
        "timer",
        "rack",
        "alarms",
        "mode",
        "label",
    ]
    assert settings_of(Oven()) == settings_of(Oven)


def test_a_problem_says_what_was_expected_and_what_was_found() -> None:
    assert problems_with(Oven(heat=300.0)) == ("Heat must be at least 50 and below 300, not 300.",)
    assert problems_with(Oven(mode="fry")) == ("Mode must be one of bake, grill, not 'fry'.",)
    assert problems_with(Oven(trays=1.5)) == ("Trays must be a whole number, not 1.5.",)  # type: ignore[arg-type]


def test_a_large_number_is_written_out_in_a_problem() -> None:
    (problem,) = problems_with(TrainingPlan(batch_size=1_234_567))
    assert "1234567" in problem.replace(",", "").replace("\N{NO-BREAK SPACE}", "")


def test_a_number_beyond_what_is_reasonable_is_told_a_bound_that_it_breaks() -> None:
    (problem,) = problems_with(LAYERS[0](units=2**40))  # type: ignore[call-arg]
    assert "at most" in problem


def test_every_problem_is_told() -> None:
    assert len(problems_with(Oven(heat=0.0, trays=9, mode="fry"))) == 3


def test_the_kind_of_a_setting_is_read_from_its_type() -> None:
    timer, rack, alarms = (
        declared for declared in settings_of(Oven) if declared.name in ("timer", "rack", "alarms")
    )
    assert (timer.kind, timer.optional) == (float, True)
    assert (rack.kind, rack.item, rack.length) == (tuple, int, 2)
    assert (alarms.kind, alarms.item, alarms.length) == (tuple, float, None)


def test_each_number_of_a_tuple_keeps_the_bounds() -> None:
    assert problems_with(Oven(rack=(1, 2))) == ()
    assert problems_with(Oven(rack=(1, 0))) == ("Rack must be at least 1 and at most 2147483647, not 0.",)
    assert problems_with(Oven(rack=(1,))) == ("Rack must be 2 numbers, not (1,).",)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Kitchen:
    """Something whose settings have settings, and forbid each other."""

    oven: Oven = setting(Oven(), "What bakes.", choices=(Oven,))
    guests: int = setting(2, "How many eat.", minimum=0)

    def conflicts(self) -> Iterator[str]:
        if self.guests > 4 * self.oven.trays:
            yield "There are too many guests for the oven."


def test_problems_inside_a_value_and_between_settings_are_told() -> None:
    assert problems_with(Kitchen(oven=Oven(heat=0.0))) == problems_with(Oven(heat=0.0))
    assert problems_with(Kitchen(guests=9)) == ("There are too many guests for the oven.",)
    assert problems_with(Kitchen(guests=8)) == ()
