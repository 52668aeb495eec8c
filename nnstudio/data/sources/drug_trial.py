"""DrugTrial: patients of all ages who took a drug, and whether they had side effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.data.arrays import Array, IntArray
from nnstudio.data.columns import Column
from nnstudio.data.preparation import STANDARD, Preparation
from nnstudio.data.raw import Raw
from nnstudio.data.source import GENERATED, Source
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.settings import setting
from nnstudio.task import Task

_CLASSES = ("no side effects", "side effects")
_YOUNGEST, _OLDER, _OLDEST = 13, 65, 100


@dataclass(frozen=True)
class DrugTrial(Source):
    """Half of the patients are 13 to 64 years old, half are 65 to 100.

    The shares are met as exactly as the number of patients allows, in the training and in the test part. The
    ages of those with side effects overlap with the ages of those without: no network is always right.
    """

    title: ClassVar[str] = "Drug trial"
    summary: ClassVar[str] = "2,100 patients, 2 classes"
    group: ClassVar[str] = GENERATED

    training_count: int = setting(
        2100, "How many patients train.", minimum=10, maximum=100_000, label="Training patients"
    )
    test_count: int = setting(
        420, "How many other patients test.", minimum=2, maximum=100_000, label="Test patients"
    )
    older_share: float = setting(
        0.95,
        "Share of those of 65 or older who had side effects.",
        minimum=0.0,
        maximum=1.0,
        label="Older with effects",
    )
    younger_share: float = setting(
        0.05,
        "Share of those below 65 who had side effects.",
        minimum=0.0,
        maximum=1.0,
        label="Younger with effects",
    )
    seed: int = setting(0, "Another seed makes other patients.", minimum=0, arbitrary=True)

    @property
    def proposed_preparation(self) -> Preparation:
        return Preparation(STANDARD)

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        rng = np.random.default_rng(self.seed)
        x, y = self._patients(self.training_count, rng)
        x_test, y_test = self._patients(self.test_count, rng)
        return Raw(
            name=self.title,
            task=Task.TWO_CLASSES,
            x=x,
            y=y,
            class_names=_CLASSES,
            x_test=x_test,
            y_test=y_test,
            columns=(Column("age"),),
            notes="Made up: nobody took this drug.",
        )

    def _patients(self, count: int, rng: np.random.Generator) -> tuple[Array, IntArray]:
        """Return ages (count, 1), float32, and classes (count,) in a mixed order."""
        older = np.arange(count) < count // 2
        low, high = np.where(older, _OLDER, _YOUNGEST), np.where(older, _OLDEST + 1, _OLDER)
        ages = np.floor(low + rng.random(count) * (high - low))
        rank = np.where(older, np.arange(count), np.arange(count) - count // 2)
        of_group = np.where(older, count // 2, count - count // 2)
        share = np.where(older, self.older_share, self.younger_share)
        ill = rank < np.rint(share * of_group)
        order = rng.permutation(count)
        return ages[order, None].astype(np.float32), ill[order].astype(np.int64)
