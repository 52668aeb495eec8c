"""Makers: small files for the tests of data, right ones and wrong ones."""

from __future__ import annotations

import gzip
import os
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
TRAIN_IMAGES, TRAIN_LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
TEST_IMAGES, TEST_LABELS = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"


def images(count: int) -> Any:
    return np.random.default_rng(count).integers(0, 256, (count, 28, 28), dtype=np.uint8)


def labels(count: int) -> Any:
    """Classes 0 to 9 in turn."""
    return (np.arange(count) % 10).astype(np.uint8)


def idx_bytes(array: Any, shape: tuple[int, ...] | None = None, kind: int = 8) -> bytes:
    shape = array.shape if shape is None else shape
    head = bytes([0, 0, kind, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)
    return head + bytes(array.data)


def write_idx_set(folder: Path, training: int = 120, test: int = 40, packed: bool = False) -> Path:
    """Write four IDX files and return their folder."""
    names = ((TRAIN_IMAGES, TRAIN_LABELS, training), (TEST_IMAGES, TEST_LABELS, test))
    for image_name, label_name, count in names:
        for name, array in ((image_name, images(count)), (label_name, labels(count))):
            content = idx_bytes(array)
            file = folder / (name + ".gz" if packed else name)
            file.write_bytes(gzip.compress(content) if packed else content)
    return folder


def write_npz(path: Path, **changes: Any) -> Path:
    """Write Keras' four arrays, some of them changed, or left out where the change is None."""
    arrays = {"x_train": images(60), "y_train": labels(60), "x_test": images(20), "y_test": labels(20)}
    arrays.update(changes)
    np.savez_compressed(path, **{name: array for name, array in arrays.items() if array is not None})
    return path


def complete_mnist() -> Path:
    """Return the folder of the complete MNIST, or skip the test."""
    shared = Path(os.environ.get("NNSTUDIO_SHARED", ROOT.parent / "shared"))
    folder = shared / "data" / "mnist"
    if not (folder / "train-images-idx3-ubyte.gz").is_file():
        pytest.skip("the complete MNIST is not here; NNSTUDIO_SHARED says where data/mnist lies")
    return folder
