"""Explain words: what an explanation says, in sentences for somebody who meets it for the first time."""

from __future__ import annotations

import numpy as np

from nnstudio.experiments.confusion import percent
from nnstudio.experiments.explaining.cell import CellMeans
from nnstudio.experiments.explaining.explanation import Explanation, Way, value_words
from nnstudio.experiments.explaining.row_change import ColumnReach, RowChange, ValueChange
from nnstudio.ui.prediction.guess import with_article

_FAINT = 0.06  # of the range, on average over the pixels that differ: hardly to be seen
_MOST_ALTERNATIVES = 3


def names_of(found: Explanation) -> tuple[str, ...]:
    """Return what can be asked about: the classes, or the values that are predicted."""
    facts, dataset = found.question.dataset.facts, found.question.dataset
    if facts.is_classes:
        return facts.class_names
    if len(dataset.target_names) == facts.outputs:
        return dataset.target_names
    return ("the value",) if facts.outputs == 1 else tuple(f"value {i + 1}" for i in range(facts.outputs))


def answer_words(found: Explanation) -> str:
    """Say what the sample is and what the network says: "Actual 4, read as 9 (64.0 %)"."""
    subject, names = found.question.subject, names_of(found)
    if not found.question.dataset.facts.is_classes:
        said = ", ".join(f"{n} {value_words(float(v))}" for n, v in zip(names, found.shares, strict=True))
        if subject.values is None:
            return f"Predicted: {said}"
        actual = ", ".join(value_words(float(value)) for value in subject.values.reshape(-1))
        return f"Predicted: {said}. Actual: {actual}"
    read = f"read as {names[found.predicted]} ({percent(float(found.shares[found.predicted]), 1)})"
    return read.capitalize() if subject.actual is None else f"Actual {names[subject.actual]}, {read}"


def method_words(found: Explanation) -> str:
    """Say what was done to find the explanation."""
    return _METHODS[found.question.way, found.is_picture, found.question.dataset.facts.is_classes]


_METHODS = {
    (
        Way.OCCLUSION,
        True,
        True,
    ): "A patch with the average picture was slid over this one. Each place says how "
    "much less sure the network is while it is covered.",
    (
        Way.OCCLUSION,
        True,
        False,
    ): "A patch with the average picture was slid over this one. Each place says how "
    "much the predicted value falls while it is covered.",
    (
        Way.OCCLUSION,
        False,
        True,
    ): "One column at a time was replaced by its average in the training data. Each "
    "bar says how much less sure the network then is.",
    (
        Way.OCCLUSION,
        False,
        False,
    ): "One column at a time was replaced by its average in the training data. Each "
    "bar says how much of the predicted value then is gone.",
    (Way.GRADIENT, True, True): "Each pixel says whether the network would be more or less sure if just this "
    "pixel were a little brighter (the mean of 24 slightly noisy copies).",
    (
        Way.GRADIENT,
        True,
        False,
    ): "Each pixel says whether the value would rise or fall if just this pixel were a "
    "little brighter (the mean of 24 slightly noisy copies).",
    (Way.GRADIENT, False, True): "Each bar says whether the network would be more or less sure if the value "
    "were a usual step (one standard deviation) larger and the slope stayed as it is here.",
    (
        Way.GRADIENT,
        False,
        False,
    ): "Each bar says how much the prediction would rise if the value were a usual "
    "step (one standard deviation) larger and the slope stayed as it is here.",
    (
        Way.CHANGE,
        True,
        True,
    ): "Pixels were changed in small steps, always in the direction that helps most, and "
    "as much as possible was taken back at the end.",
    (Way.CHANGE, True, False): "A change of mind is looked for between classes only.",
    (Way.CHANGE, False, True): "Other values were tried: numbers all over the range of the training data, "
    "categories one by one.",
    (Way.CHANGE, False, False): "Each column alone was moved through all values that the training data have.",
}


def result_words(found: Explanation) -> str:
    """Say what was found."""
    if found.question.way is Way.CHANGE:
        return _change_words(found)
    if found.question.way is Way.GRADIENT:
        return _gradient_words(found)
    occlusion, name = found.occlusion, names_of(found)[found.about]
    assert occlusion is not None
    if not found.question.dataset.facts.is_classes:
        low, high = value_words(occlusion.lowest), value_words(occlusion.highest)
        return f"Without covering, {name} is {value_words(occlusion.before)}; with it {low} to {high}."
    before, after = percent(occlusion.before, 1), percent(occlusion.lowest, 1)
    most = _strongest(found)
    if occlusion.before - occlusion.lowest < 0.0005:
        return f"No single place matters: it stays {before} sure of {name} wherever something is covered."
    return f"It is {before} sure of {name}. Covering {most} leaves {after}."


