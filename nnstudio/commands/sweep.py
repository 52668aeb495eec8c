"""Sweep: the verb that trains one study with many settings, and tells which suit it best."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nnstudio.commands.summary import aligned
from nnstudio.commands.sweep_line import SweepLine
from nnstudio.commands.train import refuse_other_endings, study_and_data
from nnstudio.data.dataset import Dataset
from nnstudio.engine.fit_words import count_words
from nnstudio.errors import UserError
from nnstudio.experiments.study import Study
from nnstudio.experiments.sweep.reading import read_values
from nnstudio.experiments.sweep.report import TrialReport, best_of
from nnstudio.experiments.sweep.running import SweepPhase, SweepRun
from nnstudio.experiments.sweep.strategies import Grid, RandomSearch, Strategy, SuccessiveHalving
from nnstudio.experiments.sweep.sweep import Axis, Sweep
from nnstudio.experiments.sweep.sweepable import find_setting, settings_to_sweep
from nnstudio.experiments.sweep.table import head_of, number_columns, rows_of, sweep_csv
from nnstudio.formats.atomic import refuse_unwritable
from nnstudio.formats.keras_h5 import write_model
from nnstudio.settings import settings_of

STRATEGIES: dict[str, type[Strategy]] = {"grid": Grid, "random": RandomSearch, "halving": SuccessiveHalving}
_LOOK_SECONDS = 0.2
_END_SECONDS = 60.0
_INTERRUPTED = 130  # what shells expect of a program that ended by Ctrl+C


def run(arguments: argparse.Namespace) -> int:
    """Train all trials, print them with the best one first, and write that one."""
    target: Path | None = arguments.output
    if target is not None:
        refuse_other_endings(target)
        refuse_unwritable(target)
    study, dataset = study_and_data(arguments, sys.stderr)
    if arguments.list:
        return _list(study)
    sweep = sweep_of(study, arguments)
    done = SweepRun(sweep, dataset, workers=arguments.workers or 0, cluster=arguments.cluster)
    _tell_start(done, dataset)
    interrupted = _wait(done)
    if done.phase is SweepPhase.FAILED:
        raise UserError(done.failure)
    best = best_of(done.reports, sweep.compared_by)
    _print(sweep, done.reports, csv=arguments.csv)
    if best is not None and target is not None:
        _write(target, best)
    if interrupted:
        return _INTERRUPTED
    return 0 if best is not None else 1


def sweep_of(study: Study, arguments: argparse.Namespace) -> Sweep:
    """Return what the command line asks for.

    Raises:
        UserError: a setting, a value or an option is none that there is.
    """
    if arguments.workers is not None and arguments.workers < 1:
        raise UserError(f"Expected at least 1 training at once, found --workers {arguments.workers}.")
    if not arguments.set:
        raise UserError('Say what to vary, such as --set "plan.batch_size=32,64"; --list lists what can be.')
    axes = tuple(_axis(study, text) for text in arguments.set)
    return Sweep(study, axes, _strategy(arguments), arguments.best_by or "")


def _axis(study: Study, text: str) -> Axis:
    path, sign, values = text.partition("=")
    if not sign:
        raise UserError(f'Expected a setting and its values, such as "plan.batch_size=32,64", found {text}.')
    setting = find_setting(study, path.strip())
    return Axis(setting.path, read_values(values, setting))


def _strategy(arguments: argparse.Namespace) -> Strategy:
    """Return the strategy with the settings that were typed."""
    kind = STRATEGIES[arguments.strategy]
    names = ("trials", "factor", "least_epochs", "draw_seed")
    typed = {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}
    if "draw_seed" in typed:
        typed["seed"] = typed.pop("draw_seed")
    known = {declared.name for declared in settings_of(kind)}
    for name in typed:
        if name not in known:
            option = "draw-seed" if name == "seed" else name.replace("_", "-")
            raise UserError(f"--{option} is not for --strategy {arguments.strategy}.")
    return kind(**typed)


def _list(study: Study) -> int:
    rows = [("Setting", "Now", "What it is")]
    rows += [(one.path, one.words, f"{one.title}. {one.declared.help}") for one in settings_to_sweep(study)]
    for line in aligned(rows, numbers=set()):
        print(line)
    return 0


def _tell_start(done: SweepRun, dataset: Dataset) -> None:
    crew = f"{count_words(done.workers, 'trial')} at once"
    where = f"on the cluster at {done.cluster}" if done.cluster else crew
    trials = count_words(done.sweep.count, "trial")
    print(f"sweep on {dataset.name}: {trials}, {where}", file=sys.stderr, flush=True)


def _wait(done: SweepRun) -> bool:
    """Wait for the end and show how it goes; return whether a person ended it."""
    line, interrupted = SweepLine(done), False
    done.start()
    try:
        while not done.join(_LOOK_SECONDS):
            line.show()
    except KeyboardInterrupt:
        interrupted = True
        done.cancel()
        done.join(_END_SECONDS)
    line.end()
    return interrupted


def _print(sweep: Sweep, reports: tuple[TrialReport, ...], *, csv: bool) -> None:
    if csv:
        print(sweep_csv(sweep, reports), end="")
        return
    for row in aligned([head_of(sweep), *rows_of(sweep, reports)], number_columns(sweep)):
        print(row)


def _write(target: Path, best: TrialReport) -> None:
    """Write the weights of the best epoch of the best trial."""
    run = best.run
    model = run.model(run.timeline.best) if run is not None else None
    if model is not None:
        write_model(target, model)
        print(f"wrote {target}: {best.trial.name}", file=sys.stderr)
