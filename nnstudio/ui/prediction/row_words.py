"""Row words: what the panel for one row says of it."""

from __future__ import annotations

from collections.abc import Sequence

from nnstudio.data.dataset import Dataset, Samples

_MOST_NAMES = 3


def sample_words(dataset: Dataset, samples: Samples, part: str, sample: int, changed: bool) -> str:
    """Say where a row comes from: "Test row 17, actual yes"."""
    number = 1 + (sample if samples.numbers is None else int(samples.numbers[sample]))
    which = f"{part} row {number:,}"
    if changed:
        return f"{which}, changed"
    target = samples.y[sample]
    if dataset.facts.is_classes:
        return f"{which}, actual {dataset.class_names[int(target)]}"
    return f"{which}, as it is in the data"


def unusual_words(names: Sequence[str]) -> str:
    """Warn of values far from all that the network learnt from; "" for none."""
    if not names:
        return ""
    listed = ", ".join(names[:_MOST_NAMES]) + (" and others" if len(names) > _MOST_NAMES else "")
    lies = "lies" if len(names) == 1 else "lie"
    return f"{listed} {lies} far from all training rows: the network has learnt nothing there."


def misfit_words(dataset: Dataset, shape: tuple[int, ...]) -> str:
    """Say why a row of the data cannot be predicted."""
    if not len(dataset.training):
        return "There are no rows to start from."
    takes = " × ".join(map(str, shape))
    has = " × ".join(map(str, dataset.training.shape))
    return f"The network takes {takes} values, but a row of {dataset.name} has {has}. Train it anew."
