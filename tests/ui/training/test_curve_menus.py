"""What the menus beside the curves do: other metrics, outliers, the learning rate, pictures and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nnstudio.experiments.curves import most_of
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from nnstudio.ui.training.ticks import figure_words, log_ticks, round_range, short_words, tick_words
from nnstudio.ui.training.training_tab import TrainingTab


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[TrainingTab]:
    tab = TrainingTab(session, QAction("Train"))
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    session.train()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)
    qtbot.wait(60)
    yield tab
    tab.hide()


def test_the_learning_rate_is_a_strip_of_its_own(tab: TrainingTab, session: Session) -> None:
    assert not tab.curves.rate.isVisible()
    tab.curves.tools.menus.rate.trigger()
    assert tab.curves.rate.isVisible()
    assert session.run is not None
    rates = tab.curves.rate.plot.listDataItems()[0].getData()[1]
    assert rates.tolist() == session.run.history.steps.column("learning_rate").tolist()


def test_a_learning_rate_that_was_changed_stands_as_a_mark(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    design = session.document.design
    slower = replace(design.optimizer, learning_rate=0.0001)
    session.document.edit_design("slower", replace(design, optimizer=slower))
    session.train_more(1)
    qtbot.waitUntil(lambda: session.run is not None and session.run.progress.epoch == 3)
    tab.curves.draw()
    shown = tab.loss.plot.marks.shown
    assert "Learning rate 0.001 → 0.0001" in [mark.words for _, mark in shown]
    assert tab.loss.plot.marks_at(2.0)


def test_curves_are_saved_and_copied(
    qtbot: QtBot, tab: TrainingTab, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions = {action.objectName(): action for action in tab.curves.tools.menus.save.menu().actions()}
    for how in ("png", "svg", "csv"):
        path = tmp_path / f"curves.{how}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        with qtbot.waitSignal(session.told):
            actions[how].trigger()
        assert path.stat().st_size > 500
    assert len((tmp_path / "curves.csv").read_text().splitlines()) == 21
    actions["copy"].trigger()
    assert not QApplication.clipboard().pixmap().isNull()
    actions["copy_values"].trigger()
    assert QApplication.clipboard().text().startswith("epoch\titeration")


def test_one_outlier_does_not_set_the_range() -> None:
    import numpy as np

    assert most_of(np.array([1.0, 1.1, 1.2, 1.3, 1e9])) == (1.0, 1.3)
    assert most_of(np.array([2.0])) == (2.0, 2.0) and most_of(np.array([])) is None


@pytest.mark.parametrize("value", [0.0, 1e-12, 0.25, 99_999.0, 1.234e25, -3.5e8, 1e300])
def test_no_number_is_too_long_for_an_axis_or_a_card(value: float) -> None:
    assert len(short_words(value)) <= 8 and len(figure_words(value)) <= 9
    assert float(short_words(value).replace("\u2212", "-").replace(",", "")) == pytest.approx(value, rel=0.01)


def test_large_losses_get_round_ends_on_a_logarithmic_axis() -> None:
    low, high = round_range([0.0, 25.3], 8, log=True)
    assert low <= 0.0 and 25.3 <= high < 26
    assert all(len(words) <= 5 for words in tick_words(log_ticks(low, high, 6), log=True))
