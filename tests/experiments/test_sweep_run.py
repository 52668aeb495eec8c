"""A sweep in processes of this machine: exact, steerable, not harmed by what fails or by who dies."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.engine.optimizers import SGD
from nnstudio.engine.run_state import RunState
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.engine.training import train
from nnstudio.errors import UserError
from nnstudio.experiments.blas_threads import blas_threads
from nnstudio.experiments.run import Outcome, Run
from nnstudio.experiments.study import Study
from nnstudio.experiments.sweep import local_pool
from nnstudio.experiments.sweep.report import TrialState
from nnstudio.experiments.sweep.running import SweepPhase, SweepRun
from nnstudio.experiments.sweep.sharing import put_state, share, shared, take_state
from nnstudio.experiments.sweep.strategies import Strategy, SuccessiveHalving
from nnstudio.experiments.sweep.sweep import Axis, Sweep
from nnstudio.experiments.sweep.table import head_of, rows_of, sweep_csv
from tests.session.small import small_dataset, small_study

UNITS, RATE = "layers.1.units", "optimizer.learning_rate"
SECONDS = 60.0
DATA = small_dataset()


def run_of(*axes: Axis, study: Study | None = None, workers: int = 2, **rest: Any) -> SweepRun:
    return SweepRun(Sweep(study or small_study(), axes, **rest), DATA, workers=workers)


def finished(run: SweepRun) -> SweepRun:
    run.start()
    assert run.join(SECONDS)
    return run


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("nnstudio-sweep-*"))


def workers_of(process: int) -> list[int]:
    """Return the processes that train for ``process``; those that only look after resources are left out."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == process and b"spawn_main" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except (OSError, ValueError, IndexError):
            continue
    return found


def trained_here(study: Study) -> RunState:
    training, validation = DATA.split(study.plan.validation_split)
    parts = (study.design, study.plan, DATA.facts.sample_shape, training, validation)
    state = RunState.start(*parts)
    with blas_threads(1):
        for _ in train(state):
            pass
    return state


def assert_same_bits(run: Run, state: RunState) -> None:
    assert run.state is not None and run.last is not None
    ours, theirs = run.state, state.save()
    assert ours.numbers == json.loads(json.dumps(theirs.numbers))
    assert set(ours.arrays) == set(theirs.arrays)
    for name, array in theirs.arrays.items():
        np.testing.assert_array_equal(ours.arrays[name], array)


def test_all_trials_become_runs_like_any_other() -> None:
    before = folders()
    run = finished(run_of(Axis(UNITS, (8, 16)), Axis(RATE, (0.001, 0.01))))
    assert (run.phase, run.failure, run.fraction) == (SweepPhase.FINISHED, "", 1.0)
    assert {report.state for report in run.reports} == {TrialState.FINISHED}
    kept = run.take_runs()
    assert len(kept) == 4 and run.take_runs() == ()
    by_name = {one.name: one for one in kept}
    one = by_name["units 16, learning rate 0.01"]
    assert (one.outcome, one.tags, one.study) == (Outcome.FINISHED, "sweep", run.reports[3].trial.study)
    assert one.history.steps.column("iteration").tolist() == list(range(1, 21))
    assert one.history.epochs.column("epoch").tolist() == [1.0, 2.0]
    assert one.fitted is not None and one.model() is not None
    best = run.best
    assert best is not None and best.value == min(report.value for report in run.reports)
    assert folders() == before


@pytest.mark.parametrize("batch_size", [32, 7])
def test_a_trial_gives_the_bits_of_the_same_training_in_this_process(batch_size: int) -> None:
    run = finished(run_of(Axis("plan.batch_size", (batch_size,)), study=small_study(epochs=3)))
    (kept,) = run.take_runs()
    assert_same_bits(kept, trained_here(kept.study))


def test_survivors_of_halving_give_the_bits_of_a_training_in_one_go() -> None:
    strategy = SuccessiveHalving(trials=4, factor=2, least_epochs=1)
    run = finished(
        run_of(Axis(RATE, (1e-4, 1e-3, 1e-2, 1e-1)), study=small_study(epochs=5), strategy=strategy)
    )
    states = [report.state for report in run.reports]
    assert states.count(TrialState.DROPPED) == 3 and states.count(TrialState.FINISHED) == 1
    assert sorted(report.epoch for report in run.reports) == [1, 1, 2, 5]
    winner = run.best
    assert winner is not None and winner.run is not None and winner.state is TrialState.FINISHED
    assert_same_bits(winner.run, trained_here(winner.trial.study))
    assert winner.run.history.steps.column("iteration").tolist() == list(range(1, 51))
    dropped = next(report for report in run.reports if report.state is TrialState.DROPPED)
    assert (
        dropped.run is not None and dropped.run.outcome is Outcome.STOPPED and dropped.run.state is not None
    )


