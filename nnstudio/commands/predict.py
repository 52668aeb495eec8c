"""Predict: the verb that tells what a model sees in test samples, one line each."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator

from nnstudio.commands.new_rows import predicted_rows, takes_rows
from nnstudio.commands.opening import open_source, tested
from nnstudio.errors import UserError
from nnstudio.experiments.evaluation import NOT_A_NUMBER, Evaluation

Row = tuple[str, ...]


def run(arguments: argparse.Namespace) -> int:
    """Print a header and a line for each sample."""
    if arguments.count < 1:
        raise UserError(f"Expected a count of at least 1, found {arguments.count}.")
    source = open_source(arguments.model)
    model = source.trained()
    if takes_rows(model, arguments.data):
        return _show(predicted_rows(model, arguments.data, arguments.count), arguments.csv)
    dataset = source.data(arguments.data)
    evaluation = tested(model, dataset, arguments.count)
    names = model.class_names or dataset.class_names
    rows = _class_rows(evaluation, names) if dataset.facts.is_classes else _value_rows(evaluation)
    return _show(rows, arguments.csv)


def _show(rows: Iterator[Row], as_csv: bool) -> int:
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
    else:
        _print_table(list(rows))
    return 0


def _class_rows(evaluation: Evaluation, names: tuple[str, ...]) -> Iterator[Row]:
    """Return predicted class, its probability and the actual class of each sample."""
    yield "sample", "predicted", "probability", "actual"
    found = zip(evaluation.predicted, evaluation.sureness, evaluation.actual, strict=True)
    for index, (predicted, sure, actual) in enumerate(found):
        known = evaluation.facts.class_names
        yield str(index), _name(names, int(predicted)), f"{sure:.6f}", _name(known, int(actual))


def _name(names: tuple[str, ...], index: int) -> str:
    if index < 0:
        return NOT_A_NUMBER
    return names[index] if index < len(names) else str(index)


def _value_rows(evaluation: Evaluation) -> Iterator[Row]:
    """Return the predicted and the actual values of each sample."""
    count = evaluation.outputs.shape[-1]
    numbers = range(1, count + 1)
    yield "sample", *(f"predicted_{n}" for n in numbers), *(f"actual_{n}" for n in numbers)
    actual = evaluation.actual.reshape(len(evaluation.outputs), -1)
    for index, (predicted, wanted) in enumerate(zip(evaluation.outputs, actual, strict=True)):
        yield str(index), *(f"{value:.6g}" for value in (*predicted, *wanted))


def _print_table(rows: list[Row]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
