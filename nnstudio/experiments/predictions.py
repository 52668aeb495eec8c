"""Predictions: what a network says of samples, as the columns of a table to read, sort and save."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.metrics import predicted_classes
from nnstudio.experiments.evaluation import NOT_A_NUMBER, Evaluation
from nnstudio.task import DataFacts

Array = npt.NDArray[Any]

MOST_PROBABILITIES = 24
_DIGITS, _EXACT_DIGITS = 3, 9


@dataclass(frozen=True, eq=False)
class PredictedColumn:
    """A column: numbers (n,), or indices of ``names``; ``share`` tells that they are probabilities."""

    name: str
    values: Array
    names: tuple[str, ...] = ()
    share: bool = False

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers that mean something."""
        return not self.names

    def text(self, row: int) -> str:
        """Return a value as a person reads it."""
        value = self.values[row]
        if self.names:
            return self.names[int(value)]
        text = f"{value:.{_DIGITS}f}" if self.share else f"{value:.5g}"
        return text.replace("-", "\N{MINUS SIGN}")

    def exact(self, row: int) -> str:
        """Return a value for another program."""
        return self.names[int(self.values[row])] if self.names else f"{self.values[row]:.{_EXACT_DIGITS}g}"


@dataclass(frozen=True)
class Outputs:
    """What the outputs (n, outputs) of a network mean."""

    facts: DataFacts
    target_names: tuple[str, ...] = ()
    boundary: float = 0.5
    most: int = MOST_PROBABILITIES

    def columns(
        self, outputs: Array, actual: Array | None = None, predicted: Array | None = None
    ) -> tuple[PredictedColumn, ...]:
        """Return predicted and, where they are known, actual classes or values, and all probabilities.

        ``predicted`` are the classes where they are not those that the outputs alone name.
        """
        if not self.facts.is_classes:
            return tuple(self._values(outputs, actual))
        if predicted is None:
            predicted = predicted_classes(outputs, self.boundary)
        return tuple(self._classes(outputs, actual, predicted))

    def _classes(self, outputs: Array, actual: Array | None, predicted: Array) -> Iterator[PredictedColumn]:
        names = self.facts.class_names
        readable = np.isfinite(outputs).all(axis=1)
        predicted = np.where(readable, predicted, len(names))
        yield PredictedColumn("Predicted", predicted, names if readable.all() else (*names, NOT_A_NUMBER))
        if actual is not None:
            yield PredictedColumn("Actual", actual, names)
        shares = class_shares(outputs, self.boundary)
        for index in range(min(shares.shape[1], self.most)):
            yield PredictedColumn(f"P({names[index]})", shares[:, index], share=True)

    def _values(self, outputs: Array, actual: Array | None) -> Iterator[PredictedColumn]:
        count = outputs.shape[-1]
        for index in range(count):
            of = f" {self._target(index)}" if count > 1 else ""
            predicted = outputs[:, index]
            yield PredictedColumn(f"Predicted{of}", predicted)
            if actual is not None:
                y = actual.reshape(len(actual), -1)[:, index]
                yield PredictedColumn(f"Actual{of}", y)
                yield PredictedColumn(f"Error{of}", predicted - y)

    def _target(self, index: int) -> str:
        return self.target_names[index] if index < len(self.target_names) else str(index + 1)


def class_shares(outputs: Array, boundary: float = 0.5) -> Array:
    """Return one share per class, (n, classes); one output speaks for the second of two classes."""
    if outputs.shape[-1] > 1:
        return outputs
    return np.concatenate((2.0 * boundary - outputs, outputs), axis=1)


def columns_of(
    evaluation: Evaluation, target_names: Sequence[str] = (), most: int = MOST_PROBABILITIES
) -> tuple[PredictedColumn, ...]:
    """Return the columns of an evaluation, with ``most`` probabilities at most."""
    meaning = Outputs(evaluation.facts, tuple(target_names), evaluation.boundary, most)
    is_classes = evaluation.facts.is_classes
    outputs = evaluation.outputs.reshape(len(evaluation.outputs), -1)
    actual = evaluation.actual_classes if is_classes else evaluation.actual
    return meaning.columns(outputs, actual, evaluation.predicted if is_classes else None)


def whole_table(
    evaluation: Evaluation, numbers: Array, target_names: Sequence[str] = (), files: tuple[str, ...] = ()
) -> tuple[PredictedColumn, ...]:
    """Return everything that an evaluation says, each sample by its row in the data, 1 for the first.

    ``numbers`` (samples,) are those rows, counted from 0; ``files`` name each sample where they are known.
    """
    count = evaluation.outputs.reshape(len(evaluation.outputs), -1).shape[1]
    columns = columns_of(evaluation, target_names, max(count, evaluation.facts.classes))
    file = (PredictedColumn("File", np.arange(len(files)), files),) if files else ()
    return PredictedColumn("Row", numbers + 1), *file, *columns, PredictedColumn("Loss", evaluation.losses)


def whole_arrays(evaluation: Evaluation, numbers: Array, files: tuple[str, ...] = ()) -> dict[str, Array]:
    """Return the same as arrays: the outputs as the network gives them, classes as their numbers."""
    arrays = {
        "row": numbers + 1,
        "outputs": evaluation.outputs,
        "actual": evaluation.actual,
        "loss": evaluation.losses,
        "set": np.array(evaluation.set_name),
    }
    if files:
        arrays["file_name"] = np.array(files)
    if evaluation.facts.is_classes:
        arrays["predicted"] = np.asarray(evaluation.predicted)
        arrays["class_names"] = np.array(evaluation.facts.class_names)
    return arrays
