"""Demo: the verb that shows the whole life of a network, from data to a file for Keras, without a window."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from nnstudio import __version__
from nnstudio.commands.opening import tested
from nnstudio.commands.training import train_study
from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.errors import FileError, UserError
from nnstudio.experiments.default import default_study
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.atomic import refuse_unwritable
from nnstudio.formats.keras_files import read_model
from nnstudio.formats.keras_h5 import write_model
from nnstudio.preflight import qt_problems

_MODEL = "mnist.h5"


def run(arguments: argparse.Namespace) -> int:
    """Train, test, export, read back, take pictures; the last two lines are the result and the folder."""
    folder: Path = arguments.output
    _make_folder(folder)
    refuse_unwritable(folder / _MODEL)
    study = _study(arguments.epochs)
    dataset = load(study.recipe)
    _tell_start(study, dataset)
    model = train_study(study, dataset)
    evaluation = tested(model, dataset)
    print(f"test samples: {len(evaluation.outputs):,}, {int(evaluation.right.sum()):,} right")
    _export(folder / _MODEL, model, dataset, evaluation)
    if not arguments.no_pictures:
        _take_pictures(folder)
    print(f"test accuracy: {100 * evaluation.accuracy:.2f} %")
    print(f"the files are in {folder}")
    return 0


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        found = error.strerror or str(error)
        raise FileError(f"{folder} cannot be made: {found}. Name another folder with --output.") from error


def _study(epochs: int | None) -> Study:
    study = default_study()
    return study if epochs is None else replace(study, plan=replace(study.plan, epochs=epochs))


def _tell_start(study: Study, dataset: Dataset) -> None:
    facts = dataset.facts
    print(f"nnstudio {__version__}, a demo without a window")
    print(f"data: {facts.name}, {facts.training_count:,} to train with, {facts.test_count:,} to test with")
    print(f"layers: {', '.join(study.design.names)}", flush=True)


def _export(path: Path, model: TrainedModel, dataset: Dataset, before: Evaluation) -> None:
    """Write the model for Keras, read it back and compare what it predicts."""
    write_model(path, model)
    after = tested(read_model(path), dataset)
    difference = float(np.abs(after.outputs - before.outputs).max())
    print(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB)")
    print(f"read it back: its predictions differ by at most {difference:g}")
    if difference:
        raise FileError(f"{path} predicts something else than what was trained; expected no difference.")


def _take_pictures(folder: Path) -> None:
    """Draw the window without a screen; where Qt cannot run, say why and go on."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problems = qt_problems(os.environ)
    if problems:
        _tell_left_out(*problems)
        return
    sys.stdout.flush()  # Qt writes to the same place by another way
    try:
        from nnstudio.app import take_pictures

        pictures = take_pictures(folder)
    except (ImportError, OSError, UserError) as error:
        _tell_left_out(str(error))
        return
    for picture in pictures:
        print(f"wrote {picture}")


def _tell_left_out(*reasons: str) -> None:
    print("pictures of the window were left out:")
    for reason in reasons:
        print(f"  {reason}")
