"""Change words: what one would have to change, as sentences."""

from __future__ import annotations

import numpy as np

from nnstudio.experiments.confusion import percent
from nnstudio.experiments.explaining.change import Change
from nnstudio.experiments.explaining.explanation import Explanation, value_words
from nnstudio.experiments.explaining.row_change import ColumnReach, RowChange, ValueChange
from nnstudio.ui.explaining.named import is_ink, names_of, sure_words

_FAINT = 0.06  # of the range, on average over the pixels that differ: hardly to be seen
_MOST_TOLD = 3
_NO_PROOF = "That does not prove that there is none."


def change_words(found: Explanation) -> str:
    """Say what would have to be another way for another answer, or honestly that nothing was found."""
    name = names_of(found)[found.about]
    if not found.question.dataset.facts.is_classes:
        if not found.reaches:
            return (
                "There is no other class to change to. “Occlusion” and “Gradient” say what moves the value."
            )
        return " ".join(_reach(name, reach) for reach in found.reaches[:_MOST_TOLD])
    if found.about == found.predicted:
        return f"It says {name} already. Choose another class above."
    if found.is_picture:
        no = f"No change was found with which it would say {name}. {_NO_PROOF}"
        return no if found.change is None else _picture_change(found, found.change, name)
    return _row_change(found, name)


def _picture_change(found: Explanation, change: Change, name: str) -> str:
    raw, reach = found.question.subject.raw, found.question.ordinary.range
    differs = np.abs(change.difference[change.difference != 0])
    mean = float(differs.mean()) / reach if len(differs) else 0.0
    ends = "paper to full ink" if is_ink(found) else "black to white"
    told = (
        f"With {change.pixels:,} of {int(np.prod(raw.shape[:2])):,} pixels changed, on average by "
        f"{percent(mean, 1)} of the way from {ends} (at most {percent(change.largest / reach, 0)}), "
        f"it would say {name} ({sure_words(change.share)} sure)."
    )
    if mean < _FAINT:
        told += " A person would hardly see that: such pictures are called adversarial examples."
    return told


def _row_change(found: Explanation, name: str) -> str:
    if not found.row_changes:
        return (
            f"No change of up to three columns was found with which it would say {name}, within the values "
            f"that the training data have. {_NO_PROOF}"
        )
    first, *others = found.row_changes[:_MOST_TOLD]
    told = f"With {_together(first)} it would say {name} ({sure_words(first.share)} sure)."
    return " ".join((told, *(f"Or with {_together(other)}." for other in others)))


def _together(change: RowChange) -> str:
    return " and ".join(map(_one, change.changes))


def _one(change: ValueChange) -> str:
    return f"{change.field.name} {value_words(change.after)} instead of {value_words(change.before)}"


def _reach(name: str, reach: ColumnReach) -> str:
    low, high = value_words(reach.low), value_words(reach.high)
    at_low, at_high = value_words(reach.at_low), value_words(reach.at_high)
    return f"{reach.field.name} alone moves {name} between {low} (at {at_low}) and {high} (at {at_high})."
