"""Memory: what does not fit is refused with the numbers, before anything is allocated."""

from __future__ import annotations

import pytest

from nnstudio.engine.checks import check_design
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.memory import machine_memory, memory_needed
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import SGD, Adam
from nnstudio.errors import ShapeError
from nnstudio.task import DataFacts, Task

WIDEST = 2**31 - 1
FACTS = DataFacts("Points", (WIDEST,), Task.TWO_CLASSES, ("no", "yes"))


def refusals(design: Design, facts: DataFacts, batch_size: int = 1) -> list[str]:
    """Return what is said of memory."""
    problems = check_design(design, facts, batch_size).errors
    return [problem.sentence for problem in problems if "this machine has" in problem.sentence]


def test_weights_beyond_memory_are_refused_with_the_numbers() -> None:
    (sentence,) = refusals(design_of(Dense(units=WIDEST), Dense(units=1, activation="sigmoid")), FACTS)
    assert f"{(WIDEST + 1) ** 2:,} parameters" in sentence
    assert f"{machine_memory() / 1e9:,.1f} GB" in sentence


def test_a_batch_beyond_memory_is_refused_with_its_size() -> None:
    facts = DataFacts("Points", (1, 1), Task.TWO_CLASSES, ("no", "yes"))
    wide = Dense(units=machine_memory() // 65_536)
    design = design_of(wide, Dense(units=1, activation="sigmoid"))
    (sentence,) = refusals(design, facts, 65_536)
    assert "batches of 65,536 samples" in sentence
    assert refusals(design, facts, 16) == []


def test_a_network_is_not_even_allocated() -> None:
    with pytest.raises(ShapeError, match="this machine has"):
        Network(design_of(Dense(units=WIDEST)), (WIDEST,))


def test_an_optimizer_that_remembers_more_needs_more() -> None:
    small, large = (memory_needed(Design(optimizer=kind()), 1_000_000, 0, 0) for kind in (SGD, Adam))
    assert (small, large) == (12_000_000, 20_000_000)
