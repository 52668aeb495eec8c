"""OneWeight: one price and the price that it becomes: all that a network of one weight can learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.data.columns import Column
from nnstudio.data.preparation import NO_SCALING, Preparation
from nnstudio.data.raw import Raw
from nnstudio.data.source import GENERATED, Source
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting
from nnstudio.task import Task

_MOST = 1e6


@dataclass(frozen=True)
class OneWeight(Source):
    """A single sample, which trains and tests: the weight that is sought is target / input."""

    title: ClassVar[str] = "One weight"
    summary: ClassVar[str] = "One sample, one value"
    group: ClassVar[str] = GENERATED

    price: float = setting(420.0, "What goes in.", minimum=-_MOST, maximum=_MOST, label="Input")
    target: float = setting(425.0, "What should come out.", minimum=-_MOST, maximum=_MOST)

    @property
    def proposed_preparation(self) -> Preparation:
        return Preparation(NO_SCALING)

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        x, y = np.array([[self.price]], np.float32), np.array([[self.target]], np.float32)
        return Raw(
            name=self.title,
            task=Task.REGRESSION,
            x=x,
            y=y,
            x_test=x,
            y_test=y,
            columns=(Column("price"),),
            target_names=("new price",),
            notes="One sample, which trains and tests. Build Dense with 1 unit and without bias.",
        )
