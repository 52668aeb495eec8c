"""RunCommands: the undo steps over runs: call one otherwise, delete one, add one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from nnstudio.experiments.run import Run

if TYPE_CHECKING:
    from nnstudio.session.run_verbs import RunVerbs

Labels = dict[str, str | int]


class Relabelling(QUndoCommand):
    """Another name, note, tags or colour."""

    def __init__(self, verbs: RunVerbs, key: str, text: str, before: Labels, after: Labels) -> None:
        super().__init__(text)
        self._verbs, self._key = verbs, key
        self._before, self._after = before, after

    def redo(self) -> None:
        self._verbs.take_labels(self._key, self._after)

    def undo(self) -> None:
        self._verbs.take_labels(self._key, self._before)


class Deletion(QUndoCommand):
    """One run less; it comes back where it was, and predicts again if it did."""

    def __init__(self, verbs: RunVerbs, key: str, text: str) -> None:
        super().__init__(text)
        self._verbs, self._key = verbs, key
        self._index, self._run, self._shown = 0, None, False  # type: tuple[int, Run | None, bool]

    def redo(self) -> None:
        self._index, self._run, self._shown = self._verbs.take_away(self._key)

    def undo(self) -> None:
        if self._run is not None:
            self._verbs.put_back(self._index, self._run, self._shown)


class Addition(QUndoCommand):
    """One run more, after all others that are kept."""

    def __init__(self, verbs: RunVerbs, run: Run, text: str) -> None:
        super().__init__(text)
        self._verbs, self._run = verbs, run

    def redo(self) -> None:
        self._verbs.put_back(-1, self._run, shown=False)

    def undo(self) -> None:
        self._verbs.take_away(self._run.key)
