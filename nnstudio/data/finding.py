"""Finding: data where their recipe says, or near their project, known by their fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nnstudio.data.dataset import Dataset
from nnstudio.data.fingerprint import fingerprint
from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import UserError

OTHER_DATA = "The data are not those that the project was saved with, so that results can differ."


@dataclass(frozen=True, eq=False)
class Found:
    """Data, and whether they are the ones that were wanted."""

    dataset: Dataset
    same: bool


def find(recipe: Recipe, wanted: str, near: Iterable[Path], watch: Watch = UNWATCHED) -> Found:
    """Return the data of ``recipe``; where they are not what ``wanted`` is the fingerprint of, look ``near``.

    What lies near is taken only if it is the same: the name alone says nothing. Without a fingerprint
    whatever lies where the recipe says is the same.

    Raises:
        UserError: there are none anywhere; as in `load`.
        Cancelled: a person stopped it.
    """
    dataset: Dataset | None = None
    refusal = UserError()
    try:
        dataset = load(recipe, watch)
    except UserError as error:
        refusal = error
    if dataset is not None and wanted in ("", fingerprint(dataset)):
        return Found(dataset, same=True)
    moved = _same_data(recipe, wanted, near, watch) if recipe.source.place and wanted else None
    if moved is not None:
        return Found(moved, same=True)
    if dataset is None:
        raise refusal
    return Found(dataset, same=False)


def _same_data(recipe: Recipe, wanted: str, near: Iterable[Path], watch: Watch) -> Dataset | None:
    for path in near:
        if not path.exists():
            continue
        with suppress(UserError):
            dataset = load(recipe.at(str(path)), watch)
            if fingerprint(dataset) == wanted:
                return dataset
    return None
