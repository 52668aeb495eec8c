"""A training in its own thread: it obeys at once, loses nothing and tells the truth."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.optimizers import SGD
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.experiments.study import Study
from nnstudio.session.training_run import Phase, TrainingRun
from tests.session.small import small_dataset, small_study


def started(qtbot: QtBot, study: Study) -> TrainingRun:
    run = TrainingRun(study, small_dataset())
    run.start()
    return run


def wait_for(qtbot: QtBot, run: TrainingRun, phase: Phase) -> None:
    qtbot.waitUntil(lambda: run.phase is phase)
    assert run.join(60)


def test_a_run_records_every_batch_and_every_epoch_once(qtbot: QtBot) -> None:
    run = started(qtbot, small_study())
    wait_for(qtbot, run, Phase.FINISHED)
    assert run.history.steps.column("iteration").tolist() == list(range(1, 21))
    assert run.history.epochs.column("epoch").tolist() == [1, 2]
    assert np.isfinite(run.history.epochs.column("val_accuracy")).all()
    assert run.snapshot is not None and run.snapshot.epoch == 2


def test_pausing_at_every_batch_gives_the_same_bits_as_never_pausing(qtbot: QtBot) -> None:
    whole = started(qtbot, small_study())
    wait_for(qtbot, whole, Phase.FINISHED)
    pieces = TrainingRun(small_study(), small_dataset())
    for _ in range(200):
        pieces.start(steps=1)
        qtbot.waitUntil(lambda: pieces.phase is not Phase.RUNNING)
        if pieces.phase is Phase.FINISHED:
            break
    assert pieces.phase is Phase.FINISHED
    assert whole.snapshot is not None and pieces.snapshot is not None
    assert np.array_equal(whole.snapshot.parameters, pieces.snapshot.parameters)
    assert np.array_equal(whole.history.steps.column("loss"), pieces.history.steps.column("loss"))


def test_stop_ends_within_a_batch_and_keeps_the_weights(qtbot: QtBot) -> None:
    run = started(qtbot, small_study(epochs=5000))
    qtbot.waitUntil(lambda: len(run.history.steps) > 5)
    run.stop()
    wait_for(qtbot, run, Phase.STOPPED)
    assert run.snapshot is not None
    assert run.progress.done == len(run.history.steps)


def test_stop_works_while_paused(qtbot: QtBot) -> None:
    run = TrainingRun(small_study(), small_dataset())
    run.start(steps=1)
    wait_for(qtbot, run, Phase.PAUSED)
    run.stop()
    assert run.phase is Phase.STOPPED


def test_a_finished_run_goes_on_for_more_epochs(qtbot: QtBot) -> None:
    run = started(qtbot, small_study(epochs=1))
    wait_for(qtbot, run, Phase.FINISHED)
    run.extend(3)
    run.start()
    wait_for(qtbot, run, Phase.FINISHED)
    assert run.history.epochs.column("epoch").tolist() == [1, 2, 3]


def test_numbers_that_are_not_finite_end_the_run_with_a_sentence(qtbot: QtBot) -> None:
    study = small_study()
    wild = study.design.with_layer("dense", activation="linear")
    wild = Study(design=type(wild)(wild.layers, wild.loss, SGD(1e6)), plan=study.plan)
    run = TrainingRun(wild, small_dataset())
    with qtbot.waitSignal(run.failed) as caught:
        run.start()
    wait_for(qtbot, run, Phase.FAILED)
    assert "learning rate" in caught.args[0]
    assert run.snapshot is not None and np.isfinite(run.snapshot.parameters).all()


def test_a_run_that_ends_early_is_finished_and_its_bar_is_full(qtbot: QtBot) -> None:
    run = TrainingRun(small_study(epochs=50, early_stopping=EarlyStopping(2, min_delta=1e5)), small_dataset())
    with qtbot.waitSignal(run.told) as caught:
        run.start()
    wait_for(qtbot, run, Phase.FINISHED)
    assert "Ended early after epoch 3" in caught.args[0]
    progress = run.progress
    assert (progress.epoch, progress.epochs, progress.fraction) == (3, 3, 1.0) and progress.ended_early
    assert run.snapshot is not None and run.snapshot.epoch == run.history.best_epoch()


def test_a_run_that_ended_early_goes_on_only_when_more_epochs_are_asked_for(qtbot: QtBot) -> None:
    run = TrainingRun(small_study(epochs=50, early_stopping=EarlyStopping(2, min_delta=1e5)), small_dataset())
    for asked, done in ((50, 3), (3, 3), (4, 4), (50, 5)):
        run.extend(asked)
        run.start()
        wait_for(qtbot, run, Phase.FINISHED)
        assert len(run.history.epochs) == run.progress.epochs == done


def test_progress_counts_the_epochs_that_were_waited(qtbot: QtBot) -> None:
    run = started(qtbot, small_study(epochs=3, early_stopping=EarlyStopping(9, min_delta=1e5)))
    wait_for(qtbot, run, Phase.FINISHED)
    assert run.progress.waited == 2 and not run.progress.ended_early


def test_a_reduced_learning_rate_is_told_and_recorded(qtbot: QtBot) -> None:
    rule = ReduceLROnPlateau(factor=0.5, patience=1, min_delta=1e5)
    run = TrainingRun(small_study(epochs=3, reduce_on_plateau=rule), small_dataset())
    told: list[str] = []
    run.told.connect(told.append)
    run.start()
    wait_for(qtbot, run, Phase.FINISHED)
    qtbot.waitUntil(lambda: bool(told))  # it comes from the run's thread
    assert "learning rate is 0.0005" in told[0]
    assert run.history.steps.last("learning_rate") == 0.0005


def test_a_closed_paint_gate_delays_but_never_holds_the_training(qtbot: QtBot) -> None:
    run = TrainingRun(small_study(epochs=1), small_dataset())
    run.gate.clear()
    run.start()
    wait_for(qtbot, run, Phase.FINISHED)


@pytest.mark.parametrize("fraction", [0.0, 0.5])
def test_time_left_is_told_once_there_is_something_to_go_by(qtbot: QtBot, fraction: float) -> None:
    run = TrainingRun(small_study(epochs=2), small_dataset())
    if fraction:
        run.start(steps=10)
        wait_for(qtbot, run, Phase.PAUSED)
        assert run.progress.fraction == pytest.approx(fraction)
        assert run.progress.seconds_left == pytest.approx(run.progress.seconds)
    else:
        assert np.isnan(run.progress.seconds_left)
