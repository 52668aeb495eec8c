"""Labelled: arrays that came from files are checked and become a data set of classes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.files import CHOOSE_OTHER, times, wrong_file
from nnstudio.data.raw import Raw
from nnstudio.task import Task

MOST_CLASSES = 1000


@dataclass(frozen=True, eq=False)
class Labelled:
    """Checked inputs ``x`` (n, *shape), uint8 or float32, and class indices ``y`` (n,), int64."""

    x: Array
    y: IntArray

    def rows(self, rows: IntArray) -> Labelled:
        """Return a copy of some rows, in the order given."""
        return Labelled(self.x[rows], self.y[rows])


def labelled(path: Path, x: Array, y: Array, x_name: str = "images", y_name: str = "labels") -> Labelled:
    """Check arrays that were read from ``path`` and belong together.

    Raises:
        FileError: types, shapes, values or lengths are not those of samples and their classes.
    """
    if len(x) != len(y):
        expected = f"as many {y_name} as {x_name}"
        raise wrong_file(path, expected, f"{len(x):,} {x_name} and {len(y):,} {y_name}", CHOOSE_OTHER)
    return Labelled(_inputs(path, x, x_name), _classes(path, y, y_name))


def class_samples(
    path: Path, name: str, training: Labelled, test: Labelled | None = None, notes: str = ""
) -> Raw:
    """Return checked samples whose classes are named after their indices.

    Raises:
        FileError: the parts do not belong together, or there is nothing to tell apart.
    """
    if test is not None and training.x.shape[1:] != test.x.shape[1:]:
        found = f"{times(training.x.shape[1:])} and {times(test.x.shape[1:])}"
        raise wrong_file(path, "training and test samples of one shape", found, CHOOSE_OTHER)
    classes = 1 + max(int(part.y.max()) for part in (training, test) if part is not None)
    if classes < 2:
        raise wrong_file(path, "labels of two classes or more", "no label but 0", CHOOSE_OTHER)
    return Raw(
        name=name,
        task=Task.TWO_CLASSES if classes == 2 else Task.MANY_CLASSES,
        x=training.x,
        y=training.y,
        class_names=tuple(map(str, range(classes))),
        x_test=None if test is None else test.x,
        y_test=None if test is None else test.y,
        notes=notes,
    )


def _inputs(path: Path, x: Array, name: str) -> Array:
    """Return ``x`` as uint8 where its values allow it, else as float32; contiguous, as gathering wants it."""
    if not 2 <= x.ndim <= 4:
        raise wrong_file(path, f"{name} of 1 to 3 dimensions each", f"the shape {x.shape}", CHOOSE_OTHER)
    if x.dtype.kind == "f":
        with np.errstate(over="ignore"):
            x = np.ascontiguousarray(x, dtype=np.float32)
        if not np.isfinite(x).all():
            raise wrong_file(path, f"finite numbers in {name}", "missing or endless ones", CHOOSE_OTHER)
        return x
    if x.dtype != np.uint8 and not 0 <= int(x.min()) <= int(x.max()) <= 255:
        return np.ascontiguousarray(x, dtype=np.float32)
    return np.ascontiguousarray(x, dtype=np.uint8)


def _classes(path: Path, y: Array, name: str) -> IntArray:
    """Return ``y`` (n,) or (n, 1) as int64 class indices (n,)."""
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if y.ndim != 1:
        advice = f"Where each row marks its class with a 1, save numpy.argmax({name}, axis=1) instead."
        raise wrong_file(path, f"one class index per sample in {name}", f"the shape {y.shape}", advice)
    if y.dtype.kind not in "biu":
        advice = f"Save {name} as whole numbers, such as uint8."
        raise wrong_file(path, f"class indices in {name}", f"numbers of type {y.dtype}", advice)
    low, high = int(y.min()), int(y.max())
    if low < 0 or high >= MOST_CLASSES:
        advice = "Number the classes from 0."
        raise wrong_file(path, f"{name} from 0 to {MOST_CLASSES - 1}", f"{low} to {high}", advice)
    return y.astype(np.int64)
