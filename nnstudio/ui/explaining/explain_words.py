"""Explain words: what an explanation says, in sentences for somebody who meets it for the first time."""

from __future__ import annotations

import numpy as np

from nnstudio.experiments.explaining.explanation import Effect, Explanation, Way, value_words
from nnstudio.ui.explaining.change_words import change_words
from nnstudio.ui.explaining.named import is_ink, names_of, sure_words

_UNMOVED = 0.0005  # of probability: what is rounded away when it is told


def answer_words(found: Explanation) -> str:
    """Say what the sample is and what the network says: "Actual 4, read as 9 (64.0 %)"."""
    subject, names = found.question.subject, names_of(found)
    if not found.question.dataset.facts.is_classes:
        said = ", ".join(f"{n} {value_words(float(v))}" for n, v in zip(names, found.shares, strict=True))
        if subject.values is None:
            return f"Predicted: {said}"
        actual = ", ".join(value_words(float(value)) for value in subject.values.reshape(-1))
        return f"Predicted: {said}. Actual: {actual}"
    read = f"ead as {names[found.predicted]} ({sure_words(float(found.shares[found.predicted]))})"
    return f"R{read}" if subject.actual is None else f"Actual {names[subject.actual]}, r{read}"


def method_words(found: Explanation) -> str:
    """Say what was done to find the explanation."""
    words = _METHODS[found.question.way, found.is_picture, found.question.dataset.facts.is_classes]
    return words.replace("were a little brighter", "had a little more ink") if is_ink(found) else words


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
    (Way.GRADIENT, False, True): "Each bar says how much more sure the network would be (as log-odds) if the "
    "value were a usual step, one standard deviation, larger and the slope stayed as it is here.",
    (
        Way.GRADIENT,
        False,
        False,
    ): "Each bar says how much the prediction would rise if the value were a usual "
    "step, one standard deviation, larger and the slope stayed as it is here.",
    (
        Way.CHANGE,
        True,
        True,
    ): "Pixels were changed in small steps, always in the direction that helps most, and "
    "as much as possible was taken back at the end.",
    (Way.CHANGE, True, False): "A change of mind is looked for between classes only.",
    (Way.CHANGE, False, True): "Other values were tried: numbers all over the range of the training data, "
    "categories one by one. The longer a bar, the larger the change.",
    (Way.CHANGE, False, False): "Each column alone was moved through all values that the training data have.",
}


def result_words(found: Explanation) -> str:
    """Say what was found."""
    if found.question.way is Way.CHANGE:
        return change_words(found)
    return _gradient_words(found) if found.question.way is Way.GRADIENT else _occlusion_words(found)


def _occlusion_words(found: Explanation) -> str:
    occlusion, name = found.occlusion, names_of(found)[found.about]
    assert occlusion is not None
    if not found.question.dataset.facts.is_classes:
        low, high = value_words(occlusion.lowest), value_words(occlusion.highest)
        how = "covered" if found.is_picture else "replaced"
        return f"{name} is {value_words(occlusion.before)}. With something {how} it is {low} to {high}."
    before, after = sure_words(occlusion.before), sure_words(occlusion.lowest)
    if occlusion.before - occlusion.lowest < _UNMOVED:
        return f"It is {before} sure of {name}, and nothing that was covered makes it less sure."
    if found.effects:
        return f"It is {before} sure of {name}. With an average {_most(found.effects)} it is {after} sure."
    return f"It is {before} sure of {name}. Covering the place that counts most leaves {after}."


def _most(effects: tuple[Effect, ...]) -> str:
    return max(effects, key=_size).name


def _size(effect: Effect) -> float:
    return effect.size


def _gradient_words(found: Explanation) -> str:
    values = found.heat if found.heat is not None else np.array([effect.size for effect in found.effects])
    name = names_of(found)[found.about]
    if not np.abs(values).max() > 0:
        return "The gradient is zero everywhere: here a small change of any value changes nothing."
    more = "more ink" if is_ink(found) else "brighter" if found.is_picture else "more"
    if not found.question.dataset.facts.is_classes:
        return f"Orange: {more} raises {name}. Blue: {more} lowers it."
    return f"Orange: {more} speaks for {name}. Blue: {more} speaks against it."
