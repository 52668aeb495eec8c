"""PlotCard: each figure under its title and in its own unit."""

from __future__ import annotations

import math

import pytest
from pytestqt.qtbot import QtBot

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
