"""Evaluate: the verb that tells how right a model is on the test samples."""

from __future__ import annotations

import argparse

from nnstudio.commands.opening import open_source
from nnstudio.commands.progress_line import value_words
from nnstudio.engine.training import evaluate
from nnstudio.experiments.evaluation import refuse_misfits


def run(arguments: argparse.Namespace) -> int:
    """Print the loss and the metrics, by Keras' names."""
    source = open_source(arguments.model)
    model = source.trained()
    dataset = source.data(arguments.data)
    refuse_misfits(model.snapshot, dataset.test, dataset.facts)
    print(f"{arguments.model.name} on {dataset.name}: {len(dataset.test):,} test samples")
    values = evaluate(model.snapshot.predictor(), dataset.test)
    for name, value in values.items():
        print(f"test {name}: {value_words(name, value)}")
    return 0
