"""What a person writes for a sweep, what it comes to before it begins, and its results as a table."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace

import pytest

from nnstudio.experiments.history import History
from nnstudio.experiments.sweep.choices import SweepChoices
from nnstudio.experiments.sweep.draft import NOTHING_CHOSEN, SweepDraft, found_settings
from nnstudio.experiments.sweep.facts import columns_of, results_csv, sorted_reports, study_as_tried
from nnstudio.experiments.sweep.outlook import outlook
from nnstudio.experiments.sweep.report import TrialReport, TrialState
from nnstudio.experiments.sweep.strategies import RandomSearch, SuccessiveHalving
from nnstudio.experiments.sweep.sweep import MOST_AXES, Axis, Sweep
from nnstudio.settings import problems_with
from tests.session.small import small_dataset, small_study

UNITS, RATE = "layers.1.units", "optimizer.learning_rate"


def draft(*texts: tuple[str, str], **choices: object) -> SweepDraft:
    return SweepDraft(small_study(), texts, SweepChoices(**choices))  # type: ignore[arg-type]


def reports(sweep: Sweep, *losses: float) -> list[TrialReport]:
    found = []
    for trial, loss in zip(sweep.trials(), losses, strict=True):
        history = History.of(sweep.study.design)
        if not math.isnan(loss):
            history.add_epoch(1, 10, 0.5, {"loss": loss, "val_loss": loss})
        found.append(TrialReport(trial, TrialState.FINISHED, history, 2, 1, value=loss))
    return found


def test_a_setting_that_is_taken_begins_with_its_value_of_now() -> None:
    taken = draft().with_setting(UNITS)
    assert taken.texts == ((UNITS, "16"),)
    assert taken.axes[0].values == (16,)
    assert taken.with_setting(UNITS) is taken
    assert taken.without(UNITS).texts == ()


def test_every_setting_can_be_taken_as_it_is_written() -> None:
    for one in draft().settings:
        taken = draft().with_setting(one.path)
        assert not taken.axes[0].problem and taken.axes[0].values == (one.value,), one.path


def test_no_more_settings_are_taken_than_a_sweep_can_vary() -> None:
    taken = draft()
    for one in taken.settings[: MOST_AXES + 2]:
        taken = taken.with_setting(one.path)
    assert taken.full and len(taken.axes) == MOST_AXES


def test_the_first_thing_that_is_wrong_is_told() -> None:
    assert draft().problem == NOTHING_CHOSEN
    assert draft((UNITS, "8, x")).problem.startswith("Dense 16: units: ")
    assert draft((UNITS, "8, 16")).problem == ""


def test_a_setting_that_the_study_lost_is_left_out() -> None:
    before = draft(("layers.9.units", "8"), (UNITS, "8, 16"))
    assert [axis.setting.path for axis in before.axes] == [UNITS]
    assert before.problem == ""


def test_a_search_finds_words_in_any_order_in_title_and_value() -> None:
    settings = draft().settings
    assert [one.path for one in found_settings(settings, "RATE learning")] == [RATE]
    assert UNITS in [one.path for one in found_settings(settings, "units 16")]
    assert found_settings(settings, "nothing is called so") == ()


def test_what_few_people_need_stands_last() -> None:
    flags = [one.declared.advanced for one in draft().settings]
    assert flags == sorted(flags)


def test_choices_are_refused_where_they_make_no_sense() -> None:
    assert problems_with(SweepChoices()) == ()
    assert problems_with(SweepChoices(epochs=0))
    assert problems_with(SweepChoices(workers=0))


def test_the_outlook_counts_trials_epochs_and_what_is_refused() -> None:
    seen = outlook(draft(("layers.3.units", "7, 10"), (RATE, "0.1, 0.01"), epochs=3).sweep, small_dataset())
    assert len(seen.trials) == 4 and seen.epochs == 6
    assert [trial.values[0] for trial, _ in seen.refused] == [7, 7]
    assert all(sentence for _, sentence in seen.refused)


def test_twice_the_epochs_take_twice_the_time_and_two_workers_half_of_it() -> None:
    one, two = (outlook(draft((UNITS, "8, 16"), epochs=epochs).sweep, small_dataset()) for epochs in (2, 4))
    assert two.seconds == pytest.approx(2 * one.seconds)
    start = replace(two, seconds=0.0).seconds_with(1, None)
    alone, both = (two.seconds_with(workers, None) - start for workers in (1, 2))
    assert alone == pytest.approx(2 * both)
    assert two.seconds_with(9, None) == two.seconds_with(2, None)  # there are but two trials
    assert two.seconds_with(1, 2 * two.base_seconds) - start == pytest.approx(2 * alone)


def test_halving_takes_the_epochs_of_its_rungs() -> None:
    strategy = SuccessiveHalving(trials=4, factor=2, least_epochs=1)
    seen = outlook(draft((UNITS, "8, 16, 24, 32"), strategy=strategy, epochs=4).sweep, small_dataset())
    assert seen.epochs == 4 * 1 + 2 * 1 + 1 * 2


def test_random_search_draws_as_many_as_it_says() -> None:
    wanted = draft((UNITS, "1..50"), strategy=RandomSearch(trials=7))
    assert len(outlook(wanted.sweep, small_dataset()).trials) == 7


def test_rows_sort_by_number_and_unknown_ones_come_last_either_way() -> None:
    sweep = Sweep(small_study(), (Axis(UNITS, (8, 100, 24)),))
    units, loss = (one for one in columns_of(sweep) if one.name in (UNITS, "val_loss"))
    rows = reports(sweep, math.nan, 0.5, 0.25)
    assert [one.trial.values[0] for one in sorted_reports(rows, units, descending=False)] == [8, 24, 100]
    assert [one.trial.values[0] for one in sorted_reports(rows, loss, descending=False)] == [24, 100, 8]
    assert [one.trial.values[0] for one in sorted_reports(rows, loss, descending=True)] == [100, 24, 8]


def test_the_table_as_a_file_has_exact_numbers_and_gaps() -> None:
    sweep = Sweep(small_study(), (Axis(RATE, (0.1, 0.01)),))
    text = results_csv(reports(sweep, math.nan, 0.123456789), columns_of(sweep))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row[RATE] for row in rows] == ["0.1", "0.01"]
    assert [row["val_loss"] for row in rows] == ["", "0.123456789"]


def test_a_trial_is_taken_over_without_the_epochs_that_the_sweep_gave_it() -> None:
    now = small_study(epochs=40, batch_size=10)
    wanted = SweepDraft(now, ((UNITS, "8, 24"), ("plan.batch_size", "10, 20")), SweepChoices(epochs=1)).sweep
    taken = study_as_tried(now, wanted, wanted.trials()[3])
    assert taken.plan == replace(now.plan, batch_size=20)
    assert taken.design.layers[1].units == 24  # type: ignore[attr-defined]
