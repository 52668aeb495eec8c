"""Suspects: samples whose label may be wrong: a trained network is sure that they are something else."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.experiments.confusion import percent
from nnstudio.experiments.evaluation import Evaluation

MOST_SUSPECTS = 200


def suspects(evaluation: Evaluation) -> npt.NDArray[np.intp]:
    """Return the wrong predictions of ``evaluation``, the surest first, at most `MOST_SUSPECTS`."""
    wrong = np.flatnonzero(~evaluation.right & evaluation.readable)
    order = np.argsort(-evaluation.sureness[wrong], kind="stable")
    found: npt.NDArray[Any] = wrong[order[:MOST_SUSPECTS]]
    return found


def suspect_notes(evaluation: Evaluation, rows: npt.NDArray[np.intp]) -> dict[int, str]:
    """Return what each of ``rows`` was read as: "read as 9, 98 % sure"."""
    return {
        int(row): f"read as {evaluation.predicted_name(int(row))}, "
        f"{percent(min(float(evaluation.sureness[row]), 1.0), 1)} sure"
        for row in rows
    }
