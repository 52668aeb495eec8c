"""Pace: found for every kind of network, and kept in a file that may be damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnstudio.data.watch import Watch
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Dense, Embedding, Flatten
from nnstudio.engine.plan import TrainingPlan
from nnstudio.errors import Cancelled
from nnstudio.experiments import pace as module
from nnstudio.experiments.pace import Pace, Trial
from nnstudio.experiments.rates import Rates
from nnstudio.experiments.templates import TEMPLATES
from nnstudio.experiments.templates.known_facts import DIGITS
from nnstudio.experiments.templates.template import Template
from nnstudio.formats.pace_file import MOST_PACES, read_paces, write_paces


class Ticks:
    """A clock on which every look takes a second."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def trial(template: Template) -> Trial:
    return Trial(template.design, template.plan, template.facts)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_template_has_a_pace(template: Template) -> None:
    found = trial(template).run(clock=Ticks())
    assert found is not None and found.batch == 1.0 and found.check > 0.0
    assert Rates().guess(trial(template)).batch > 0.0


def test_layers_that_look_numbers_up_are_tried_with_whole_numbers() -> None:
    facts = replace(DIGITS, sample_shape=(5,))
    design = design_of(Embedding(30, 4), Flatten(), Dense(10, activation="softmax"))
    assert Trial(design, TrainingPlan(), facts).run(clock=Ticks()) is not None


def test_a_batch_that_takes_long_is_tried_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    design = TEMPLATES[1].design
    monkeypatch.setattr(module, "_MOST_WORK", 10 * 784 * 794)

    def measured(self: Trial, size: int, watch: Watch, clock: object) -> Pace:
        sizes.append(size)
        return Pace(3.0 + 0.1 * size, 0.01)

    monkeypatch.setattr(Trial, "measured", measured)
    found = Trial(design, TrainingPlan(batch_size=1000), DIGITS).run()
    assert sizes == [10, 5]
    assert found is not None and found.batch == pytest.approx(3.0 + 0.2 * 990 + 1.0, rel=0.5)


def test_what_cannot_be_trained_has_no_pace() -> None:
    assert Trial(design_of(Dense(3)), TrainingPlan(), DIGITS).run() is None


def test_a_measurement_can_be_cancelled() -> None:
    class Stopped(Watch):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        trial(TEMPLATES[0]).run(Stopped())


def test_names_and_epochs_do_not_count_but_sizes_do() -> None:
    first = trial(TEMPLATES[1])
    renamed = replace(first.design.layers[1], name="other")
    design = replace(first.design, layers=(first.design.layers[0], renamed, first.design.layers[2]))
    assert replace(first, design=design, plan=replace(first.plan, epochs=99)).key == first.key
    assert replace(first, plan=replace(first.plan, batch_size=99)).key != first.key
    assert replace(first, design=first.design.with_layer("hidden", units=3)).key != first.key


def test_an_epoch_learns_from_one_part_and_checks_the_other() -> None:
    plan = TrainingPlan(batch_size=100, validation_split=0.2)
    assert Pace(1.0, 0.01).epoch(plan, 1000) == pytest.approx(8 + 2, rel=1e-4)
    assert Pace(1.0, 0.01).epoch(replace(plan, batch_size=5000), 1000) == pytest.approx(1 + 2, rel=1e-4)


def test_paces_are_read_as_they_were_written_and_old_ones_go(tmp_path: Path) -> None:
    paces = {str(number): Pace(float(number), 0.5) for number in range(MOST_PACES + 5)}
    path = tmp_path / "new" / "pace.json"
    write_paces(path, paces)
    assert read_paces(path) == dict(list(paces.items())[5:])


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"a": 3}', '{"a": [1]}', '{"a": [-1, NaN]}', '{"a": ["x", 1]}']
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pace.json"
    path.write_text(text)
    assert read_paces(path) == {}
