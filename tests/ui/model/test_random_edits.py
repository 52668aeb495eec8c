"""Random edits, undos, redos, saves and opens: the document, its history and the cards always agree."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from nnstudio.engine.layers import LAYERS
from nnstudio.experiments.study import Study
from nnstudio.session import design_edits as edits
from nnstudio.session.session import Session
from nnstudio.ui.model.stack_model import StackModel

MOST_LAYERS = 12


class Walk:
    """Does random things to a session and knows what must come of them."""

    def __init__(self, qtbot: QtBot, session: Session, path: Path, seed: int) -> None:
        self.qtbot, self.session, self.path = qtbot, session, path
        self.model = StackModel(session.document)
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.random = random.Random(seed)
        self.steps: list[Study] = [session.document.study]
        self.at = 0
        self.saved: Study | None = None
        self.done: set[str] = set()

    def act(self) -> None:
        """Do one thing, and check everything."""
        acts = [self.edit, self.undo, self.redo, self.save, self.open]
        act = self.random.choices(acts, weights=(60, 18, 12, 5, 5))[0]
        act()
        self.done.add(act.__name__)
        document = self.session.document
        assert document.study == self.steps[self.at]
        names = [self.model.name(row) for row in range(1, self.model.rowCount() - 1)]
        assert tuple(names) == document.design.names

    def edit(self) -> None:
        """Change the stack or the plan."""
        before = self.session.document.study
        self._change()
        if self.session.document.study != before:
            self.steps = [*self.steps[: self.at + 1], self.session.document.study]
            self.at += 1

    def _change(self) -> None:
        document, rng = self.session.document, self.random
        names = document.design.names
        some = rng.sample(names, min(len(names), rng.randint(1, 3)))
        kind = rng.randrange(5)
        if kind == 0 and len(names) < MOST_LAYERS:
            edits.add_layer(document, rng.choice(LAYERS)(), rng.randint(0, len(names)))
        elif kind == 1 and len(names) < MOST_LAYERS:
            edits.duplicate_layers(document, some)
        elif kind == 2:
            edits.move_layers(document, some, rng.randint(0, len(names)))
        elif kind == 3 and len(names) > 1:
            edits.delete_layers(document, some)
        else:
            plan = replace(document.study.plan, seed=rng.randrange(1_000_000))
            document.edit_plan("set the seed", plan)

    def undo(self) -> None:
        """Go back, where there is anything."""
        self.session.document.undo_stack.undo()
        self.at = max(0, self.at - 1)

    def redo(self) -> None:
        """Go forth, where there is anything."""
        self.session.document.undo_stack.redo()
        self.at = min(len(self.steps) - 1, self.at + 1)

    def save(self) -> None:
        """Save, and wait until that is done."""
        with self.qtbot.waitSignal(self.session.project.saved):
            self.session.project.save(self.path)
        self.saved = self.session.document.study
        assert not self.session.project.modified

    def open(self) -> None:
        """Open what was saved last; its history begins anew."""
        if self.saved is None:
            return
        with self.qtbot.waitSignal(self.session.project.opened):
            self.session.project.open(self.path)
        self.steps, self.at = [self.saved], 0
        assert not self.session.project.modified


def test_two_hundred_random_acts(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    walk = Walk(qtbot, session, tmp_path / "walk.nnstudio", seed=1)
    for _ in range(200):
        walk.act()
    assert walk.done == {"edit", "undo", "redo", "save", "open"}


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_two_thousand_random_acts(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    walk = Walk(qtbot, session, tmp_path / "walk.nnstudio", seed=2)
    for _ in range(2000):
        walk.act()