def test_halving_keeps_the_better_ones() -> None:
    strategy = SuccessiveHalving(trials=4, factor=2, least_epochs=1)
    run = finished(
        run_of(Axis(RATE, (1e-7, 1e-6, 1e-3, 1e-2)), study=small_study(epochs=4), strategy=strategy)
    )
    assert {r.trial.values for r in run.reports if r.epoch > 1} == {(1e-3,), (1e-2,)}


def test_a_run_has_its_last_and_its_best_weights() -> None:
    study = small_study(epochs=12)
    study = replace(study, design=replace(study.design, optimizer=SGD(1.0)))
    run = finished(run_of(Axis("plan.seed", (1, 2, 3)), study=study))
    for kept in run.take_runs():
        best = kept.timeline.best
        assert best is not None and kept.last is not None
        assert best.position == kept.history.best_epoch()
        epochs = kept.history.epochs
        assert best.loss == epochs.column("val_loss")[int(best.position) - 1]
        assert kept.last.iteration == 12 * 10


def test_early_stopping_ends_a_trial_and_puts_its_best_weights_back() -> None:
    study = small_study(epochs=50, early_stopping=EarlyStopping(patience=2))
    study = replace(study, design=replace(study.design, optimizer=SGD(1.0)))
    run = finished(run_of(Axis("plan.seed", (1,)), study=study))
    (report,) = run.reports
    assert report.state is TrialState.FINISHED and report.epoch < 50 and report.run is not None
    assert report.run.shown is report.run.timeline.best
    assert_same_bits(report.run, trained_here(report.trial.study))


def test_a_trial_that_fails_says_why_and_the_rest_goes_on() -> None:
    run = finished(run_of(Axis("optimizer", (SGD(1e6), SGD(0.01))), study=unbounded()))
    bad, good = run.reports
    assert bad.state is TrialState.FAILED and "stopped being a number" in bad.sentence
    assert bad.run is None or bad.run.outcome is Outcome.FAILED
    assert good.state is TrialState.FINISHED
    assert run.best is good


def unbounded() -> Study:
    """A study without a function that holds numbers back, which explodes with a large rate."""
    study = small_study()
    return replace(study, design=study.design.with_layer("dense", activation="linear"))


def test_a_trial_that_does_not_build_is_refused_and_the_rest_goes_on() -> None:
    run = run_of(Axis("layers.3.units", (3, 10)))
    assert [report.state for report in run.reports] == [TrialState.REFUSED, TrialState.WAITING]
    assert "10 classes" in run.reports[0].sentence
    finished(run)
    assert [report.state for report in run.reports] == [TrialState.REFUSED, TrialState.FINISHED]


def long_run(**rest: Any) -> SweepRun:
    return run_of(Axis(UNITS, (8, 16, 32)), study=small_study(epochs=100_000), **rest)


def learning(run: SweepRun, count: int = 2) -> bool:
    return sum(report.state is TrialState.TRAINING and report.epoch > 1 for report in run.reports) >= count


def places(run: SweepRun) -> list[tuple[int, int, int]]:
    return [(report.epoch, report.batch, len(report.history.steps)) for report in run.reports]


def test_a_killed_process_fails_its_trial_and_the_rest_goes_on() -> None:
    run = long_run()
    run.start()
    wait_for(lambda: learning(run))
    os.kill(workers_of(os.getpid())[0], signal.SIGKILL)
    wait_for(lambda: any(report.state is TrialState.FAILED for report in run.reports))
    wait_for(lambda: learning(run))  # the third one trains instead
    failed = [report for report in run.reports if report.state is TrialState.FAILED]
    assert len(failed) == 1 and "SIGKILL" in failed[0].sentence
    run.cancel()
    assert run.join(SECONDS)
    assert workers_of(os.getpid()) == []


def test_a_pause_holds_all_trials_and_changes_no_bit() -> None:
    run = run_of(Axis(UNITS, (8, 16)), study=small_study(epochs=1500))
    run.start()
    wait_for(lambda: learning(run, 1))
    run.pause()
    wait_for(lambda: run.phase is SweepPhase.PAUSED)
    time.sleep(0.3)  # what was told before the pause arrives
    held, seconds = places(run), run.seconds
    time.sleep(0.5)
    assert places(run) == held
    assert run.seconds == seconds
    run.go_on()
    assert run.join(SECONDS)
    for kept in run.take_runs():
        assert_same_bits(kept, trained_here(kept.study))


