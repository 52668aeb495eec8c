"""Random edits, pastes, undos under the model's tester: document, cards and history always agree."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from nnstudio.engine.design import Design
from nnstudio.engine.layers import LAYERS
from nnstudio.session import design_edits as edits
from nnstudio.session.layer_clipboard import copied_text, cut_layers, paste_layers
from nnstudio.session.session import Session
from nnstudio.ui.model.model_tab import ModelTab

MOST_LAYERS = 40
NONSENSE = ("", "words", "[1]", '{"nnstudio_layers": [{"class_name": "Dense", "config": {"units": 0}}]}')


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[ModelTab]:
    tab = ModelTab(session)
    qtbot.addWidget(tab)
    tab.resize(1280, 760)
    tab.show()
    tester = QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield tab
    del tester


class Walk:
    """Does random things and knows what undo and redo must bring back."""

    def __init__(self, tab: ModelTab, session: Session, seed: int) -> None:
        self.tab, self.document = tab, session.document
        self.random = random.Random(seed)
        self.designs: list[Design] = [self.document.design]
        self.at = 0
        self.text = copied_text(self.document, self.document.design.names[:2])

    def act(self) -> None:
        """Do one thing, and check everything."""
        kind = self.random.randrange(10)
        if kind < 2:
            self.document.undo_stack.undo()
            self.at = max(0, self.at - 1)
        elif kind == 2:
            self.document.undo_stack.redo()
            self.at = min(len(self.designs) - 1, self.at + 1)
        else:
            self.edit()
        self.check()

    def edit(self) -> None:
        """Change the stack, through the document or through the verbs of the cards."""
        before, names = self.document.design, self.document.design.names
        some = self.random.sample(names, min(len(names), self.random.randint(1, 4)))
        place = self.random.randint(0, len(names))
        acts = [self.add, self.paste, self.cut, self.move, self.select_and_act, self.rename, self.freeze]
        act = self.random.choice(acts) if len(names) < MOST_LAYERS else self.cut
        act(some, place)
        if self.document.design != before:
            self.designs = [*self.designs[: self.at + 1], self.document.design]
            self.at += 1

    def add(self, some: list[str], place: int) -> None:
        edits.add_layer(self.document, self.random.choice(LAYERS)(), place)

    def paste(self, some: list[str], place: int) -> None:
        if self.random.random() < 0.2:
            before = self.document.design
            assert paste_layers(self.document, self.random.choice(NONSENSE), place).names == ()
            assert self.document.design is before
        else:
            assert paste_layers(self.document, self.text, place).names

    def cut(self, some: list[str], place: int) -> None:
        self.text = cut_layers(self.document, some) or self.text

    def move(self, some: list[str], place: int) -> None:
        if some:
            edits.move_layers(self.document, some, place)

    def select_and_act(self, some: list[str], place: int) -> None:
        self.tab.verbs.select(tuple(some))
        verbs = self.tab.verbs
        verb = self.random.choice([verbs.duplicate, verbs.delete, lambda: verbs.shift(-1)])
        verb()

    def rename(self, some: list[str], place: int) -> None:
        if some:
            wanted = f"layer_{self.random.randrange(60)}"
            edits.change_layer(self.document, some[0], "name", wanted)

    def freeze(self, some: list[str], place: int) -> None:
        if some:
            edits.freeze_layers(self.document, some, frozen=self.random.random() < 0.5)

    def check(self) -> None:
        """Document, history and cards say the same."""
        design, model = self.document.design, self.tab.model
        assert design == self.designs[self.at]
        assert self.document.undo_stack.index() == self.at
        names = tuple(model.name(row) for row in range(1, model.rowCount() - 1))
        assert names == design.names and len(set(names)) == len(names)
        assert [model.layer(row + 1) for row in range(len(names))] == list(design.layers)
        assert [report.name for report in self.document.report.layers] == list(names)
        assert set(self.tab.stack.selected_names) <= set(names)


def test_two_hundred_random_acts_on_the_cards(tab: ModelTab, session: Session) -> None:
    walk = Walk(tab, session, seed=1)
    for _ in range(200):
        walk.act()


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_two_thousand_random_acts_on_the_cards(qtbot: QtBot, tab: ModelTab, session: Session) -> None:
    walk = Walk(tab, session, seed=2)
    for number in range(2000):
        walk.act()
        if number % 20 == 0:
            qtbot.wait(1)
