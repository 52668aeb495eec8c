"""Fitted: what turns rows that nobody has seen into the inputs of a network, as it was learnt in training."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.columns import Column
from nnstudio.data.dataset import Dataset
from nnstudio.data.scaler import PLAIN, Scaler


@dataclass(frozen=True, eq=False)
class Fitted:
    """The columns of a table with what fills their gaps, the scaling of inputs, and what is predicted.

    Without ``columns`` the samples were no rows of a table.
    """

    columns: tuple[Column, ...] = ()
    scaler: Scaler = PLAIN
    target_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, dataset: Dataset) -> Fitted:
        """Return what was learnt from the training part of ``dataset``."""
        return cls(dataset.columns, dataset.scaler, dataset.target_names)
