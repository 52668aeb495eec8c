"""Prepared: what a prediction needs to know of data beside the weights, in files and in exported programs."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.data.columns import Column
from nnstudio.data.scaler import PLAIN, Scaler


@dataclass(frozen=True, eq=False)
class Prepared:
    """How raw samples become inputs, and what outputs mean."""

    scaler: Scaler = PLAIN
    columns: tuple[Column, ...] = ()
    class_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
