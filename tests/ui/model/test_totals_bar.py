"""The totals: figures that are whole, whatever their size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nnstudio.session import design_edits as edits
from nnstudio.session.session import Session
from nnstudio.ui.model.totals_bar import TotalsBar


@pytest.mark.parametrize("width", [340, 520, 680, 1100])
def test_no_figure_is_cut_and_what_matters_least_goes_first(
    qtbot: QtBot, session: Session, width: int
) -> None:
    bar = TotalsBar(session.document, session.pacer)
    qtbot.addWidget(bar)
    bar.resize(width, 64)
    bar.show()
    qtbot.waitExposed(bar)
    for units in (16, 100_000, 2_000_000, 16):
        edits.change_layer(session.document, "dense", "units", units)
        shown = [words for words in bar.findChildren(QLabel) if words.isVisible() and words.text()]
        assert "Total params" in [words.text() for words in shown]
        for words in shown:
            assert words.width() >= words.sizeHint().width(), f"{words.text()} is cut"
