"""The sources of data: one file each, as the Data tab lists them."""

from __future__ import annotations

from nnstudio.data.source import Source
from nnstudio.data.sources.array_file import ArrayFile
from nnstudio.data.sources.idx_source import IdxSource
from nnstudio.data.sources.mnist_sample import MnistSample
from nnstudio.data.sources.table import Table

SOURCES: tuple[type[Source], ...] = (
    MnistSample,
    IdxSource,
    ArrayFile,
    Table,
)
