"""Browser words: what the browser says of what it shows, or of why it shows nothing."""

from __future__ import annotations

from nnstudio.data.dataset import Dataset
from nnstudio.ui.data.parts import VALIDATION, Part

AS_THEY_ARE, AS_SEEN = "As they are", "As the network sees them"


def sheet_choices(dataset: Dataset | None) -> tuple[str, str]:
    """Return how rows can be shown; of a ``dataset``, what the first of them means."""
    if dataset is None:
        return AS_THEY_ARE, AS_SEEN
    first = "Rows as they stand in the file" if dataset.records is not None else "Values before scaling"
    return f"{first}, or scaled as the network sees them", AS_SEEN


def count_words(part: Part, count: int, of_class: int | None) -> str:
    """Say how many samples are shown: "64 of 614 training rows", "60 training images of class 4"."""
    total = len(part.samples)
    of = f" of {total:,}" if count < total and of_class is None else ""
    noun = part.noun if (total if of else count) == 1 else f"{part.noun}s"
    which = "" if of_class is None else f" of class {part.class_names[of_class]}"
    return f"{count:,}{of} {part.name.lower()} {noun}{which}"


def nothing_words(part: Part, missing: str, filtered: bool) -> tuple[str, str, str]:
    """Return the icon, the reason and the way on where no sample is shown."""
    if missing:
        return "data", missing, "Open data …"
    if part.name == VALIDATION and not len(part.samples):
        reason = "No sample validates: the validation split of the training plan is 0."
    elif filtered:
        reason = f"No {part.name.lower()} {part.noun} passes these filters."
    else:
        reason = "There is no such sample in this part."
    return "search" if filtered else "image", reason, "Show all that train"
