"""A run that is saved after any batch and gone on with elsewhere ends with the bits of one never stopped."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnstudio.engine.layers import Dense
from nnstudio.engine.optimizers import SGD, Adam
from nnstudio.engine.progress import Check
from nnstudio.engine.run_state import RunState
from nnstudio.engine.saved_state import SavedState
from nnstudio.engine.training import train
from nnstudio.errors import FileError
from tests.engine.helpers import ArraySamples
from tests.engine.resume_cases import CASES, STOPS, Case, bits, classifier, read, stopped, write

of_every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
RICH = CASES["everything"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def gone_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what every run came to that was stopped here and gone on with in a new process."""
    folder: Path = tmp_path_factory.mktemp("runs")
    for name, case in CASES.items():
        for stop in STOPS:
            write(folder / f"{name} {stop}", stopped(case, stop).save())
    subprocess.run([sys.executable, "-m", "tests.engine.resume_cases", str(folder)], cwd=ROOT, check=True)
    return folder


@of_every_case
def test_a_run_that_goes_on_in_a_new_process_ends_with_the_same_bits(case: Case, gone_on: Path) -> None:
    whole = case.start()
    list(train(whole))
    for stop in STOPS:
        found = case.resume(read(gone_on / f"{case.name} {stop}"))
        assert bits(found) == bits(whole), f"stopped after {stop} events"


@of_every_case
def test_what_is_saved_is_everything(case: Case) -> None:
    state = stopped(case, 7)
    resumed = case.resume(state.save())
    assert bits(resumed) == bits(state)
    for declared in fields(RunState):
        assert type(getattr(resumed, declared.name)) is type(getattr(state, declared.name)), declared.name
    assert list(train(resumed)) == list(train(state))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_a_run_may_be_saved_again_and_again(stops: list[int]) -> None:
    whole = RICH.start()
    expected = [event for event in train(whole) if not isinstance(event, Check)]
    state, found = RICH.start(), []
    for stop in stops:
        generator = train(state)
        found += [event for _, event in zip(range(stop), generator, strict=False)]
        state = RICH.resume(state.save())
    found += list(train(state))
    assert [event for event in found if not isinstance(event, Check)] == expected
    assert bits(state) == bits(whole)


def test_the_rich_run_does_what_it_is_for() -> None:
    state = RICH.start()
    notes = " ".join(note for event in train(state) for note in getattr(event, "notes", ()))
    assert "Ended early" in notes and "are back" in notes and "learning rate" in notes
    assert state.class_weights is not None and state.best.in_place


def test_a_run_that_ended_early_goes_on_when_more_epochs_are_asked_for() -> None:
    whole = RICH.start()
    list(train(whole))
    again = RICH.resume(whole.save())
    for state in (whole, again):
        assert list(train(state)) == []
        state.epochs += 3
    assert list(train(again)) == list(train(whole)) != []
    assert bits(again) == bits(whole)


def test_what_was_saved_does_not_change_when_the_run_goes_on() -> None:
    state = stopped(RICH, 6)
    saved = state.save()
    before = bits(RICH.resume(saved))
    list(train(state))
    assert bits(RICH.resume(saved)) == before


def test_resuming_does_not_tie_the_run_to_what_was_saved() -> None:
    saved = stopped(RICH, 6).save()
    copies = {name: array.copy() for name, array in saved.arrays.items()}
    list(train(RICH.resume(saved)))
    assert all(np.array_equal(copies[name], array) for name, array in saved.arrays.items())


def test_a_saved_run_may_come_from_read_only_memory() -> None:
    saved = stopped(RICH, 6).save()
    for array in saved.arrays.values():
        array.flags.writeable = False
    assert list(train(RICH.resume(saved)))


