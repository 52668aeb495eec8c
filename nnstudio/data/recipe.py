"""Recipe: where data come from and how they are prepared, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.preparation import Preparation
from nnstudio.settings import setting

MNIST_SAMPLE = "mnist_sample"
IDX = "idx"
NPZ = "npz"


@dataclass(frozen=True)
class Recipe:
    """Everything that `load` needs to make the same data set again; holds no data."""

    source: str = setting(MNIST_SAMPLE, "What kind of data it is.", choices=(MNIST_SAMPLE, IDX, NPZ))
    path: str = setting("", "The file that holds the data; empty for data that ship with nnstudio.")
    preparation: Preparation = setting(
        Preparation(), "How raw values become inputs of the network.", choices=(Preparation,)
    )
