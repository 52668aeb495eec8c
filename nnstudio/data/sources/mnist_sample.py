"""MnistSample: the digits that ship with nnstudio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.data.labelled import class_samples, labelled
from nnstudio.data.npz import read_npz
from nnstudio.data.raw import Raw
from nnstudio.data.source import Source
from nnstudio.data.splits import hold_out
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.paths import resource

_NOTES = "5,000 of MNIST's 60,000 training images; the last 100 of each digit test."
_TEST_PART = 5  # there are 500 of each digit: a fifth of a class is 100


@dataclass(frozen=True)
class MnistSample(Source):
    """4,000 digits to train with, 100 of each class to test with."""

    title: ClassVar[str] = "MNIST sample"
    summary: ClassVar[str] = "5,000 digits, built in"

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        path = resource("data", "mnist_sample.npz")
        arrays = read_npz(path, ("x", "y"))
        digits = labelled(path, arrays["x"], arrays["y"])
        training, test = hold_out(digits.y, _TEST_PART)
        return class_samples(path, self.title, digits.rows(training), digits.rows(test), _NOTES)
