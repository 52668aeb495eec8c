"""Every awkward table opens as it should or is refused in a sentence, in bounded time and memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.data.load import load
from nnstudio.data.raw import Raw
from nnstudio.data.table_preview import preview, propose
from nnstudio.data.understanding import TablePreview
from nnstudio.errors import UserError
from nnstudio.task import Task
from tests.data.awkward import AWKWARD, PARQUET, Opens, Outcome, text, words

MOST_SECONDS = 60  # of processor time, on a busy machine too; most take a few milliseconds
MOST_BYTES = 1_000_000_000

BASES = {
    "plain": text().encode(),
    "semicolons in utf-16": text(";", ",").encode("utf-16"),
    "quotes": words("yes", '"a\nb"'),
    "parquet": PARQUET,
}


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


@given(st.sampled_from(sorted(BASES)), st.binary(max_size=20), st.integers(0, 200))
def test_no_damage_to_a_table_ends_in_anything_but_a_sentence(
    tmp_path_factory: Any, name: str, damage: bytes, place: int
) -> None:
    content = BASES[name]
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    path.write_bytes(content[:place] + damage + content[place + len(damage) :])
    with suppress(UserError):
        load(propose(path).recipe)
