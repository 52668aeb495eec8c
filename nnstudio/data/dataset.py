"""Dataset: samples to learn from, samples to test with, and the facts about them."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnstudio.data.arrays import Array, Bytes, IntArray
from nnstudio.data.columns import Column
from nnstudio.data.raw import Records
from nnstudio.data.recipe import Recipe
from nnstudio.data.scaler import PLAIN, Scaler
from nnstudio.errors import DataError
from nnstudio.task import DataFacts, Shape

_LOOKED_AT = 64  # samples are enough to see what all are
_DARK = 32  # of 255: what scanners make of black paper


@dataclass(frozen=True, eq=False)
class Samples:
    """Raw inputs and targets, prepared row by row when they are asked for.

    ``x`` is (n, *shape), uint8 or float32; ``y`` is int64 class indices (n,) or float32 values
    (n, outputs). Nothing here changes and no buffer is kept, so any number of threads may read at once.
    Both may be larger than the memory, as files that `numpy.memmap` opened: only the rows asked for are read.
    ``numbers`` (n,) are the rows of the source that the samples were; None where they stand in its order.
    ``names`` say what each of them is called there, such as its file; empty where it has no name.
    """

    x: Array
    y: Array
    scaler: Scaler = PLAIN
    numbers: IntArray | None = None
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.x)

    @property
    def shape(self) -> Shape:
        """The shape of one sample."""
        return self.x.shape[1:]

    @property
    def images(self) -> bool:
        """Whether a sample can be shown as a picture: (height, width), or that with 1 or 3 channels."""
        return self.x.ndim == 3 or (self.x.ndim == 4 and self.x.shape[3] in (1, 3))

    @cached_property
    def inked(self) -> bool:
        """Whether samples are ink, bright on a ground of 0, as digits are, and no photographs."""
        if not self.images or not len(self) or self.x.shape[3:] == (3,):
            return False
        shown = [self.picture(index) for index in range(0, len(self), max(1, len(self) // _LOOKED_AT))]
        borders = [np.concatenate((one[0], one[-1], one[:, 0], one[:, -1])) for one in shown]
        return bool(np.median(np.concatenate(borders)) < _DARK)

    def x_rows(self, rows: IntArray, out: Array) -> Array:
        """Fill the first ``len(rows)`` rows of ``out`` (float32 or float64) with prepared inputs.

        Return these rows of ``out``, a view (len(rows), *shape).
        """
        view = out[: len(rows)]
        raw = self._block(rows)
        if raw is None:
            raw = _gathered(self.x, rows, view if self.x.dtype == out.dtype else None)
        self.scaler.apply_into(raw, view)
        return view

    def y_rows(self, rows: IntArray) -> Array:
        """Return the targets of ``rows``, (len(rows),) or (len(rows), outputs)."""
        return _gathered(self.y, rows)

    def part(self, start: int, stop: int) -> Samples:
        """Return samples ``start`` to ``stop`` as a view."""
        numbers = None if self.numbers is None else self.numbers[start:stop]
        names = self.names[start:stop]
        return dataclasses.replace(
            self, x=self.x[start:stop], y=self.y[start:stop], numbers=numbers, names=names
        )

    def number(self, index: int) -> int:
        """Return which row of the source a sample was."""
        return index if self.numbers is None else int(self.numbers[index])

    def name(self, index: int) -> str:
        """Return what a sample is called where it comes from; "" where it has no name."""
        return self.names[index] if index < len(self.names) else ""

    def picture(self, index: int) -> Bytes:
        """Return a sample as it came, as a uint8 image (height, width) or (height, width, 3)."""
        raw: Array = self.x[index]
        if raw.ndim == 3 and raw.shape[2] == 1:
            raw = raw[:, :, 0]
        if raw.dtype == np.uint8:
            return raw
        brightness = raw * 255.0 if raw.max() <= 1 else raw
        return np.clip(np.rint(brightness), 0, 255).astype(np.uint8)

    def _block(self, rows: IntArray) -> Array | None:
        """Return the raw inputs of ``rows`` without a copy where they follow each other, else None."""
        count = len(rows)
        if count == 0 or int(rows[-1]) - int(rows[0]) != count - 1 or (np.diff(rows) != 1).any():
            return None
        first = int(rows[0])
        return self.x[first : first + count] if 0 <= first <= len(self.x) - count else None


def _gathered(array: Array, rows: IntArray, out: Array | None = None) -> Array:
    """Return some rows of ``array``, in ``out`` where that is given."""
    if array.flags.c_contiguous and array.flags.aligned:
        return array.take(rows, 0, out, "clip")
    # Here `take` would copy the whole array first, which may be a file larger than the memory.
    if out is None:
        return array[rows]
    out[...] = array[rows]
    return out


@dataclass(frozen=True, eq=False)
class Dataset:
    """What a recipe makes: samples for training and for testing, and what is known of them.

    The tail of ``training`` is a fair sample of all of it, so that validating on it is fair as well.
    ``validation`` are samples of a file of their own, which validate instead; None where there is none.
    ``columns`` say what the inputs are and fill their gaps, where they came from a table; ``records`` are the
    rows as they stand in its file, ``test_records`` those in the file that the samples for testing came from.
    """

    recipe: Recipe
    training: Samples
    test: Samples
    facts: DataFacts
    notes: str = ""
    columns: tuple[Column, ...] = ()
    target_names: tuple[str, ...] = ()
    records: Records | None = None
    test_records: Records | None = None
    validation: Samples | None = None

    @property
    def name(self) -> str:
        """What a person calls the data."""
        return self.facts.name

    @property
    def class_names(self) -> tuple[str, ...]:
        """The name of each class index; empty in a regression."""
        return self.facts.class_names

    @property
    def scaler(self) -> Scaler:
        """How all samples are scaled, fitted to the training part."""
        return self.training.scaler

    @property
    def input_names(self) -> tuple[str, ...]:
        """What the inputs of a table are called; empty where they have no names."""
        return tuple(name for column in self.columns for name in column.input_names)

    def scaled(self, scaling: str) -> Dataset:
        """Return the same samples, scaled another way; nothing is copied."""
        preparation = dataclasses.replace(self.recipe.preparation, scaling=scaling)
        scaler = preparation.fitted(self.training.x, self.columns)
        apart = self.validation
        return dataclasses.replace(
            self,
            recipe=dataclasses.replace(self.recipe, preparation=preparation),
            training=dataclasses.replace(self.training, scaler=scaler),
            test=dataclasses.replace(self.test, scaler=scaler),
            validation=None if apart is None else dataclasses.replace(apart, scaler=scaler),
        )

    def split(self, validation_split: float) -> tuple[Samples, Samples | None]:
        """Return training samples and, off their tail, a share ``validation_split`` to validate, as in Keras.

        Where a file of its own validates, that does, and all others train.

        Raises:
            DataError: no sample would be left to train with.
        """
        if self.validation is not None:
            return self.training, self.validation
        count = len(self.training)
        cut = int(math.floor(count * (1.0 - validation_split)))
        if not 0 < cut <= count:
            raise DataError(
                f"Expected a validation share that leaves samples to train with, found {validation_split:g} "
                f"of {count:,} samples. Choose a share of 0 to below 1, such as 0.2."
            )
        if cut == count:
            return self.training, None
        return self.training.part(0, cut), self.training.part(cut, count)
