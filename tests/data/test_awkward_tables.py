"""Every awkward table opens as it should or is refused in a sentence, in bounded time and memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data.load import load
from nnstudio.data.raw import Raw
from nnstudio.data.table_preview import preview, propose
from nnstudio.data.understanding import TablePreview
from nnstudio.errors import UserError
from nnstudio.task import Task
from tests.data.awkward import AWKWARD, Opens, Outcome

MOST_SECONDS = 20  # of processor time; most take a few milliseconds
MOST_BYTES = 1_000_000_000


def peak_bytes() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@pytest.mark.parametrize(("content", "ending", "outcome"), AWKWARD.values(), ids=AWKWARD)
def test_an_awkward_table_opens_as_it_should_or_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes | Callable[[], bytes], ending: str, outcome: Outcome
) -> None:
    path = tmp_path / f"table{ending}"
    path.write_bytes(content if isinstance(content, bytes) else content())
    started, before = time.process_time(), peak_bytes()
    if isinstance(outcome, Opens):
        seen = propose(path)
        assert not seen.problem
        _check(seen, seen.recipe.source.read(), outcome)
        load(seen.recipe)
        assert preview(seen.recipe).recipe == seen.recipe
    else:
        sentence = _sentence(path)
        assert outcome.words in sentence and sentence.endswith((".", "?")) and "\n" not in sentence
    assert time.process_time() - started < MOST_SECONDS
    assert peak_bytes() - before < MOST_BYTES


def _check(seen: TablePreview, raw: Raw, outcome: Opens) -> None:
    assert raw.x.shape == (outcome.rows, outcome.inputs) and raw.x.dtype == np.float32
    assert raw.class_names == (outcome.classes or ())
    assert (raw.task is Task.REGRESSION) == (outcome.classes is None)
    assert int(np.isnan(raw.x).any(axis=1).sum()) == outcome.gaps
    assert raw.x[0, 0] == pytest.approx(outcome.first)
    assert len({column.name for column in seen.columns}) == len(seen.columns)
    assert all(column.reason for column in seen.columns)


def _sentence(path: Path) -> str:
    """Return what is said of a file that cannot be used as it stands."""
    try:
        seen = propose(path)
    except UserError as error:
        return str(error)
    try:
        load(seen.recipe)
    except UserError as error:
        return seen.problem or str(error)
    assert not seen.problem
    return "It opens."
