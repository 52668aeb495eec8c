"""Fingerprint: tells whether data are the same, however they are prepared and wherever they lie."""

from __future__ import annotations

import hashlib

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Dataset, Samples

_CHUNK_BYTES = 2**22


def fingerprint(dataset: Dataset) -> str:
    """Return a hash of all raw samples and targets; it takes about a second per gigabyte."""
    digest = hashlib.blake2b(digest_size=16)
    for samples in _parts(dataset):
        for array in (samples.x, samples.y):
            digest.update(f"{array.dtype.str}{array.shape}".encode())
            for start, stop in _chunks(array):
                digest.update(np.ascontiguousarray(array[start:stop]).data)
    return digest.hexdigest()


def _parts(dataset: Dataset) -> tuple[Samples, ...]:
    apart = dataset.validation
    return (dataset.training, dataset.test, *(() if apart is None else (apart,)))


def _chunks(array: Array) -> list[tuple[int, int]]:
    """Return the rows to read at a time: the file may be larger than the memory."""
    rows = max(1, _CHUNK_BYTES // max(1, array.nbytes // max(1, len(array))))
    return [(start, start + rows) for start in range(0, len(array), rows)] if array.size else []
