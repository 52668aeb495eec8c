"""Evaluate: the verb that tells how right a model is on the test samples, or on the rows of another table."""

from __future__ import annotations

import argparse
from pathlib import Path

from nnstudio.commands.new_rows import rows_that_score, takes_rows
from nnstudio.commands.opening import Named, open_source
from nnstudio.commands.progress_line import value_words
from nnstudio.data.dataset import Samples
from nnstudio.engine.training import evaluate
from nnstudio.experiments.evaluation import refuse_misfits


def run(arguments: argparse.Namespace) -> int:
    """Print the loss and the metrics, by Keras' names."""
    source = open_source(arguments.model)
    samples, words = _samples(source, arguments.data)
    print(f"{arguments.model.name} on {words}")
    values = evaluate(source.trained().snapshot.predictor(), samples)
    for name, value in values.items():
        print(f"test {name}: {value_words(name, value)}")
    return 0


def _samples(source: Named, path: Path | None) -> tuple[Samples, str]:
    """Return what to evaluate, and in words what it is."""
    model = source.trained()
    if path is not None and takes_rows(model, path):
        found = rows_that_score(model, path)
        left_out = f"; {found.left_out:,} with gaps are left out" if found.left_out else ""
        return found.samples, f"{path.name}: {len(found.samples):,} rows{left_out}"
    dataset = source.data(path)
    refuse_misfits(model.snapshot, dataset.test, dataset.facts)
    return dataset.test, f"{dataset.name}: {len(dataset.test):,} test samples"
