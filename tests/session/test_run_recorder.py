"""What a run leaves behind: checkpoints on its way, and a state from which another process goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.engine.stopping import EarlyStopping
from nnstudio.experiments.project import Project
from nnstudio.experiments.run import Outcome, Run
from nnstudio.formats.project import read_project, write_project
from nnstudio.session import run_recorder
from nnstudio.session.training_run import Phase, TrainingRun
from tests.session.small import small_dataset, small_study
from tests.session.test_training_run import started, wait_for

# Goes on with the run of a project in a process of its own, and writes what it comes to.
GO_ON = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from nnstudio.experiments.project import Project
from nnstudio.formats.project import read_project, write_project
from nnstudio.session.training_run import TrainingRun
from tests.session.small import small_dataset
app = QCoreApplication([])
path = Path(sys.argv[1])
(kept,) = read_project(path).project.runs
run = TrainingRun(kept.study, small_dataset(), kept=kept)
run.start()
assert run.join(60)
write_project(path, Project(kept.study, (run.kept(),)))
"""


def in_a_new_process(run: Run, folder: Path) -> Run:
    path = folder / "run.nnstudio"
    write_project(path, Project(run.study, (run,)))
    subprocess.run([sys.executable, "-c", GO_ON, str(path)], check=True, timeout=100)
    (found,) = read_project(path).project.runs
    return found


def assert_same_end(run: Run, whole: Run) -> None:
    assert run.last is not None and whole.last is not None
    assert np.array_equal(run.last.parameters, whole.last.parameters)
    assert (run.last.iteration, run.last.position) == (whole.last.iteration, whole.last.position)
    for table, wanted in (
        (run.history.steps, whole.history.steps),
        (run.history.epochs, whole.history.epochs),
    ):
        assert len(table) == len(wanted)
        for name in table.columns:
            if name != "seconds":
                assert np.array_equal(table.column(name), wanted.column(name), equal_nan=True)
    assert run.state is not None and whole.state is not None
    assert run.state.numbers == whole.state.numbers
    for name, array in whole.state.arrays.items():
        assert np.array_equal(run.state.arrays[name], array)


@pytest.mark.parametrize("batches", [1, 10, 13])
def test_a_run_that_goes_on_in_a_new_process_ends_with_the_bits_of_one_that_never_stopped(
    qtbot: QtBot, tmp_path: Path, batches: int
) -> None:
    whole = started(qtbot, small_study())
    wait_for(qtbot, whole, Phase.FINISHED)
    held = TrainingRun(small_study(), small_dataset())
    held.start(steps=batches)
    wait_for(qtbot, held, Phase.PAUSED)
    kept = held.kept()
    assert kept.outcome is Outcome.PAUSED and len(kept.history.steps) == batches
    assert_same_end(in_a_new_process(kept, tmp_path), whole.kept())


def test_a_run_kept_while_it_runs_goes_on_from_its_last_whole_epoch(qtbot: QtBot, tmp_path: Path) -> None:
    run = started(qtbot, small_study(epochs=5000))
    qtbot.waitUntil(lambda: run.kept().state is not None)
    kept = run.kept()
    run.stop()
    wait_for(qtbot, run, Phase.STOPPED)
    again = TrainingRun(kept.study, small_dataset(), kept=kept)
    place = again.progress
    assert place.batch == 0 and place.done == len(again.history.steps)
    assert len(again.history.epochs) == place.epoch <= len(kept.history.epochs)
    assert again.kept().timeline.checkpoints[-1].iteration <= place.done
    again.start(steps=3)
    wait_for(qtbot, again, Phase.PAUSED)
    assert again.history.steps.column("iteration").tolist() == list(range(1, place.done + 4))


def test_the_first_weights_the_last_and_the_best_are_kept(qtbot: QtBot) -> None:
    run = started(qtbot, small_study(epochs=6, early_stopping=EarlyStopping(2, min_delta=1e5)))
    wait_for(qtbot, run, Phase.FINISHED)
    kept = run.kept()
    first, best, last, shown = kept.timeline.checkpoints[0], kept.timeline.best, kept.last, kept.model()
    assert best is not None and last is not None and shown is not None and run.snapshot is not None
    assert (first.iteration, best.position, last.position) == (0, run.history.best_epoch(), 3.0)
    assert shown.snapshot.epoch == run.snapshot.epoch
    assert np.array_equal(shown.snapshot.parameters, run.snapshot.parameters)


def test_weights_are_kept_at_most_four_times_a_second(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    run = started(qtbot, small_study(epochs=300))
    wait_for(qtbot, run, Phase.FINISHED)
    kept = run.kept()
    assert len(kept.timeline) <= 8 * run.kept().seconds + 4  # also the ends of epochs, the first, the best
    monkeypatch.setattr(run_recorder, "_TAKE_SECONDS", 0.0)
    dense = started(qtbot, small_study())
    wait_for(qtbot, dense, Phase.FINISHED)
    assert [one.iteration for one in dense.kept().timeline] == list(range(21))


def test_a_run_without_a_state_that_makes_sense_is_shown_but_not_gone_on_with(qtbot: QtBot) -> None:
    run = started(qtbot, small_study(epochs=1))
    wait_for(qtbot, run, Phase.FINISHED)
    kept = run.kept()
    assert kept.state is not None
    kept.state.numbers["epoch"] = "many"
    assert TrainingRun(kept.study, small_dataset(), kept=kept).kept().state is None