@pytest.mark.parametrize("paused", [False, True])
def test_a_cancelled_sweep_keeps_what_was_learnt_and_leaves_nothing_behind(paused: bool) -> None:
    before = folders()
    run = long_run()
    run.start()
    wait_for(lambda: learning(run))
    if paused:
        run.pause()
        wait_for(lambda: run.phase is SweepPhase.PAUSED)
    run.cancel()
    assert run.join(SECONDS)
    assert run.phase is SweepPhase.CANCELLED
    assert [report.state for report in run.reports] == [TrialState.CANCELLED] * 3
    kept = run.take_runs()
    assert len(kept) == 2 and all(one.outcome is Outcome.STOPPED and one.state for one in kept)
    assert all(one.last is not None and len(one.history.steps) == one.last.iteration for one in kept)
    assert folders() == before and workers_of(os.getpid()) == []


def test_a_sweep_can_be_cancelled_before_anything_is_trained() -> None:
    run = long_run()
    run.cancel()
    assert finished(run).phase is SweepPhase.CANCELLED
    assert run.take_runs() == ()


def test_a_stopped_run_goes_on_as_if_it_had_never_stopped() -> None:
    study = small_study(epochs=40)
    strategy = SuccessiveHalving(trials=2, factor=2, least_epochs=3)
    run = finished(run_of(Axis(RATE, (1e-6, 1e-2)), study=study, strategy=strategy))
    dropped = next(report.run for report in run.reports if report.state is TrialState.DROPPED)
    assert dropped is not None and dropped.state is not None
    training, validation = DATA.split(0.2)
    parts = (dropped.study.design, dropped.study.plan, DATA.facts.sample_shape, training, validation)
    state = RunState.resume(dropped.state, *parts)
    with blas_threads(1):
        for _ in train(state):
            pass
    np.testing.assert_array_equal(state.network.parameters, trained_here(dropped.study).network.parameters)


def test_no_room_for_the_data_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    before = folders()
    monkeypatch.setattr(np, "save", full)
    run = finished(run_of(Axis(UNITS, (8,))))
    assert run.phase is SweepPhase.FAILED and "No space left on device" in run.failure
    assert folders() == before


def test_processes_that_never_begin_end_the_sweep_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_pool, "main", os.abort)  # ends before it says that it is ready
    run = finished(run_of(Axis(UNITS, (8, 16))))
    assert run.phase is SweepPhase.FAILED and "do not begin" in run.failure
    assert {report.state for report in run.reports} == {TrialState.CANCELLED}


def test_the_data_of_a_sweep_are_the_same_from_their_files(tmp_path: Path) -> None:
    share(DATA, tmp_path)
    found = shared(tmp_path)
    rows = np.array([3, 399, 0])
    buffers = [np.empty((3, 28, 28), np.float32) for _ in range(2)]
    ours, theirs = (data.training.x_rows(rows, b) for data, b in zip((found, DATA), buffers, strict=True))
    np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(found.training.y, DATA.training.y)
    assert not found.training.x.flags.writeable and found.facts == DATA.facts


def test_a_state_is_the_same_from_its_file(tmp_path: Path) -> None:
    state = trained_here(small_study()).save()
    put_state(tmp_path / "one.npz", state)
    back = take_state(tmp_path / "one.npz")
    assert back.numbers == state.numbers and set(back.arrays) == set(state.arrays)
    for name, array in state.arrays.items():
        np.testing.assert_array_equal(back.arrays[name], array)
    assert list(tmp_path.iterdir()) == []


MODULES = """
import sys, threading
from multiprocessing import Pipe
from nnstudio.experiments.sweep import worker
before = set(sys.modules)
ours, theirs = Pipe()
from nnstudio.experiments.sweep import serving
print([name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph")
       or name.startswith(("nnstudio.ui", "nnstudio.session", "nnstudio.app"))])
print([name for name in before if name.split(".")[0] in ("numpy", "nnstudio")
       and name not in ("nnstudio", "nnstudio.experiments", "nnstudio.experiments.sweep",
                        "nnstudio.experiments.sweep.worker")])
"""


def python(*arguments: str) -> str:
    root = Path(__file__).parents[2]
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env=environ,
        cwd=root,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_worker_loads_no_window_and_numpy_only_after_it_has_chosen_one_thread() -> None:
    assert python("-c", MODULES).splitlines() == ["[]", "[]"]


