"""One door to the number of threads: whoever comes and goes in whatever order, the smallest wish holds."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import numpy as np  # noqa: F401 - brings the library whose threads these are
import pytest
from threadpoolctl import LibController, ThreadpoolController

from nnstudio.experiments.blas_threads import blas_threads, set_threads

BEFORE = 4


def limit() -> int:
    """What holds for all libraries while nobody changes it; another test may have brought in one more."""
    (found,) = {library.num_threads for library in libraries()}
    return int(found)


def libraries() -> list[LibController]:
    return list(ThreadpoolController().select(user_api="blas").lib_controllers)


@pytest.fixture(autouse=True)
def four_threads() -> Iterator[None]:
    before = [(library, library.num_threads) for library in libraries()]
    for library, _ in before:
        set_threads(library, BEFORE)
    yield
    for library, count in before:
        set_threads(library, count)


def test_one_user_has_what_it_asked_for_and_leaves_things_as_they_were() -> None:
    with blas_threads(2):
        assert limit() == 2
    assert limit() == BEFORE


@pytest.mark.parametrize("leaving", list(itertools.permutations(range(3))))
def test_the_smallest_wish_holds_in_whatever_order_they_leave(leaving: tuple[int, ...]) -> None:
    wishes = (2, 1, 3)
    users = [blas_threads(wish) for wish in wishes]
    for user in users:
        user.__enter__()
    here = set(range(3))
    assert limit() == 1
    for index in leaving:
        users[index].__exit__(None, None, None)
        here.remove(index)
        assert limit() == min((wishes[one] for one in here), default=BEFORE)


def test_many_threads_that_come_and_go_never_see_more_than_they_asked_for() -> None:
    seen: list[bool] = []

    def work(wish: int) -> None:
        for _ in range(20):
            with blas_threads(wish):
                seen.append(all(library.num_threads <= wish for library in libraries()))

    threads = [threading.Thread(target=work, args=(wish,)) for wish in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 60 and all(seen) and limit() == BEFORE


def test_a_thread_that_stays_does_not_keep_others_from_setting_it() -> None:
    """As the thread of a rate test that goes on while a training begins."""
    came, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with blas_threads(3):
            came.set()
            leave.wait()

    thread = threading.Thread(target=stay)
    thread.start()
    came.wait()
    with blas_threads(1):
        assert limit() == 1
    assert limit() == 3
    leave.set()
    thread.join()
    assert limit() == BEFORE