OTHERS: dict[str, Callable[[Case], Case]] = {
    "other layers": lambda case: replace(case, design=classifier(Dense(units=5))),
    "another optimizer": lambda case: replace(case, design=replace(case.design, optimizer=SGD())),
    "other metrics": lambda case: replace(case, design=replace(case.design, metrics=())),
    "another size": lambda case: replace(case, plan={"batch_size": 4}),
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_run_of_something_else_is_refused_with_what_differs(what: str) -> None:
    saved = stopped(CASES["in order"], 2).save()
    with pytest.raises(FileError, match=rf"cannot go on here: .*{what}.*\.$"):
        OTHERS[what](CASES["in order"]).resume(saved)


def test_a_network_of_the_same_size_but_other_names_is_refused() -> None:
    one, two = (Case("", classifier(Dense(units=4, name=name))) for name in ("one", "two"))
    with pytest.raises(FileError, match="other layers"):
        two.resume(stopped(one, 2).save())


def test_a_run_on_other_data_is_refused() -> None:
    saved = stopped(RICH, 2).save()
    design, plan, shape, samples, validation = RICH.arguments
    fewer = ArraySamples(samples.x[:12], samples.y[:12])
    with pytest.raises(FileError, match="another number of training samples"):
        RunState.resume(saved, design, plan, shape, fewer, validation)


def damages() -> dict[str, Callable[[SavedState], None]]:
    """Return what could have happened to a saved run, by name."""

    def numbers(**values: Any) -> Callable[[SavedState], None]:
        return lambda saved: saved.numbers.update(values)

    def array(name: str, value: Any) -> Callable[[SavedState], None]:
        return lambda saved: saved.arrays.update({name: value})

    wrong: dict[str, Callable[[SavedState], None]] = {
        f"no {name}": lambda saved, name=name: saved.numbers.pop(name)  # type: ignore[misc]
        for name in stopped(RICH, 2).save().numbers
        if name != "before"  # older states lack it
    }
    wrong |= {
        f"{name} is {value!r}": numbers(**{name: value})
        for name in ("epoch", "batch", "iteration")
        for value in (-1, 0.5, "1", True, 2**70)
    }
    wrong |= {
        f"{name} is {value!r}": numbers(**{name: value})
        for name in ("learning_rate", "loss_sum")
        for value in (float("nan"), float("inf"), "1", None, 10**400)
    }
    wrong |= {
        f"{name} is a list": numbers(**{name: [1]}) for name in ("random", "best", "waiting", "plateau")
    }
    wrong |= {
        f"random is {value!r}": numbers(random={"orders": value, "layers": value, "changes": value})
        for value in (None, 3, {"bit_generator": "PCG64"}, {"bit_generator": "MT19937", "state": {}})
    }
    wrong |= {
        "weights of another size": array("parameters", np.zeros(3, np.float32)),
        "weights of another type": array("parameters", np.zeros(RICH.start().network.parameters.size)),
        "a slot too many": array("slots/other", np.zeros(3, np.float32)),
        "an order with a row twice": array("order", np.zeros(13, np.int64)),
        "an order of another length": array("order", np.arange(12)),
        "an order of real numbers": array("order", np.arange(13.0)),
        "no weights": lambda saved: saved.arrays.pop("parameters"),  # type: ignore[dict-item]
        "no tallies": lambda saved: [saved.arrays.pop(n) for n in list(saved.arrays) if "sums" in n],  # type: ignore[dict-item]
        "no order": lambda saved: saved.arrays.pop("order"),  # type: ignore[dict-item]
        "another format": numbers(format=99),
    }
    return wrong


@pytest.mark.parametrize("name", damages())
def test_damage_is_refused_in_a_sentence(name: str) -> None:
    saved = stopped(RICH, 2).save()
    damages()[name](saved)
    with pytest.raises(FileError, match=r"^The saved training .*\.$"):
        RICH.resume(saved)


def test_the_best_weights_must_be_there_where_there_was_a_best_epoch() -> None:
    saved = stopped(RICH, 6).save()
    del saved.arrays["best"]
    with pytest.raises(FileError, match="best"):
        RICH.resume(saved)


def test_the_schedule_goes_on_where_it_was() -> None:
    case = Case("", classifier(optimizer=Adam(0.01)))
    state = stopped(case, 7)
    resumed = case.resume(state.save())
    assert (resumed.slots.iteration, resumed.slots.total) == (state.slots.iteration, 9)
