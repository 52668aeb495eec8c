"""Tests of ``nnstudio sweep``: what can be varied, the table, the best network, mistakes, Ctrl+C."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nnstudio.commands.options import STRATEGY_NAMES
from nnstudio.commands.sweep import STRATEGIES
from nnstudio.experiments.default import default_study
from nnstudio.experiments.sweep.strategies import STRATEGIES as KINDS
from nnstudio.experiments.sweep.sweepable import settings_to_sweep
from nnstudio.formats.keras_h5 import read_model
from tests.test_cli import assert_no_qt, nnstudio

SMALL = ("--set", "layers.hidden_1.units=8,16", "--epochs", 2)


def test_what_can_be_varied_is_listed() -> None:
    done = nnstudio("sweep", "--list")
    assert done.status == 0, done.errors
    paths = [line.split()[0] for line in done.lines[1:]]
    assert paths == [one.path for one in settings_to_sweep(default_study())]
    assert_no_qt(done)


def test_a_sweep_prints_all_trials_and_writes_the_best(tmp_path: Path) -> None:
    best = tmp_path / "best.h5"
    rates = ("--set", "optimizer.learning_rate=1e-3,1e-2")
    done = nnstudio("sweep", *SMALL, *rates, "--best-by", "val_accuracy", "--output", best)
    assert done.status == 0, done.errors
    assert done.lines[0].split("  ")[0] == "Trial" and len(done.lines) == 5
    shares = [float(line.split(" %")[0].split()[-1]) for line in done.lines[1:]]
    assert shares == sorted(shares, reverse=True)
    _, units, rate = done.lines[1].split()[:3]
    design = read_model(best).design
    assert (str(design.layers[1].units), design.optimizer.learning_rate) == (units, float(rate))  # type: ignore[attr-defined]
    assert "4/4" in done.errors
    assert_no_qt(done)


def test_a_table_for_other_programs_is_all_that_is_printed() -> None:
    done = nnstudio("sweep", *SMALL, "--csv", "--strategy", "halving", "--trials", 2, "--draw-seed", 3)
    assert done.status == 0, done.errors
    rows = list(csv.DictReader(done.lines))
    assert sorted(row["layers.1.units"] for row in rows) == ["16", "8"]
    assert sorted(row["state"] for row in rows) == ["dropped", "finished"]


def test_every_strategy_has_a_name() -> None:
    assert tuple(STRATEGIES) == STRATEGY_NAMES
    assert set(STRATEGIES.values()) == set(KINDS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Say what to vary"),
        (("--set", "plan.epochs"), "Expected a setting and its values"),
        (("--set", "plan.epochz=1,2"), "Did you mean plan.epochs"),
        (("--set", "plan.epochs=many"), "Expected a whole number"),
        (("--set", "plan.seed=1,2", "--trials", 3), "--trials is not for --strategy grid"),
        (("--set", "plan.seed=1,2", "--strategy", "random", "--factor", 3), "--factor is not for"),
        (("--set", "plan.seed=1,2", "--best-by", "luck"), "not by luck"),
        (("--set", "plan.seed=1,2", "--output", "best.txt"), "ending in .h5"),
        (("--set", "plan.seed=1,2", "--workers", -1), "at least 1"),
    ],
)
def test_mistakes_are_told_in_a_sentence(
    arguments: tuple[object, ...], sentence: str, tmp_path: Path
) -> None:
    done = nnstudio("sweep", *arguments, cwd=tmp_path)
    assert done.status == 2 and sentence in done.errors, done.errors
    assert list(tmp_path.iterdir()) == []


def test_where_no_trial_can_be_trained_the_table_says_why() -> None:
    done = nnstudio("sweep", "--set", "layers.output.units=3,4", "--epochs", 1)
    assert done.status == 1
    assert all("10 classes" in line for line in done.lines[1:]) and len(done.lines) == 3


def test_control_c_prints_what_is_finished(tmp_path: Path) -> None:
    """The signal goes to the workers too, as that of a terminal does."""
    varied = ("--set", "plan.epochs=1,1000,2000", "--set", "layers.hidden_1.units=8")
    command = [sys.executable, "-m", "nnstudio", "sweep", *varied, "--workers", "2"]
    here = Path(__file__).parents[1]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=here,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as process:
        assert process.stderr is not None
        assert any(line.startswith("1/3") for line in iter(process.stderr.readline, ""))
        os.killpg(process.pid, signal.SIGINT)
        printed, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert sum(line.endswith("finished") for line in printed.splitlines()) == 1
    assert sum(line.endswith("cancelled") for line in printed.splitlines()) == 2
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
