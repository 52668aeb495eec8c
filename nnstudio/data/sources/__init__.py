"""The sources of data: one file each, as the Data tab lists them."""

from __future__ import annotations

from nnstudio.data.source import Source
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.data.sources.array_pair import ArrayPair
from nnstudio.data.sources.drawings import Drawings
from nnstudio.data.sources.drug_trial import DrugTrial
from nnstudio.data.sources.fashion_mnist import FashionMnist
from nnstudio.data.sources.formulas import Plane, Sine
from nnstudio.data.sources.idx_source import IdxSource
from nnstudio.data.sources.image_folder import ImageFolder
from nnstudio.data.sources.mnist import Mnist
from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.data.sources.table import Table
from nnstudio.data.sources.toys import Circle, Gaussians, Moons, Spirals, Xor

SOURCES: tuple[type[Source], ...] = (
    MnistSample,
    Mnist,
    FashionMnist,
    Drawings,
    IdxSource,
    ArrayFile,
    Table,
    ArrayPair,
    ImageFolder,
    DrugTrial,
    OneWeight,
    Circle,
    Xor,
    Gaussians,
    Spirals,
    Moons,
    Plane,
    Sine,
)
