"""Guess: what the outputs for one sample say of its class, in numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.confusion import percent
from nnstudio.experiments.evaluation import Evaluation

Array = npt.NDArray[Any]

_SURE = 0.5
_NEARLY_ALL = 0.995  # what would be rounded to a certainty that no network has
_TOP = 3  # the best and two others are told in words
_ALSO = 0.05  # a second class below this share is not worth a word


@dataclass(frozen=True, eq=False)
class Guess:
    """The share of each class, (classes,), and what a person reads of it.

    ``scores`` tells that the outputs are no probabilities, as of a network without softmax. Above a
    ``threshold`` that a person chose, the second of two classes is meant.
    """

    shares: Array
    names: Sequence[str]
    scores: bool = False
    threshold: float | None = None

    @property
    def best(self) -> int:
        """The class that is meant: that with the largest share, but for a threshold."""
        if self.threshold is not None:
            return int(self.shares[-1] > self.threshold)
        return int(self.shares.argmax())

    @property
    def name(self) -> str:
        """The name of the best class."""
        return self.names[self.best]

    @property
    def certainty(self) -> str:
        """How sure the network is: "84 % sure"."""
        share = float(self.shares[self.best])
        if self.scores:
            return f"Output {number(share)}"
        if share < _SURE:
            return "not sure"
        return f"{percent(share, 0)} sure" if share < _NEARLY_ALL else "over 99 % sure"

    @property
    def doubt(self) -> str:
        """What else it could be: "could also be a 9 or a 4"; "" where nothing else comes near."""
        if self.scores:
            return "no probability: the network has no softmax"
        share = float(self.shares[self.best])
        if self.best != int(self.shares.argmax()):
            return f"{percent(share, 0)}: by the threshold of {self.threshold:.4g}"
        others = [int(i) for i in np.argsort(-self.shares, kind="stable")[1:_TOP]]
        near = [with_article(self.names[i]) for i in others if self.shares[i] >= _ALSO]
        also = f"could also be {' or '.join(near)}" if near else ""
        if share < _SURE:
            return f"{percent(share, 0)}, {also}"
        return also

    def figure(self, index: int) -> str:
        """Return the share of one class as text."""
        share = float(self.shares[index])
        return number(share) if self.scores else percent(share, 1)


def guess_of(
    outputs: Array, names: Sequence[str], boundary: float = 0.5, threshold: float | None = None
) -> Guess | None:
    """Return what ``outputs`` (outputs,) say; None where they are not numbers or do not fit the classes.

    One output speaks for the second of two classes where it is above ``boundary``: 0.5 for a probability.
    A ``threshold`` that a person chose takes its place for two classes.
    """
    shares = _shares_of(outputs, boundary)
    if len(shares) != len(names) or len(shares) < 2 or not np.isfinite(shares).all():
        return None
    scores = bool(shares.min() < 0 or shares.max() > 1.001)
    return Guess(shares, names, scores, threshold if len(names) == 2 else None)


def guess_at(evaluation: Evaluation, sample: int) -> Guess | None:
    """Return what an evaluation says of one sample, by its threshold."""
    outputs = evaluation.outputs[sample].reshape(-1)
    return guess_of(outputs, evaluation.facts.class_names, evaluation.boundary, evaluation.threshold)


def _shares_of(outputs: Array, boundary: float) -> Array:
    """Return one share per class, (classes,), from ``outputs`` (outputs,)."""
    if len(outputs) == 1:
        return np.array([2.0 * boundary - outputs[0], outputs[0]])
    return outputs


def with_article(name: str) -> str:
    """Return "a 4", "an 8"; a class that is called by a word stays as it is."""
    if not name.isdigit():
        return name
    return f"{'an' if name.startswith('8') or name in ('11', '18') else 'a'} {name}"


def number(value: float) -> str:
    """Return a plain number with a true minus sign."""
    return f"{value:.2f}".replace("-", "\u2212")
