"""What a sweep tries: settings found in a study, values as people write them, combinations, rungs, trials."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnstudio.engine.design import design_of
from nnstudio.engine.layers import Conv2D, Dense, Flatten
from nnstudio.engine.metrics import METRICS, Accuracy, R2Score
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Adam
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.errors import UserError
from nnstudio.experiments.default import default_study
from nnstudio.experiments.history import History
from nnstudio.experiments.study import Study
from nnstudio.experiments.sweep.crew import fitting_size
from nnstudio.experiments.sweep.measure import Measure, measures_of
from nnstudio.experiments.sweep.reading import MOST_VALUES, read_values, written_values
from nnstudio.experiments.sweep.strategies import STRATEGIES, Grid, RandomSearch, Rung, SuccessiveHalving
from nnstudio.experiments.sweep.sweep import Axis, Sweep
from nnstudio.experiments.sweep.sweepable import find_setting, settings_to_sweep, with_setting, words_of
from nnstudio.settings import problems_with
from tests.session.small import small_dataset, small_study
from tests.strategies import studies, values

STUDY = default_study()
RATE, UNITS = "optimizer.learning_rate", "layers.1.units"


def read(text: str, path: str, study: Study = STUDY) -> tuple[Any, ...]:
    return read_values(text, find_setting(study, path))


def test_settings_have_paths_and_titles_that_tell_them_apart() -> None:
    found = settings_to_sweep(STUDY)
    assert len({one.path for one in found}) == len({one.title for one in found}) == len(found)
    titles = {one.path: one.title for one in found}
    assert titles[UNITS] == "Dense 512 (hidden_1): units"
    assert titles["layers.5.units"] == "Dense 10: units"
    assert titles["plan.batch_size"] == "Plan: batch size"


def test_names_and_threads_are_not_swept() -> None:
    assert not {one.path.split(".")[-1] for one in settings_to_sweep(STUDY)} & {"name", "threads"}


def test_settings_of_a_value_with_settings_are_found() -> None:
    study = replace(STUDY, plan=replace(STUDY.plan, early_stopping=EarlyStopping(patience=5)))
    assert find_setting(study, "plan.early_stopping.patience").value == 5


def test_a_layer_may_be_called_by_its_name() -> None:
    assert find_setting(STUDY, "layers.hidden_2.units").path == "layers.3.units"


def test_a_setting_that_is_none_is_told_with_what_is_near() -> None:
    with pytest.raises(UserError, match=r"Did you mean plan\.batch_size"):
        find_setting(STUDY, "plan.batchsize")


@given(studies(), st.data())
def test_any_allowed_value_of_any_study_can_be_set_and_is_found_again(study: Study, data: Any) -> None:
    setting = data.draw(st.sampled_from(settings_to_sweep(study)))
    assert setting.value == find_setting(study, setting.path).value
    value = data.draw(values(setting.declared))
    changed = with_setting(study, setting.path, value)
    assert find_setting(changed, setting.path).value == value
    assert with_setting(changed, setting.path, setting.value) == study


def test_a_value_that_is_refused_is_not_set() -> None:
    with pytest.raises(UserError, match="Units must be at least 1"):
        with_setting(STUDY, UNITS, 0)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("32, 64,128", UNITS, (32, 64, 128)),
        ("64, 64", UNITS, (64,)),
        ("1e2", UNITS, (100,)),
        ("16..64 step 16", UNITS, (16, 32, 48, 64)),
        ("16 .. 60 step 16, 8", UNITS, (16, 32, 48, 8)),
        ("1..4", UNITS, (1, 2, 3, 4)),
        ("16..128 log 4", UNITS, (16, 32, 64, 128)),
        ("1e-4..1e-1 log 4", RATE, (0.0001, 0.001, 0.01, 0.1)),
        ("1e-3..1e-2 log 3", RATE, (0.001, 0.003162, 0.01)),
        ("0.1..0.5 step 0.1", "layers.2.rate", (0.1, 0.2, 0.3, 0.4, 0.5)),
        ("0..0.5 lin 3", "layers.2.rate", (0.0, 0.25, 0.5)),
        ("Relu, tanh", "layers.1.activation", ("relu", "tanh")),
        ("yes, no", "plan.shuffle", (True, False)),
        ("none, 0.5", "optimizer.clipnorm", (None, 0.5)),
        ("sgd", "optimizer", (SGD(),)),
        ("all", "optimizer", tuple(Adam() if kind is Adam else kind() for kind in OPTIMIZERS)),
        ("none, early stopping", "plan.early_stopping", (None, EarlyStopping())),
    ],
)
def test_what_a_person_writes_becomes_values(text: str, path: str, expected: tuple[Any, ...]) -> None:
    found = read(text, path)
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_a_kernel_is_written_with_one_side_or_two() -> None:
    study = replace(STUDY, design=design_of(Conv2D(8), Flatten(), Dense(10)))
    assert read("3, 5x5, 3 × 5", "layers.0.kernel_size", study) == ((3, 3), (5, 5), (3, 5))


def test_an_optimizer_keeps_the_settings_that_it_has_now() -> None:
    study = replace(STUDY, design=replace(STUDY.design, optimizer=SGD(momentum=0.9)))
    assert read("adam, sgd", "optimizer", study) == (Adam(), SGD(momentum=0.9))


@pytest.mark.parametrize(
    ("text", "path", "sentence"),
    [
        ("", UNITS, r"Write the values to try, such as 16\.\.128 step 16"),
        ("3,,4", UNITS, "a comma with nothing beside it"),
        ("1.5", UNITS, "Expected a whole number, found 1.5"),
        ("many", RATE, "Expected a number or a range such as 1e-4..1e-1 log 4, found many"),
        ("0", UNITS, "Units must be at least 1 and at most 2147483647, not 0"),
        ("8..4", UNITS, "A range goes up: 8 is not below 4"),
        ("0..1", RATE, r"Say how 0\.\.1 is filled"),
        ("0..1 some 3", RATE, r"Say how 0\.\.1 is filled"),
        ("0..1 log 3", RATE, "begins above 0"),
        ("1..9 step 0", UNITS, "A step is above 0"),
        ("1..2 lin 1", RATE, "at least 2 values"),
        ("1..1e9", UNITS, "at most 1,000 are possible"),
        ("1..2 lin 1e9", RATE, "at most 1,000 are possible"),
        ("1e400", RATE, "finite"),
        ("relux", "layers.1.activation", "Activation can be linear, relu"),
        ("perhaps", "plan.shuffle", "Expected yes or no, found perhaps"),
        ("1..", UNITS, "Expected a range such as"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(text: str, path: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read(text, path)


@given(
    st.sampled_from(settings_to_sweep(STUDY)), st.text(alphabet="0123456789.,- einoxrslglaty", max_size=24)
)
def test_anything_written_is_values_that_are_allowed_or_a_sentence(setting: Any, text: str) -> None:
    try:
        found = read_values(text, setting)
    except UserError as error:
        assert str(error).endswith(".")
        return
    assert 0 < len(found) <= MOST_VALUES
    assert [setting.declared.problem(value) for value in found] == [None] * len(found)


@given(st.data())
def test_values_that_are_written_down_are_read_back(data: Any) -> None:
    plain = [one for one in settings_to_sweep(STUDY) if not one.declared.choices]
    setting = data.draw(st.sampled_from(plain))
    few = st.lists(values(setting.declared), min_size=1, max_size=4, unique=True)
    chosen = tuple(data.draw(few))
    back = read_values(written_values(setting, chosen), setting)
    texts = [words_of(setting.declared, value) for value in chosen]
    assert [words_of(setting.declared, value) for value in back] == list(dict.fromkeys(texts))


def sweep_of(*axes: Axis, **rest: Any) -> Sweep:
    return Sweep(small_study(), axes, **rest)


TWO = (Axis(UNITS, (8, 16, 32)), Axis(RATE, (0.001, 0.01)))


def test_a_grid_has_every_combination_once_the_last_axis_fastest() -> None:
    trials = sweep_of(*TWO).trials()
    assert [trial.values for trial in trials] == [
        (units, rate) for units in (8, 16, 32) for rate in (0.001, 0.01)
    ]
    assert [trial.number for trial in trials] == [1, 2, 3, 4, 5, 6]
    assert trials[3].name == "units 16, learning rate 0.01"
    design = trials[3].study.design
    assert (design.layers[1].units, design.optimizer.learning_rate) == (16, 0.01)  # type: ignore[attr-defined]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_a_grid_counts_the_product(lengths: list[int]) -> None:
    paths = (UNITS, RATE, "plan.epochs", "plan.batch_size")
    axes = tuple(Axis(path, tuple(range(1, 1 + n))) for path, n in zip(paths, lengths, strict=False))
    sweep = sweep_of(*axes)
    trials = sweep.trials()
    assert sweep.count == len(trials) == len({trial.values for trial in trials}) == math.prod(lengths)


@given(st.integers(1, 40), st.integers(0, 9))
def test_a_random_search_draws_combinations_of_the_grid_none_twice(trials: int, seed: int) -> None:
    sweep = sweep_of(*TWO, strategy=RandomSearch(trials, seed))
    drawn = [trial.values for trial in sweep.trials()]
    assert len(drawn) == sweep.count == min(trials, 6) == len(set(drawn))
    assert drawn == [trial.values for trial in sweep.trials()]


def test_another_seed_draws_other_combinations() -> None:
    axes = (Axis(UNITS, tuple(range(1, 1001))), Axis(RATE, tuple(1 / n for n in range(1, 1001))))
    drawn = [sweep_of(*axes, strategy=RandomSearch(5, seed)).trials()[0].values for seed in range(5)]
    assert len(set(drawn)) > 1


def test_the_schedule_of_halving_is_that_of_its_source() -> None:
    rungs = SuccessiveHalving(trials=16, factor=2, least_epochs=1).rungs(16, 16)
    assert rungs == (Rung(16, 1), Rung(8, 2), Rung(4, 4), Rung(2, 8), Rung(1, 16))
    assert SuccessiveHalving(trials=9, factor=3, least_epochs=2).rungs(9, 10) == (
        Rung(9, 2),
        Rung(3, 6),
        Rung(1, 10),
    )


@given(st.integers(2, 200), st.integers(2, 10), st.integers(1, 50), st.integers(1, 200))
def test_halving_ends_with_all_epochs_and_never_trains_more_than_the_grid(
    trials: int, factor: int, least: int, epochs: int
) -> None:
    rungs = SuccessiveHalving(trials, factor, least).rungs(trials, epochs)
    assert rungs[-1].epochs == epochs
    assert rungs[0].count == trials
    for before, after in zip(rungs, rungs[1:], strict=False):
        assert before.count > after.count >= before.count / factor
        assert before.epochs < after.epochs
    sweep = Sweep(STUDY, (Axis("plan.seed", tuple(range(trials))),), SuccessiveHalving(trials, factor, least))
    assert sweep.epochs <= trials * STUDY.plan.epochs


@pytest.mark.parametrize("kind", STRATEGIES)
def test_every_strategy_declares_settings_that_are_allowed_and_words_for_people(kind: type) -> None:
    assert problems_with(kind()) == ()
    assert kind().title and kind.one_line().endswith(".")  # type: ignore[attr-defined]


def test_an_optimizer_and_its_settings_are_varied_together() -> None:
    axes = (Axis(RATE, (0.1, 0.2)), Axis("optimizer", (Adam(), SGD(momentum=0.5))))
    studies = [trial.study.design.optimizer for trial in sweep_of(*axes).trials()]
    assert studies == [Adam(0.1), SGD(0.1, momentum=0.5), Adam(0.2), SGD(0.2, momentum=0.5)]


def test_a_trial_without_such_a_setting_is_told_beforehand() -> None:
    axes = (Axis("optimizer", (Adam(), SGD())), Axis("optimizer.beta_1", (0.5,)))
    first, second = sweep_of(*axes).trials()
    facts = small_dataset().facts
    assert (first.problem(facts), second.problem(facts)) == ("", "SGD has no setting beta 1.")


def test_a_trial_that_does_not_fit_the_data_is_told_beforehand() -> None:
    (good, bad) = sweep_of(Axis("layers.3.units", (10, 3))).trials()
    facts = small_dataset().facts
    assert good.problem(facts) == ""
    assert "10 classes" in bad.problem(facts)
    (plan,) = sweep_of(Axis("plan.validation_split", (0.9,))).trials()
    assert "leaves none" in plan.problem(replace(facts, training_count=1))


@pytest.mark.parametrize(
    ("sweep", "sentence"),
    [
        (sweep_of(), "Choose 1 to 4 settings"),
        (sweep_of(*(Axis(f"plan.{n}", (1,)) for n in "abcde")), "Choose 1 to 4 settings"),
        (sweep_of(TWO[0], TWO[0]), "is there twice"),
        (sweep_of(Axis(UNITS, ())), "Write the values"),
        (sweep_of(Axis("plan.nothing", (1,))), "There is no setting plan.nothing"),
        (sweep_of(Axis(UNITS, tuple(range(1, 1002)))), "at most 1,000"),
        (sweep_of(TWO[0], measure="val_nothing"), "not by val_nothing"),
        (sweep_of(TWO[0], strategy=RandomSearch(0)), "Trials must be"),
        (sweep_of(Axis("plan.epochs", (1, 2)), strategy=SuccessiveHalving()), "gives out the epochs itself"),
        (sweep_of(Axis("loss.label_smoothing", (0.0, 0.1))), "Different losses cannot be compared"),
    ],
)
def test_what_is_wrong_with_a_sweep_is_told(sweep: Sweep, sentence: str) -> None:
    assert any(sentence in one for one in sweep.problems())
    with pytest.raises(UserError):
        sweep.trials()


def test_different_losses_are_compared_by_a_metric() -> None:
    sweep = sweep_of(Axis("loss.label_smoothing", (0.0, 0.1)), measure="val_accuracy")
    assert sweep.problems() == ()


def test_equal_names_of_two_axes_say_whose_they_are() -> None:
    sweep = Sweep(STUDY, (Axis("layers.1.units", (8,)), Axis("layers.3.units", (9,))))
    assert sweep.trials()[0].name == "Dense 512 (hidden_1) units 8, Dense 512 (hidden_2) units 9"


def test_metrics_declare_what_is_better() -> None:
    rising = {metric.keras_name for metric in METRICS if metric.rises}
    assert {"accuracy", "auc", "r2_score", "f1_score", "recall"} <= rising
    assert all("error" not in name for name in rising)
    for metric in METRICS:
        assert metric.rises or not metric.share


def test_trials_are_compared_by_the_validation_or_without_one_by_the_training() -> None:
    assert [one.name for one in measures_of(small_study())][:2] == ["val_loss", "val_accuracy"]
    assert measures_of(small_study(validation_split=0.0))[0] == Measure("loss")
    assert Measure("val_accuracy").title == "Validation accuracy"


def test_the_value_of_a_trial_is_that_of_the_epoch_whose_weights_are_kept() -> None:
    history = History(("loss", Accuracy.keras_name))
    for epoch, (loss, accuracy) in enumerate([(0.5, 0.7), (0.3, 0.8), (0.4, 0.9)], 1):
        figures = {"loss": 1.0, "accuracy": 0.1, "val_loss": loss, "val_accuracy": accuracy}
        history.add_epoch(epoch, epoch, 0.0, figures)
    assert Measure("val_loss").value(history) == 0.3
    assert Measure("val_accuracy").value(history) == 0.8
    assert math.isnan(Measure("val_nothing").value(history))
    assert math.isnan(Measure("val_loss").value(History(("loss",))))


@given(st.floats(allow_infinity=False), st.floats(allow_infinity=False))
def test_a_better_value_has_a_higher_score(one: float, other: float) -> None:
    assume(one != other and not np.isnan((one, other)).all())
    rises, falls = Measure(f"val_{R2Score.keras_name}"), Measure("val_loss")
    if np.isnan((one, other)).any():
        number, nothing = (other, one) if math.isnan(one) else (one, other)
        assert rises.score(number) > rises.score(nothing) and falls.score(number) > falls.score(nothing)
        return
    assert (rises.score(one) > rises.score(other)) == (one > other)
    assert (falls.score(one) > falls.score(other)) == (one < other)


def test_as_many_trainings_at_once_as_processors_memory_and_trials_allow() -> None:
    assert fitting_size(100, 2, 10**6, 10**10) == 2
    assert fitting_size(100, 8, 10**6, 10**10) == 7
    assert fitting_size(3, 8, 10**6, 10**10) == 3
    assert fitting_size(100, 8, 2 * 10**9, 8 * 10**9) == 2
    assert fitting_size(100, 8, 10**12, 8 * 10**9) == 1


def test_grids_are_the_usual_strategy() -> None:
    assert sweep_of(*TWO).strategy == Grid()
