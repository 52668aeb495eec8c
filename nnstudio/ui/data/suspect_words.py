"""Suspect words: what a network that disagrees with labels means, in sentences."""

from __future__ import annotations

from nnstudio.experiments.confusion import percent
from nnstudio.experiments.evaluation import Evaluation


def suspect_words(evaluation: Evaluation, shown: int, noun: str) -> str:
    """Say how many samples the network takes for something else, and how sure it is of the first."""
    wrong = int((~evaluation.right).sum())
    if not wrong:
        return f"The network agrees with the label of every {noun}."
    noun = noun if wrong == 1 else f"{noun}s"
    surest = percent(min(float(evaluation.sureness[~evaluation.right].max()), 1.0), 0)
    which = f" The {shown:,} surest are listed." if shown < wrong else ""
    return f"{wrong:,} {noun} read as something else, the surest with {surest}.{which} Is the label right?"
