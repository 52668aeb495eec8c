"""Statistics and duplicates are what NumPy and a slow search by hand find."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.data.dataset import Dataset, Samples
from nnstudio.data.duplicates import find_duplicates
from nnstudio.data.recipe import Recipe
from nnstudio.data.statistics import BINS, MOST_BARS, column_statistics
from nnstudio.data.value_sheet import ValueSheet
from nnstudio.data.watch import Watch
from nnstudio.errors import Cancelled
from nnstudio.task import DataFacts, Task
from tests.data.test_sheets import FILE, FileSheet, people

RNG = np.random.default_rng(3)


def numbers(values: np.ndarray, classes: int = 2) -> ValueSheet:  # type: ignore[type-arg]
    x = values.reshape(-1, 1).astype(np.float32)
    samples = Samples(x, np.arange(len(x)) % classes)
    names = tuple(map(str, range(classes)))
    facts = DataFacts("numbers", (1,), Task.TWO_CLASSES, names, 1, len(x), 0)
    return ValueSheet(Dataset(Recipe(), samples, samples, facts), samples)


@pytest.mark.parametrize("count", [1, 2, 5, 1000])
def test_numbers_have_the_figures_that_numpy_finds(count: int) -> None:
    values = np.rint(RNG.normal(3, 20, count)).astype(np.float32)
    found = column_statistics(numbers(values), 1, 2)
    quarters = np.percentile(values, [0, 25, 50, 75, 100])
    expected = [values.mean(), values.std(), *quarters]
    assert list(found.figures.values()) == pytest.approx(expected, rel=1e-5)
    assert (found.distinct, found.zeros) == (len(np.unique(values)), int((values == 0).sum()))
    for index in (0, 1):
        of_class = values[np.arange(count) % 2 == index]
        counts = np.histogram(of_class, BINS, (found.low, found.high + (count == 1)))[0]
        assert np.array_equal(found.bars[index], counts)


def test_what_is_missing_is_counted_and_left_out() -> None:
    values = np.array([1, np.nan, 3, np.nan])
    found = column_statistics(numbers(values), 1, 0)
    assert (found.count, found.missing, found.figures["Mean"]) == (4, 2, 2.0)
    assert found.bars.sum() == 2
    nothing = column_statistics(numbers(np.array([np.nan])), 1, 0)
    assert (nothing.figures, nothing.missing, nothing.bars.sum()) == ({}, 1, 0)


def test_names_are_counted_the_most_frequent_first() -> None:
    data = people()
    assert data.records is not None
    sheet = FileSheet(data, data.training, data.records)
    colour = column_statistics(sheet, 2, 2)
    assert (colour.names, colour.missing, colour.distinct) == (("red", "blue"), 1, 2)
    assert colour.bars.sum(axis=0).tolist() == [2, 1]
    note = column_statistics(sheet, 4, 0)
    assert (note.missing, note.distinct, len(note.names)) == (1, 3, 3)
    first = column_statistics(sheet, FILE[0].index("ill"), 2)
    assert first.bars.shape == (1, 2) and len(first.names) <= MOST_BARS


def slowly(parts: dict[str, Samples]) -> dict[tuple[object, ...], list[tuple[str, int]]]:
    """Return where each input stands."""
    places: dict[tuple[object, ...], list[tuple[str, int]]] = {}
    for name, samples in parts.items():
        for row in range(len(samples)):
            places.setdefault(tuple(samples.x[row].ravel().tolist()), []).append((name, row))
    return places


@pytest.mark.parametrize(("shape", "kind"), [((3,), np.float32), ((2, 2), np.uint8), ((5,), np.float32)])
def test_duplicates_are_those_that_a_slow_search_finds(shape: tuple[int, ...], kind: type) -> None:
    parts = {}
    for name, count in (("Training", 60), ("Validation", 0), ("Test", 30)):
        x = RNG.integers(0, 3, (count, *shape)).astype(kind)
        parts[name] = Samples(x, RNG.integers(0, 2, count))
    found = find_duplicates(parts)
    groups = [group for group in slowly(parts).values() if len(group) > 1]
    rows = {(name, int(row)) for name, rows in found.rows.items() for row in rows}
    assert rows == {place for group in groups for place in group}
    assert found.surplus == sum(len(group) - 1 for group in groups)
    leaked = {row for group in groups for name, row in group if name == "Test" and group[0][0] == "Training"}
    assert set(found.leaked.tolist()) == leaked
    disputed = [group for group in groups if len({int(parts[name].y[row]) for name, row in group}) > 1]
    assert found.disputed_count == sum(map(len, disputed))


def test_the_two_zeros_are_one_and_no_copies_are_none() -> None:
    samples = Samples(np.array([[0.0], [-0.0]], np.float32), np.array([[1.0], [2.0]], np.float32))
    found = find_duplicates({"Training": samples, "Test": samples.part(0, 0)})
    assert found.surplus == 1 and found.disputed_count == 2
    alone = find_duplicates({"Training": samples.part(0, 1), "Test": samples.part(0, 0)})
    assert not alone and not len(alone.leaked)


def test_copies_stand_side_by_side() -> None:
    x = np.array([5, 7, 5, 7, 9, 5], np.float32).reshape(-1, 1)
    found = find_duplicates({"Training": Samples(x, np.zeros(6, int))})
    values = x[found.rows["Training"], 0]
    assert len(values) == 5 and np.count_nonzero(np.diff(values)) == 1


def test_a_long_comparison_can_be_stopped() -> None:
    class Stopped(Watch):
        def cancelled(self) -> bool:
            return True

    samples = Samples(np.zeros((9, 2), np.float32), np.zeros(9, int))
    with pytest.raises(Cancelled):
        find_duplicates({"Training": samples}, Stopped())
