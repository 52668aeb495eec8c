"""FashionMnist: pictures of clothes, as many and as large as the digits of MNIST, but harder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.data.remote import FASHION_MNIST, Collection
from nnstudio.data.sources.fetched import Fetched


@dataclass(frozen=True)
class FashionMnist(Fetched):
    """60,000 pictures to train with and 10,000 to test with.

    Source: Xiao, Rasul, Vollgraf 2017, Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
    Algorithms.
    """

    title: ClassVar[str] = "Fashion-MNIST"
    summary: ClassVar[str] = "70,000 clothes"
    collection: ClassVar[Collection] = FASHION_MNIST
    class_names: ClassVar[tuple[str, ...]] = (
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    )
