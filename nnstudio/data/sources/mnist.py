"""Mnist: the complete set of handwritten digits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.data.remote import MNIST, Collection
from nnstudio.data.sources.fetched import Fetched


@dataclass(frozen=True)
class Mnist(Fetched):
    """60,000 digits to train with and 10,000 to test with.

    Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits.
    """

    title: ClassVar[str] = "MNIST"
    summary: ClassVar[str] = "70,000 digits"
    collection: ClassVar[Collection] = MNIST
    class_names: ClassVar[tuple[str, ...]] = tuple("0123456789")
