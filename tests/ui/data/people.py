"""People: a table with a file behind it, in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset
from nnstudio.data.load import load
from nnstudio.data.preparation import MEDIAN, STANDARD, Preparation
from nnstudio.data.raw import Raw
from nnstudio.data.recipe import Recipe
from nnstudio.data.source import Source
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.task import Task

COLUMNS = ("name", "age", "weight", "colour", "ill")
COLOURS = ("blue", "green", "red")


class Cards:
    """What stands in the file: some ages are missing."""

    names = COLUMNS

    def __init__(self, ages: list[str], weights: list[str], colours: list[str], ill: list[str]) -> None:
        self._columns = ([f"person {row}" for row in range(len(ages))], ages, weights, colours, ill)

    def cell(self, row: int, column: int) -> str:
        return self._columns[column][row]


@dataclass(frozen=True)
class People(Source):
    """The older ones are ill; ``values`` asks for their weight instead."""

    count: int = 400
    values: bool = False

    def read(self, watch: Watch = UNWATCHED) -> Raw:
        rng = np.random.default_rng(1)
        ages = rng.integers(10, 90, self.count).astype(np.float32)
        weights = np.round(40 + ages * 0.4 + rng.normal(0, 6, self.count), 1).astype(np.float32)
        colours = rng.integers(0, 3, self.count)
        y = ((ages + rng.normal(0, 12, self.count)) > 55).astype(np.int64)
        gaps = rng.choice(self.count, self.count // 20, replace=False)
        texts = [f"{age:.0f}" for age in ages]
        for row in gaps:
            texts[row] = "?"
        x = np.column_stack([ages, weights, np.eye(3)[colours]]).astype(np.float32)
        x[gaps, 0] = np.nan
        cards = Cards(
            texts,
            [f"{weight:.1f}" for weight in weights],
            [COLOURS[colour] for colour in colours],
            ["yes" if one else "no" for one in y],
        )
        columns = (Column("age"), Column("weight"), Column("colour", COLOURS))
        if self.values:
            keep, columns = [0, 2, 3, 4], (columns[0], columns[2])
            target = weights.reshape(-1, 1)
            return Raw(
                "weights.csv",
                Task.REGRESSION,
                x[:, keep],
                target,
                (),
                None,
                None,
                columns,
                ("weight",),
                cards,
            )
        return Raw("people.csv", Task.TWO_CLASSES, x, y, ("no", "yes"), None, None, columns, ("ill",), cards)


PREPARED = Preparation(STANDARD, MEDIAN)


def people(count: int = 400, values: bool = False) -> Dataset:
    """Return people, prepared."""
    return load(Recipe(People(count, values), preparation=PREPARED))
