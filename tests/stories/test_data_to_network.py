"""Tables and generated data become trained networks by pointing and clicking."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.data.sources.drug_trial import DrugTrial
from nnstudio.data.sources.toys import Spirals
from nnstudio.engine.layers import Dense
from nnstudio.session.training_run import Phase
from nnstudio.ui.workbench import Workbench
from tests.data.makers import ROOT
from tests.session.tables import write_table
from tests.stories.hand import Hand

pytestmark = pytest.mark.x11

DATA, MODEL, TRAINING, PREDICTION = range(4)
TABLES = Path(os.environ.get("NNSTUDIO_SHARED", ROOT.parent / "shared")) / "data" / "tables"


def go_to(hand: Hand, workbench: Workbench, stage: int) -> None:
    bar = workbench.window.stages
    hand.click(bar, bar.tabRect(stage).center())


def visible(parent: QWidget, words: str) -> QAbstractButton:
    buttons = parent.findChildren(QAbstractButton)
    return next(one for one in buttons if one.text().startswith(words) and one.isVisible())


def use_table(qtbot: QtBot, workbench: Workbench, hand: Hand, path: Path) -> None:
    """Open a table, look at how it is understood, and use it."""
    session = workbench.session
    workbench.files.open_path(str(path))
    qtbot.waitUntil(lambda: session.table.is_open and not session.table.follows)
    qtbot.wait(300)
    with qtbot.waitSignal(session.dataset_changed):
        hand.click(visible(workbench.data_tab, "Use this table"))
    fit(hand, workbench)


def fit(hand: Hand, workbench: Workbench) -> None:
    """Take the offer that the notice makes, where the design does not fit."""
    if workbench.session.document.report.errors:
        hand.click(visible(workbench.data_tab, "Fit the"))
    assert not workbench.session.document.obstacle


def set_units(hand: Hand, workbench: Workbench, layer: str, units: int) -> None:
    """Click on a card and type how many units it has."""
    tab = workbench.model_tab
    card = tab.stack.card(tab.model.row(layer))
    assert card is not None
    hand.click(tab.stack.viewport(), card.type.center())
    hand.click(tab.layer_panel.form.editor("units").field)
    hand.press("ctrl+a")
    hand.type(str(units))
    hand.press("Return")
    assert workbench.session.document.design.layer(layer).units == units  # type: ignore[attr-defined]


def train(qtbot: QtBot, workbench: Workbench, hand: Hand, epochs: int, batch: int = 10) -> float:
    """Type how often, train to the end, and return the accuracy on the test part."""
    session = workbench.session
    go_to(hand, workbench, TRAINING)
    for setting, value in (("epochs", epochs), ("batch_size", batch)):
        hand.click(workbench.training_tab.plan.plan.editor(setting).field)
        hand.press("ctrl+a")
        hand.type(str(value))
        hand.press("Return")
    hand.press("F5")
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    qtbot.waitUntil(lambda: session.evaluation is not None and session.evaluation.epoch == epochs)
    assert session.evaluation is not None
    return session.evaluation.accuracy


@pytest.mark.parametrize(
    "name,epochs,least",
    [("pima-indians-diabetes", 60, 0.68), ("iris", 200, 0.9), ("banknote_authentication", 20, 0.98)],
)
def test_a_table_of_a_course_is_learnt(
    qtbot: QtBot, workbench: Workbench, hand: Hand, name: str, epochs: int, least: float
) -> None:
    path = TABLES / f"{name}.csv"
    if not path.is_file():
        pytest.skip("the tables are not here; NNSTUDIO_SHARED says where data/tables lies")
    use_table(qtbot, workbench, hand, path)
    go_to(hand, workbench, MODEL)
    set_units(hand, workbench, "hidden_1", 12)
    set_units(hand, workbench, "hidden_2", 8)
    assert train(qtbot, workbench, hand, epochs) >= least
    go_to(hand, workbench, PREDICTION)
    qtbot.wait(500)
    assert workbench.session.document.facts.is_classes


def test_a_row_that_nobody_has_seen_is_answered_and_all_can_be_undone(
    qtbot: QtBot, workbench: Workbench, hand: Hand, tmp_path: Path
) -> None:
    session = workbench.session
    before = session.document.study
    use_table(qtbot, workbench, hand, write_table(tmp_path))
    assert isinstance(session.document.design.layers[-1], Dense)
    assert train(qtbot, workbench, hand, 30) >= 0.6
    go_to(hand, workbench, PREDICTION)
    qtbot.wait(400)
    answer = session.dataset.input_names
    assert answer == ("age", "weight", "colour: blue", "colour: green", "colour: red")
    session.document.undo_stack.setIndex(0)
    qtbot.waitUntil(lambda: session.dataset.recipe == before.recipe)
    assert session.document.study == before


@pytest.mark.parametrize("title,epochs,least", [(DrugTrial.title, 8, 0.9), (Spirals.title, 60, 0.9)])
def test_generated_data_are_learnt_with_a_click_on_each(
    qtbot: QtBot, workbench: Workbench, hand: Hand, title: str, epochs: int, least: float
) -> None:
    session, sources = workbench.session, workbench.data_tab.sources
    index = sources.model.index_of(title)
    sources.list.scrollTo(index)
    with qtbot.waitSignal(session.dataset_changed):
        hand.click(sources.list.viewport(), sources.list.visualRect(index).center())
    fit(hand, workbench)
    assert train(qtbot, workbench, hand, epochs, 64) >= least
    if title == DrugTrial.title:
        assert session.evaluation is not None and int(session.evaluation.confusion.sum()) == 420
