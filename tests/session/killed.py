"""A program that edits, saves and trains at random until it is killed, and writes down what it did.

Run as ``python -m tests.session.killed FOLDER SEED``. Each edit gives the plan the next seed, so that any
study tells after how many edits it stood. The log has lines ``edit COUNT TIME`` and ``saved COUNT TIME``.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from nnstudio.session import autosave
from nnstudio.session.autosave import Autosave
from nnstudio.session.session import Session
from tests.session.small import small_dataset, small_model, small_study

LEAST_SECONDS = 0.5  # between two autosaves, that a short life has some
ACT_MS = 10


class Person(QObject):
    """Does something every moment."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__()
        self._path = folder / "work.nnstudio"
        self._log = (folder / "log").open("a", encoding="utf-8")
        self._random = random.Random(seed)
        self._count = 0
        self.session = Session(small_model(small_study(epochs=300)), small_dataset())
        self.session.project.saved.connect(self._saved)
        Autosave(self.session, folder / "recovery")
        self._timer = QTimer(self, interval=ACT_MS)
        self._timer.timeout.connect(self._act)
        self._timer.start()

    def _act(self) -> None:
        chance, session = self._random.random(), self.session
        if chance < 0.05:
            session.project.save(self._path)
        elif chance < 0.10:
            session.train_or_pause()
        elif chance < 0.6:
            self._count += 1
            plan = replace(session.document.study.plan, seed=self._count)
            session.document.edit_plan("edit", plan)
            self._write("edit", self._count)

    def _saved(self) -> None:
        if not self.session.document.undo_stack.isClean():
            return  # it was edited meanwhile, so that it is not known here what was saved
        self._write("saved", self._count)

    def _write(self, what: str, count: int) -> None:
        self._log.write(f"{what} {count} {time.time()}\n")
        self._log.flush()


if __name__ == "__main__":
    autosave._LEAST_SECONDS, autosave._LOOK_MS = LEAST_SECONDS, 50  # type: ignore[misc]
    app = QCoreApplication([])
    person = Person(Path(sys.argv[1]), int(sys.argv[2]))
    app.exec()
