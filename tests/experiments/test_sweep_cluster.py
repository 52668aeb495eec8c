"""The same sweep on a Dask cluster: a real scheduler, several worker processes, one of which is killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.experiments.run import Outcome
from nnstudio.experiments.study import Study
from nnstudio.experiments.sweep import dask_pool
from nnstudio.experiments.sweep.report import TrialState
from nnstudio.experiments.sweep.running import SweepPhase, SweepRun
from nnstudio.experiments.sweep.strategies import SuccessiveHalving
from nnstudio.experiments.sweep.sweep import Axis, Sweep
from tests.session.small import small_dataset, small_study

ROOT = Path(__file__).parents[2]
UNITS, RATE = "layers.1.units", "optimizer.learning_rate"
SECONDS = 90.0
WORKERS = 3
DATA = small_dataset()


def test_a_cluster_without_dask_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = run_of("tcp://127.0.0.1:1", Axis(UNITS, (8,)))
    run.start()
    assert run.join(SECONDS)
    assert run.phase is SweepPhase.FAILED and 'pip install "nnstudio[cluster]"' in run.failure


class Cluster:
    """A scheduler and workers, each a process of its own on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environ = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "True"}
        where = folder / "scheduler.json"
        place = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", where)
        self.scheduler = self._process("scheduler", *place)
        wait_for(where.exists)
        wait_for(lambda: "address" in where.read_text())

        self.address: str = json.loads(where.read_text())["address"]
        self.workers = [self.worker() for _ in range(WORKERS)]

    def worker(self) -> subprocess.Popen[bytes]:
        return self._process("worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny")

    def _process(self, *arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *map(str, arguments)]
        with (self._folder / "log.txt").open("ab") as log:
            return subprocess.Popen(command, env=self._environ, cwd=self._folder, stdout=log, stderr=log)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="distributed is not installed (make test-cluster)")
    with contextlib.closing(Cluster(tmp_path)) as found:
        yield found


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def run_of(address: str, *axes: Axis, study: Study | None = None, **rest: Any) -> SweepRun:
    return SweepRun(Sweep(study or small_study(), axes, **rest), DATA, cluster=address)


def here(run: SweepRun) -> SweepRun:
    """Return the same sweep, trained in processes of this machine."""
    other = SweepRun(run.sweep, DATA, workers=2)
    other.start()
    assert other.join(SECONDS)
    return other


def assert_same(run: SweepRun, other: SweepRun) -> None:
    for one, two in zip(run.reports, other.reports, strict=True):
        assert (one.trial, one.state, one.epoch) == (two.trial, two.state, two.epoch)
        assert one.run is not None and two.run is not None
        assert one.run.last is not None and two.run.last is not None
        np.testing.assert_array_equal(one.run.last.parameters, two.run.last.parameters)
        for ours, theirs in ((one.run.history.steps, two.run.history.steps),):
            kept = [name for name in ours.columns if name != "seconds"]
            for name in kept:
                np.testing.assert_array_equal(ours.column(name), theirs.column(name))


def test_a_cluster_gives_the_bits_of_this_machine(cluster: Cluster) -> None:
    run = run_of(cluster.address, Axis(UNITS, (8, 16)), Axis(RATE, (0.001, 0.01)))
    run.start()
    assert run.join(SECONDS) and run.phase is SweepPhase.FINISHED, run.failure
    assert_same(run, here(run))


def test_no_trial_is_lost_or_counted_twice_when_a_worker_is_killed(cluster: Cluster) -> None:
    study = small_study(epochs=600)
    run = run_of(cluster.address, Axis(UNITS, (8, 16, 24)), Axis(RATE, (0.001, 0.01)), study=study)
    run.start()
    kept = []
    wait_for(lambda: sum(one.state is TrialState.TRAINING and one.epoch > 20 for one in run.reports) >= 2)
    cluster.workers[0].send_signal(signal.SIGKILL)
    while not run.join(0.05):
        kept += run.take_runs()
    kept += run.take_runs()
    assert run.phase is SweepPhase.FINISHED, run.failure
    assert sorted(one.name for one in kept) == sorted(one.trial.name for one in run.reports)
    for one in kept:
        assert one.outcome is Outcome.FINISHED
        assert one.history.steps.column("iteration").tolist() == list(range(1, 6001))
        assert one.history.epochs.column("epoch").tolist() == list(range(1, 601))
    assert_same(run, here(run))


def test_halving_goes_on_with_the_survivors_on_any_worker(cluster: Cluster) -> None:
    strategy = SuccessiveHalving(trials=4, factor=2, least_epochs=1)
    study = small_study(epochs=5)
    run = run_of(cluster.address, Axis(RATE, (1e-4, 1e-3, 1e-2, 1e-1)), study=study, strategy=strategy)
    run.start()
    assert run.join(SECONDS) and run.phase is SweepPhase.FINISHED, run.failure
    assert_same(run, here(run))


def test_pause_and_cancel_reach_the_workers(cluster: Cluster) -> None:
    run = run_of(cluster.address, Axis(UNITS, (8, 16, 24, 32)), study=small_study(epochs=100_000))
    run.start()
    wait_for(lambda: sum(one.epoch > 5 for one in run.reports) >= 2)
    run.pause()
    wait_for(lambda: run.phase is SweepPhase.PAUSED)
    time.sleep(1.0)
    held = [(one.epoch, one.batch) for one in run.reports]
    time.sleep(1.0)
    assert [(one.epoch, one.batch) for one in run.reports] == held
    run.cancel()
    assert run.join(SECONDS) and run.phase is SweepPhase.CANCELLED
    assert {one.state for one in run.reports} == {TrialState.CANCELLED}
    kept = run.take_runs()
    assert len(kept) == WORKERS
    assert all(one.last is not None and len(one.history.steps) == one.last.iteration for one in kept)


def test_a_scheduler_that_goes_away_ends_the_sweep_with_a_sentence(cluster: Cluster) -> None:
    run = run_of(cluster.address, Axis(UNITS, (8, 16)), study=small_study(epochs=100_000))
    run.start()
    wait_for(lambda: any(one.epoch > 5 for one in run.reports))
    cluster.scheduler.kill()
    assert run.join(SECONDS)
    assert run.phase is SweepPhase.FAILED and "is gone" in run.failure


def test_a_cluster_without_workers_is_told_in_a_sentence(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for worker in cluster.workers:
        worker.terminate()
        worker.wait()
    monkeypatch.setattr(dask_pool, "_CONNECT_SECONDS", 2)
    run = run_of(cluster.address, Axis(UNITS, (8,)))
    run.start()
    assert run.join(SECONDS)
    assert run.phase is SweepPhase.FAILED and "has no workers" in run.failure


def test_an_address_without_a_scheduler_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="distributed is not installed (make test-cluster)")
    monkeypatch.setattr(dask_pool, "_CONNECT_SECONDS", 2)
    run = run_of("tcp://127.0.0.1:9", Axis(UNITS, (8,)))
    run.start()
    assert run.join(SECONDS)
    assert run.phase is SweepPhase.FAILED and "Expected a Dask scheduler at tcp://127.0.0.1:9" in run.failure