def _strongest(found: Explanation) -> str:
    if found.effects:
        return max(found.effects, key=_size).name
    return "the place that counts most"


def _size(effect: object) -> float:
    return float(getattr(effect, "size", 0.0))


def _gradient_words(found: Explanation) -> str:
    values = found.heat if found.heat is not None else np.array([effect.size for effect in found.effects])
    name = names_of(found)[found.about]
    if not np.abs(values).max() > 0:
        return "The gradient is zero everywhere: here a small change of any value changes nothing."
    if not found.question.dataset.facts.is_classes:
        return f"Orange raises {name}, blue lowers it."
    return (
        f"Orange: brighter speaks for {name}. Blue: brighter speaks against it."
        if found.is_picture
        else (f"Orange: more speaks for {name}. Blue: more speaks against it.")
    )


def _change_words(found: Explanation) -> str:
    if not found.question.dataset.facts.is_classes:
        return _reach_words(found) if found.reaches else "Choose “Occlusion” or “Gradient” for a value."
    name = names_of(found)[found.about]
    if found.about == found.predicted:
        return f"It says {name} already. Choose another class above."
    return _picture_change(found, name) if found.is_picture else _row_change(found, name)


def _picture_change(found: Explanation, name: str) -> str:
    change = found.change
    if change is None:
        return f"No change was found with which it would say {name}. That does not prove that there is none."
    raw, reach = found.question.subject.raw, found.question.ordinary.range
    whole = int(np.prod(raw.shape[:2]))
    differs = np.abs(change.difference[change.difference != 0])
    mean = float(differs.mean()) / reach if len(differs) else 0.0
    told = (
        f"With {change.pixels:,} of {whole:,} pixels changed by {percent(mean, 1)} of the way from black to "
        f"white on average ({percent(change.largest / reach, 0)} at most) it would say {name} "
        f"({percent(change.share, 1)})."
    )
    if mean < _FAINT:
        told += " A person would hardly see that: such pictures are called adversarial examples."
    return told


def _row_change(found: Explanation, name: str) -> str:
    if not found.row_changes:
        return (
            f"No change of up to three columns was found with which it would say {name}, within the values "
            "that the training data have. That does not prove that there is none."
        )
    first, *others = found.row_changes[:_MOST_ALTERNATIVES]
    told = f"With {_together(first)} it would say {name} ({percent(first.share, 1)})."
    return " ".join((told, *(f"Or with {_together(other)}." for other in others)))


def _together(change: RowChange) -> str:
    return " and ".join(map(_one, change.changes))


def _one(change: ValueChange) -> str:
    return f"{change.field.name} {value_words(change.after)} instead of {value_words(change.before)}"


def _reach_words(found: Explanation) -> str:
    name, told = names_of(found)[found.about], found.reaches[:_MOST_ALTERNATIVES]
    return " ".join(_reach(name, reach) for reach in told)


def _reach(name: str, reach: ColumnReach) -> str:
    low, high = value_words(reach.low), value_words(reach.high)
    at_low, at_high = value_words(reach.at_low), value_words(reach.at_high)
    return f"{reach.field.name} alone moves {name} between {low} (at {at_low}) and {high} (at {at_high})."


def cell_words(count: int, noun: str, actual: str | None, predicted: str | None, found: CellMeans) -> str:
    """Say what the samples of a cell are, and whose average theirs is nearer to."""
    one = count == 1
    many = f"{count:,} {noun if one else noun + 's'}"
    if actual is None or predicted is None or found.closer is None:
        of = f" of class {actual}" if actual is not None else ""
        read = f" read as {predicted}" if predicted is not None else ""
        return f"{many}{of}{read}. On average they look like this."
    said = f"{many} of {with_article(actual)} {'was' if one else 'were'} read as {with_article(predicted)}."
    if abs(found.closer - 1.0) < 0.02:
        return f"{said} On average they lie halfway between both classes."
    nearer, farther = (predicted, actual) if found.closer > 1 else (actual, predicted)
    return f"{said} Their average is nearer to the average {nearer} than to the average {farther}" + (
        ": by the look of their pixels the mistake is no surprise."
        if found.closer > 1
        else ": it is details, not the whole, that misled the network."
    )
