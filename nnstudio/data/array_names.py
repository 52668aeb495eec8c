"""ArrayNames: which arrays are inputs and which their labels, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

TRAINING, VALIDATION, TEST = "training", "validation", "test"
_INPUTS = "x|images?|imgs?|data|features|inputs?|samples"
_LABELS = "y|labels?|targets?|classes|outputs?"
_PARTS = {"train": TRAINING, "val": VALIDATION, "test": TEST, "": TRAINING}
_PART = r"((?P<{}>train|test|val)(ing|id|idation)?)?"
_SEP = r"[_\-. ]*"
# "x_train", "train_images", "mnist-x-test", "X": some name, a part before or behind the role.
_NAME = re.compile(
    rf"(?P<family>.*?){_SEP}(?<![a-z]){_PART.format('before')}{_SEP}"
    rf"((?P<x>{_INPUTS})|(?P<y>{_LABELS})){_SEP}{_PART.format('behind')}",
    re.IGNORECASE,
)
Pair = tuple[str, str]


@dataclass(frozen=True)
class Pairs:
    """The names of inputs and labels to train with, those to test with, and names of no use."""

    training: Pair
    test: Pair | None = None
    left_out: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are read."""
        return (*self.training, *(self.test or ()))


def pairs_of(names: Iterable[str], meant: str = "") -> Pairs | None:
    """Return which of ``names`` make a data set; None where they do not.

    Args:
        meant: one of the names; only those of its family count.
    """
    families: dict[str, dict[str, dict[str, str]]] = {}
    for name in sorted(names):
        if (known := _read(name)) is not None:
            family, part, role = known
            families.setdefault(family, {}).setdefault(part, {}).setdefault(role, name)
    if meant:
        known = _read(meant)
        chosen = families.get(known[0], {}) if known is not None else {}
    else:
        chosen = next((parts for parts in families.values() if _whole(parts)), {})
    return _pairs(chosen)


def _whole(parts: dict[str, dict[str, str]]) -> bool:
    return any(len(roles) == 2 for roles in parts.values())


def _read(name: str) -> tuple[str, str, str] | None:
    """Return family, part and role ("x" or "y") of an array called ``name``; None for other names."""
    match = _NAME.fullmatch(name)
    if match is None or (match["before"] and match["behind"]):
        return None
    part = (match["before"] or match["behind"] or "").lower()
    return match["family"].lower(), _PARTS[part], "x" if match["x"] else "y"


def _pairs(parts: dict[str, dict[str, str]]) -> Pairs | None:
    whole = {part: (roles["x"], roles["y"]) for part, roles in parts.items() if len(roles) == 2}
    if TRAINING not in whole:
        return None
    tested = next((part for part in (TEST, VALIDATION) if part in whole), None)
    used = {TRAINING, tested}
    left_out = [name for part, roles in parts.items() if part not in used for name in roles.values()]
    return Pairs(whole[TRAINING], whole[tested] if tested else None, tuple(left_out))
