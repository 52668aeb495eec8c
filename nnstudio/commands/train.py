"""Train: the verb that trains a network and writes it to a file for Keras."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from nnstudio.commands.opening import open_data, open_source, with_validation
from nnstudio.commands.training import fitted, train_study
from nnstudio.data.dataset import Dataset
from nnstudio.engine.plan import TrainingPlan
from nnstudio.errors import FileError
from nnstudio.experiments.default import default_study
from nnstudio.experiments.study import Study
from nnstudio.formats.atomic import refuse_unwritable
from nnstudio.formats.keras_h5 import ENDINGS, write_model


def run(arguments: argparse.Namespace) -> int:
    """Train what the command line says, then write it."""
    target: Path = arguments.output
    refuse_other_endings(target)
    refuse_unwritable(target)  # now, not after an hour of training
    study, dataset = study_and_data(arguments, sys.stdout)
    write_model(target, train_study(study, dataset))
    print(f"wrote {target}")
    return 0


def refuse_other_endings(target: Path) -> None:
    """Raise FileError where a name is none that Keras opens."""
    if target.suffix not in ENDINGS:
        raise FileError(f"Expected a name ending in .h5, which Keras opens, found {target.name}.")


def study_and_data(arguments: argparse.Namespace, notes: TextIO) -> tuple[Study, Dataset]:
    """Return the study with what the command line changes, and its data; tell ``notes`` what was fitted."""
    if arguments.model:
        source = open_source(arguments.model)
        study = source.study
        dataset = source.data(arguments.data)
    else:
        study = default_study()
        dataset = open_data(arguments.data, study.recipe)
    dataset = with_validation(dataset, arguments.validation)
    design = replace(study.design, input_shape=None)  # nothing is kept that was made for a shape
    if not arguments.model:
        design, changes = fitted(design, dataset)
        for change in changes:
            print(f"fitted to {dataset.name}: {change}", file=notes)
    if arguments.learning_rate is not None:
        design = replace(design, optimizer=replace(design.optimizer, learning_rate=arguments.learning_rate))
    return Study(design, _plan(study.plan, arguments), dataset.recipe), dataset


def _plan(plan: TrainingPlan, arguments: argparse.Namespace) -> TrainingPlan:
    typed = {name: getattr(arguments, name) for name in ("epochs", "batch_size", "seed")}
    return replace(plan, **{name: value for name, value in typed.items() if value is not None})
