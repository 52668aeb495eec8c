"""History: every batch and epoch once and in order, read by one thread while another writes."""

from __future__ import annotations

import errno
import math
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.experiments import history
from nnstudio.experiments.history import History, Table


def filled(count: int) -> Table:
    table = Table(("row", "double"))
    for row in range(count):
        table.append((row, 2 * row))
    return table


@given(st.integers(0, 5_000))
def test_a_table_keeps_every_row_in_order(count: int) -> None:
    table = filled(count)
    assert len(table) == len(table.rows()) == count
    assert table.column("row").tolist() == list(range(count))
    assert table.column("double").tolist() == [2 * row for row in range(count)]


@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_a_table_that_was_read_back_goes_on(before: int, after: int) -> None:
    table = Table(("row", "double"), filled(before).rows())
    for row in range(before, before + after):
        table.append((row, 2 * row))
    assert table.rows().tolist() == filled(before + after).rows().tolist()


def test_rows_that_were_taken_do_not_change_when_the_table_grows() -> None:
    table = filled(1_000)
    taken = table.rows()
    copy = taken.copy()
    for row in range(100_000):
        table.append((row, row))
    assert taken.tobytes() == copy.tobytes()


def test_a_reader_cannot_change_the_record() -> None:
    with pytest.raises(ValueError, match="read-only"):
        filled(3).rows()[0, 0] = 7.0


def test_a_table_of_given_rows_does_not_share_them() -> None:
    rows = np.ones((2, 2))
    table = Table(("a", "b"), rows)
    rows[:] = 5.0
    assert table.column("a").tolist() == [1.0, 1.0]


def test_a_table_without_rows_says_so() -> None:
    table = Table(("row",))
    assert len(table) == 0 and table.column("row").size == 0 and math.isnan(table.last("row"))
    assert Table(("row", "double"), np.array([])).column("double").size == 0


def test_another_thread_only_sees_complete_rows() -> None:
    table, done = Table(("row", "double")), threading.Event()
    seen: list[bool] = []

    def read() -> None:
        while not done.is_set():
            rows = table.rows()
            seen.append(bool((rows == np.arange(len(rows))[:, None] * [1.0, 2.0]).all()))

    reader = threading.Thread(target=read)
    reader.start()
    for row in range(60_000):
        table.append((row, 2 * row))
    done.set()
    reader.join()
    assert seen and all(seen)
    assert len(table) == 60_000


def test_a_row_of_the_wrong_length_is_no_row() -> None:
    table = filled(2)
    with pytest.raises(ValueError):
        table.append((1.0, 2.0, 3.0))
    assert len(table) == 2


def test_steps_and_epochs_are_recorded_under_their_names() -> None:
    history = History(("loss", "accuracy"))
    history.add_step(1, 0.5, 0.01, 0.001, {"accuracy": 0.25, "loss": 2.0})
    history.add_epoch(1, 2, 0.02, {"loss": 1.5, "accuracy": 0.5, "val_loss": 1.75})
    assert history.steps.rows().tolist() == [[1, 0.5, 0.01, 0.001, 2.0, 0.25]]
    assert history.epochs.last("val_loss") == 1.75
    assert math.isnan(history.epochs.last("val_accuracy"))


def test_the_best_epoch_has_the_lowest_validation_loss() -> None:
    history = History(("loss",))
    assert history.best_epoch() is None
    for epoch, loss in enumerate((math.nan, 3.0, 1.0, 2.0, math.nan), start=1):
        history.add_epoch(epoch, epoch, 0.0, {"loss": 1.0, "val_loss": loss})
    assert history.best_epoch() == 3


def test_without_validation_there_is_no_best_epoch() -> None:
    history = History(("loss",))
    history.add_epoch(1, 1, 0.0, {"loss": 1.0})
    assert history.best_epoch() is None


def test_a_record_too_long_for_the_memory_goes_on_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_ROWS_IN_MEMORY", 2_000)
    table = filled(10_000)
    assert isinstance(table._data.base, np.memmap)
    assert table.rows().tolist() == [[row, 2 * row] for row in range(10_000)]


def test_without_room_on_the_disk_the_record_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(history, "MOST_ROWS_IN_MEMORY", 2_000)
    monkeypatch.setattr(history.os, "posix_fallocate", full)
    assert len(filled(10_000)) == 10_000


def test_a_frozen_record_shares_its_rows_and_does_not_grow() -> None:
    found = History(("loss",))
    for row in range(5):
        found.add_step(row, row, row, 0.1, {"loss": float(row)})
    frozen = found.frozen()
    found.add_step(5, 5, 5, 0.1, {"loss": 5.0})
    frozen.add_step(6, 6, 6, 0.1, {"loss": 6.0})
    assert found.steps.column("loss").tolist() == [0, 1, 2, 3, 4, 5]
    assert frozen.steps.column("loss").tolist() == [0, 1, 2, 3, 4, 6]


def test_a_record_is_cut_back_to_where_its_run_goes_on() -> None:
    found = History(("loss",))
    for batch in range(1, 8):
        found.add_step(batch, batch / 2, batch, 0.1, {"loss": 0.0})
        if batch % 2 == 0:
            found.add_epoch(batch // 2, batch, batch, {"loss": 0.0})
    cut = found.up_to(5, 2)
    assert (cut.steps.last("iteration"), cut.epochs.last("epoch")) == (5, 2)
    assert len(found.up_to(99, 99).steps) == 7 and len(found.up_to(0, 0).epochs) == 0
