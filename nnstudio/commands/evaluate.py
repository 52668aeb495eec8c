"""Evaluate: the verb that tells how right a model is on the test samples."""

from __future__ import annotations

import argparse

from nnstudio.commands.opening import open_data, open_model, tested
from nnstudio.commands.progress_line import value_words
from nnstudio.engine.training import batch_values


def run(arguments: argparse.Namespace) -> int:
    """Print the loss and the metrics, by Keras' names."""
    model = open_model(arguments.model)
    dataset = open_data(arguments.data, model.study.recipe)
    evaluation = tested(model, dataset)
    print(f"{arguments.model.name} on {dataset.name}: {len(evaluation.outputs):,} test samples")
    values = batch_values(model.study.design, evaluation.actual, evaluation.outputs)
    for name, value in values.items():
        print(f"test {name}: {value_words(name, value)}")
    return 0