# As the console script of an installed nnstudio: workers import it once more, under another name.
PROGRAM = """
import sys
from nnstudio.cli import main
if __name__ == "__main__":
    import os
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from tests.experiments.test_sweep_run import learning, long_run, wait_for, workers_of
    app = QApplication([])
    run = long_run()
    run.start()
    wait_for(lambda: learning(run))
    maps = [Path(f"/proc/{one}/maps").read_text() for one in workers_of(os.getpid())]
    print(len(maps), sum("PySide6" in one or "libQt" in one for one in maps))
    print("libQt" in Path("/proc/self/maps").read_text())
    run.cancel()
    run.join(60)
"""


def test_workers_of_a_program_with_a_window_load_none_of_it(tmp_path: Path) -> None:
    """They are asked from outside which libraries they have in their memory."""
    script = tmp_path / "nnstudio"
    script.write_text(PROGRAM)
    assert python(str(script)).splitlines() == ["2 0", "True"]


# What stands in SigBlk is a mask in hexadecimal digits; Ctrl+C is the signal of number 2.
MASKS = """
import os
from pathlib import Path
from tests.experiments.test_sweep_run import learning, long_run, wait_for, workers_of
run = long_run()
run.start()
wait_for(lambda: learning(run))
for one in workers_of(os.getpid()):
    status = Path(f"/proc/{one}/status").read_text()
    print(int(status.split("SigBlk:")[1].split()[0], 16) >> 1 & 1)
run.cancel()
run.join(60)
"""


def test_workers_never_hear_control_c_not_even_while_they_begin() -> None:
    assert python("-c", MASKS).splitlines() == ["1", "1"]


def test_workers_end_and_clear_away_when_the_program_is_killed(tmp_path: Path) -> None:
    before = folders()
    program = (
        "import time\n"
        "from tests.experiments.test_sweep_run import learning, long_run, wait_for\n"
        "run = long_run(); run.start(); wait_for(lambda: learning(run)); print('now', flush=True)\n"
        "time.sleep(60)\n"
    )
    root = Path(__file__).parents[2]
    environ = {**os.environ, "PYTHONPATH": str(root)}
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environ, cwd=root
    )
    assert process.stdout is not None and process.stdout.readline() == "now\n"
    workers = workers_of(process.pid)
    assert len(workers) == 2 and len(folders()) > len(before)
    process.kill()
    process.wait()
    wait_for(lambda: not any(Path(f"/proc/{one}").exists() for one in workers))
    assert folders() == before
    process.stdout.close()


def test_a_table_tells_all_trials_with_the_best_first() -> None:
    run = finished(run_of(Axis("layers.3.units", (3, 10)), Axis(RATE, (0.001, 0.01))))
    sweep = run.sweep
    rows = rows_of(sweep, run.reports)
    assert head_of(sweep)[:4] == ("Trial", "Units", "Learning rate", "Validation loss")
    assert run.best is not None and rows[0][0] == str(run.best.trial.number)
    assert [row[3] for row in rows[2:]] == ["–", "–"] and "10 classes" in rows[-1][-1]
    lines = sweep_csv(sweep, run.reports).splitlines()
    assert lines[0] == "trial,layers.3.units,optimizer.learning_rate,val_loss,epochs,seconds,state,problem"
    assert float(lines[1].split(",")[3]) == run.best.value and len(lines) == 5


def test_a_sweep_that_cannot_begin_is_refused_at_once() -> None:
    with pytest.raises(UserError, match="Choose 1 to 4 settings"):
        run_of()


def test_how_long_it_takes_is_told_while_it_runs() -> None:
    run = run_of(Axis(UNITS, (8, 16)), study=small_study(epochs=300))
    assert math.isnan(run.seconds_left) and run.fraction == 0.0
    run.start()
    seen: list[float] = []
    while not run.join(0.02):
        seen.append(run.fraction)
    assert seen == sorted(seen) and any(0 < share < 1 for share in seen)
    assert math.isnan(run.seconds_left) and run.fraction == 1.0


def test_shares_of_halving_grow_to_the_end() -> None:
    strategy: Strategy = SuccessiveHalving(trials=4, factor=2, least_epochs=20)
    run = run_of(Axis(RATE, (1e-4, 1e-3, 1e-2, 1e-1)), study=small_study(epochs=200), strategy=strategy)
    run.start()
    seen = []
    while not run.join(0.02):
        seen.append(run.fraction)
    assert seen == sorted(seen) and run.phase is SweepPhase.FINISHED


def test_the_seed_of_the_plan_is_that_of_every_trial() -> None:
    run = run_of(Axis(UNITS, (8, 16)), study=small_study(seed=11))
    assert {report.trial.study.plan.seed for report in run.reports} == {11}
