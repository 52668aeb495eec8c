"""PlotCard: each figure under its title and in its own unit."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.experiments.history import History
from nnstudio.ui.training import plot_card
from nnstudio.ui.training.curve_view import CurveView
from nnstudio.ui.training.plot_card import PlotCard


@pytest.mark.parametrize(
    ("name", "title", "words"),
    [
        ("loss", "Loss", "0.2500"),
        ("accuracy", "Accuracy", "25.00 %"),
        ("f1_score", "F1 score", "25.00 %"),
        ("auc", "Area under the curve", "0.2500"),
        ("mae", "Mean absolute error", "0.2500"),
    ],
)
def test_shares_are_percentages_and_other_figures_plain_numbers(
    qtbot: QtBot, name: str, title: str, words: str
) -> None:
    card = PlotCard()
    qtbot.addWidget(card)
    card.show_name(name)
    assert card.head.accessibleName() == title
    assert card.value_words(0.25) == words
    assert card.value_words(math.nan) == "–"


def test_another_smoothing_of_a_long_record_is_shown_when_all_is_worked_out(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plot_card, "_MOST_NEW", 40)
    history, view = History(("loss",)), CurveView(smoothing=0.5)
    for step in range(1, 101):
        history.add_step(step, step / 5, step / 100, 0.001, {"loss": 1.0 / step})
    card = PlotCard()
    qtbot.addWidget(card)
    card.show_name("loss")
    grown = []
    for _ in range(3):
        card.prepare(history, view)
        grown.append((len(card.curves.raw), card.behind))
    assert grown == [(40, True), (80, True), (100, False)]
    before = card.curves.smooth[-1]
    for smoothing, stays in ((0.9, True), (0.0, True), (0.0, True), (0.0, False)):
        card.prepare(history, replace(view, smoothing=smoothing))
        assert len(card.curves.raw) == 100 and bool(card.curves.smooth[-1] == before) is stays
    assert card.curves.smooth[-1] == 0.01
