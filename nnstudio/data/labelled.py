"""Labelled: arrays that came from files are checked and become a data set, of classes or of values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.files import CHOOSE_OTHER, LIMIT_BYTES, times, wrong_file
from nnstudio.data.raw import Raw
from nnstudio.data.target_classes import as_classes, as_values, as_whole
from nnstudio.data.targets import Encoding, OddLabelsError, Targets, read_targets
from nnstudio.task import Task

AUTOMATIC, CLASSES, VALUES = MEANINGS = ("as they look", "classes", "values")
_CHUNK_BYTES = 2**24


@dataclass(frozen=True, eq=False)
class Labelled:
    """Checked inputs ``x`` (n, *shape), uint8 or float32, and what their labels say."""

    x: Array
    targets: Targets

    @property
    def y(self) -> Array:
        """The labels: class indices (n,) where they were written so."""
        return self.targets.y

    def rows(self, rows: IntArray) -> Labelled:
        """Return a copy of some rows, in the order given."""
        return Labelled(self.x[rows], replace(self.targets, y=self.targets.y[rows]))


def labelled(path: Path, x: Array, y: Array, x_name: str = "images", y_name: str = "labels") -> Labelled:
    """Check arrays that were read from ``path`` and belong together.

    Raises:
        FileError: types, shapes, values or lengths are not those of samples and their labels.
    """
    if len(x) != len(y):
        expected = f"as many {y_name} as {x_name}"
        raise wrong_file(path, expected, f"{len(x):,} {x_name} and {len(y):,} {y_name}", CHOOSE_OTHER)
    with _told_of(path):
        return Labelled(_inputs(path, x, x_name), read_targets(y_name, y))


def class_samples(
    path: Path, name: str, training: Labelled, test: Labelled | None = None, notes: str = ""
) -> Raw:
    """Return checked samples whose labels are classes; FileError as in `raw_samples`."""
    return raw_samples(path, name, [training] if test is None else [training, test], notes, CLASSES)


def raw_samples(
    path: Path, name: str, parts: Sequence[Labelled], notes: str = "", meaning: str = AUTOMATIC
) -> Raw:
    """Return checked samples to train with, and to test with where there are two ``parts``.

    ``meaning`` is one of `MEANINGS` and says what the labels are.

    Raises:
        FileError: the parts do not belong together, or there is nothing to tell apart.
    """
    shapes = {part.x.shape[1:] for part in parts}
    if len(shapes) > 1:
        found = " and ".join(times(part.x.shape[1:]) for part in parts)
        raise wrong_file(path, "training and test samples of one shape", found, CHOOSE_OTHER)
    values = any(part.targets.encoding is Encoding.VALUES for part in parts)
    with _told_of(path):
        if meaning == VALUES or (meaning == AUTOMATIC and values):
            return _raw(name, Task.REGRESSION, parts, as_values([part.targets for part in parts]), notes)
        classes = as_classes([as_whole(part.targets) for part in parts])
    if len(classes.names) < 2:
        found = f"no label but {classes.names[0]}"
        raise wrong_file(path, "labels of two classes or more", found, CHOOSE_OTHER)
    task = Task.TWO_CLASSES if len(classes.names) == 2 else Task.MANY_CLASSES
    notes = " ".join(filter(None, (notes, *classes.notes)))
    return replace(_raw(name, task, parts, classes.parts, notes), class_names=classes.names)


def _raw(name: str, task: Task, parts: Sequence[Labelled], y: Sequence[Array], notes: str) -> Raw:
    """Return the parts with inputs of one type: float32 where one of them is."""
    x = [part.x for part in parts]
    if len({one.dtype for one in x}) > 1:
        x = [one.astype(np.float32, copy=False) for one in x]
    tests = len(parts) > 1
    x_test, y_test = (x[1], y[1]) if tests else (None, None)
    return Raw(name, task, x[0], y[0], x_test=x_test, y_test=y_test, notes=notes)


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Turn what is odd about labels into a sentence about their file."""
    try:
        yield
    except OddLabelsError as error:
        raise wrong_file(path, error.expected, error.found, error.advice) from error


def _inputs(path: Path, x: Array, name: str) -> Array:
    """Return ``x`` as uint8 where its values allow it, else as float32; contiguous, as gathering wants it."""
    if not 2 <= x.ndim <= 4:
        raise wrong_file(path, f"{name} of 1 to 3 dimensions each", f"the shape {x.shape}", CHOOSE_OTHER)
    if x.dtype.kind not in "biuf":
        raise wrong_file(path, f"numbers in {name}", f"the type {x.dtype}", CHOOSE_OTHER)
    if x.dtype.kind == "f":
        x = _contiguous(path, x, np.dtype(np.float32), name)
        if not _all_of(x, lambda chunk: bool(np.isfinite(chunk).all())):
            raise wrong_file(path, f"finite numbers in {name}", "missing or endless ones", CHOOSE_OTHER)
        return x
    if x.dtype != np.uint8 and not 0 <= int(x.min()) <= int(x.max()) <= 255:
        return _contiguous(path, x, np.dtype(np.float32), name)
    return _contiguous(path, x, np.dtype(np.uint8), name)


def _contiguous(path: Path, x: Array, dtype: np.dtype[np.generic], name: str) -> Array:
    """Return ``x`` itself where it is as it should be, and may lie in a file; else a copy in the memory."""
    if x.dtype == dtype and x.flags.c_contiguous:
        return x
    size = x.size * dtype.itemsize
    if size > LIMIT_BYTES:
        advice = f"Save it as {dtype} with numpy.ascontiguousarray: then it can stay in the file."
        raise wrong_file(path, f"at most {LIMIT_BYTES:,} bytes in {name}", f"{size:,} as {dtype}", advice)
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(x, dtype=dtype)


def _all_of(x: Array, holds: Callable[[Array], bool]) -> bool:
    """Return whether something holds of all of ``x``, which may be a file larger than the memory."""
    rows = max(1, _CHUNK_BYTES // max(1, x[0].nbytes))
    return all(holds(x[start : start + rows]) for start in range(0, len(x), rows))
