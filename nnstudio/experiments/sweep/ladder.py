"""Ladder: which trials are trained next, until how many epochs, and which of them are dropped."""

from __future__ import annotations

from collections import deque

from nnstudio.experiments.sweep.messages import Lost, Message, Task, Told
from nnstudio.experiments.sweep.report import TrialState
from nnstudio.experiments.sweep.strategies import Rung
from nnstudio.experiments.sweep.trial_book import TrialBook


class Ladder:
    """The trials climb rung by rung; where all of a rung are there, the best go on."""

    def __init__(self, books: list[TrialBook], rungs: tuple[Rung, ...]) -> None:
        self._rungs = rungs
        self._place = 0
        self._members = [book for book in books if not book.done]
        self._queue = deque(self._members)
        self._training: dict[int, TrialBook] = {}

    @property
    def over(self) -> bool:
        """Whether nothing is left to train."""
        return not self._queue and not self._training

    def next_task(self) -> Task | None:
        """Return the next task; None where there is none by now."""
        if not self._queue:
            return None
        book = self._queue.popleft()
        self._training[book.report.trial.number] = book
        return book.task(self._until(book))

    def take(self, message: Message) -> bool:
        """Write down what was told; return whether a task is over. The last one begins the next rung."""
        number = message.number if isinstance(message, Told | Lost) else message.told.number
        book = self._training.get(number)
        if book is None:
            return False  # told twice
        book.take(message)
        if isinstance(message, Told):
            return False
        del self._training[number]
        if self.over and self._place + 1 < len(self._rungs):
            self._climb()
        return True

    def cancel(self) -> None:
        """Begin nothing more."""
        for book in self._members:
            if not book.done and book.report.trial.number not in self._training:
                book.close(TrialState.CANCELLED)
        self._queue.clear()
        self._rungs = self._rungs[: self._place + 1]

    def give_up(self) -> None:
        """Close all that is not over, where nobody trains any more."""
        self._training.clear()
        self.cancel()

    def fraction(self) -> float:
        """Return the share of all epochs that is done; those that were dropped have none left."""
        before = self._rungs[self._place - 1].epochs if self._place else 0
        done = sum(
            rung.count * (rung.epochs - last)
            for last, rung in zip(self._levels(), self._rungs[: self._place], strict=False)
        )
        shares = [self._share(book, before) for book in self._members]
        rung = self._rungs[self._place]
        done_now = rung.count * (rung.epochs - before) * sum(shares) / max(1, len(shares))
        total = sum(
            one.count * (one.epochs - last) for last, one in zip(self._levels(), self._rungs, strict=False)
        )
        return min(1.0, (done + done_now) / max(1, total))

    def _levels(self) -> tuple[int, ...]:
        return (0, *(rung.epochs for rung in self._rungs))

    def _share(self, book: TrialBook, before: int) -> float:
        report, until = book.report, self._until(book)
        if book.done or until <= before:
            return 1.0
        part = report.batch / report.batches if report.batches else 0.0
        return min(1.0, max(0.0, (report.epoch + part - before) / (until - before)))

    def _until(self, book: TrialBook) -> int:
        """Return the epochs of this rung; on the last one those of the trial's own plan."""
        if self._place + 1 == len(self._rungs):
            return book.report.trial.study.plan.epochs
        return self._rungs[self._place].epochs

    def _climb(self) -> None:
        self._place += 1
        able = [book for book in self._members if book.report.state not in _OUT]
        able.sort(key=lambda book: -book.score)  # equal ones stay in the order of the trials
        best, rest = able[: self._rungs[self._place].count], able[self._rungs[self._place].count :]
        for book in rest:
            if not book.done:
                book.close(TrialState.DROPPED)
        self._members = best
        self._queue.extend(book for book in best if not book.done)
        if self.over and self._place + 1 < len(self._rungs):
            self._climb()


_OUT = (TrialState.FAILED, TrialState.REFUSED, TrialState.CANCELLED)
