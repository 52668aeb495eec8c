"""Effect figures: what the map and the bars of an explanation say in numbers."""

from __future__ import annotations

from nnstudio.data.arrays import Bytes
from nnstudio.data.dataset import Samples
from nnstudio.experiments.confusion import percent
from nnstudio.experiments.explaining.explanation import Explanation, Way, value_words
from nnstudio.experiments.explaining.row_change import ColumnReach, RowChange
from nnstudio.ui.explaining.effect_bars import EffectBar
from nnstudio.ui.explaining.named import is_ink, names_of

_MOST_BARS = 200  # the strongest ones


def picture_of(found: Explanation) -> Bytes:
    """Return the picture to show: the sample, or the changed one where a change is what was found."""
    raw = found.question.subject.raw if found.change is None else found.change.raw
    return Samples(raw[None], raw[:1]).picture(0)


def signed(found: Explanation, value: float) -> str:
    """Return an effect as text with its sign."""
    sign = "\N{MINUS SIGN}" if value < 0 else "+" if value > 0 else ""
    return sign + figure(found, abs(value))


def figure(found: Explanation, size: float) -> str:
    """Return the size of an effect in its own unit: percent of probability, or of the range, or a value."""
    way, classes = found.question.way, found.question.dataset.facts.is_classes
    if way is Way.CHANGE:
        return percent(size, 1)
    if way is Way.OCCLUSION and classes:
        return percent(size, 2 if size < 0.01 else 1)
    return value_words(float(f"{size:.3g}"))


def ends_of(found: Explanation) -> tuple[str, str]:
    """Return what blue and orange mean."""
    name, way = names_of(found)[found.about], found.question.way
    if way is Way.CHANGE:
        return ("ink taken away", "ink added") if is_ink(found) else ("made darker", "made brighter")
    if not found.question.dataset.facts.is_classes:
        return ("lowers the value", "raises it") if way is Way.GRADIENT else ("takes from it", "adds to it")
    return f"speaks against {name}", f"speaks for {name}"


def largest_of(found: Explanation) -> float:
    return max((abs(effect.size) for effect in found.effects), default=0.0)


def bars_of(found: Explanation) -> list[EffectBar]:
    """Return a bar for each column, or for each change or range that was found by trying values."""
    if found.question.way is not Way.CHANGE:
        largest = largest_of(found) or 1.0
        return [
            EffectBar(one.name, one.value, one.size / largest, signed(found, one.size))
            for one in found.effects[:_MOST_BARS]
        ]
    widest = max((reach.width for reach in found.reaches), default=0.0) or 1.0
    dearest = max((change.cost for change in found.row_changes), default=0.0) or 1.0
    return [
        *(_reach_bar(reach, widest) for reach in found.reaches),
        *(_change_bar(change, dearest) for change in found.row_changes),
    ]


def _reach_bar(reach: ColumnReach, widest: float) -> EffectBar:
    values = f"{value_words(reach.at_low)} … {value_words(reach.at_high)}"
    half = value_words(float(f"{reach.width / 2:.3g}"))
    return EffectBar(reach.field.name, values, reach.width / widest, f"±{half}")


def _change_bar(found: RowChange, dearest: float) -> EffectBar:
    names = " and ".join(one.field.name for one in found.changes)
    moves = (f"{value_words(one.before)} → {value_words(one.after)}" for one in found.changes)
    return EffectBar(names, " and ".join(moves), found.cost / dearest, f"{percent(found.share, 0)} sure")
