"""Data by formula go through every tab: opened, mended by the offered fixes, trained and predicted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.data.recipe import recipe_of
from nnstudio.data.source import Source
from nnstudio.data.sources.drug_trial import DrugTrial
from nnstudio.data.sources.one_weight import OneWeight
from nnstudio.data.sources.toys import Gaussians
from nnstudio.session import words
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from nnstudio.ui.workbench import Workbench
from tests.data.test_generated import FORMULAS, TOYS

SOURCES = (*(kind() for kind in (*TOYS, *FORMULAS)), Gaussians(classes=3), DrugTrial(), OneWeight())


def open_source(qtbot: QtBot, session: Session, source: Source) -> None:
    with qtbot.waitSignal(session.dataset_changed):
        session.choose_recipe(recipe_of(source))


def mend(session: Session) -> None:
    """Take the first fix that is offered until nothing is wrong any more."""
    document = session.document
    for _ in range(8):
        if document.report.problems:
            fix = document.report.problems[0].fixes[0]
            document.edit_design(fix.label, fix.apply(document.design))
    assert document.report.problems == ()


def train(qtbot: QtBot, session: Session) -> None:
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is Phase.FINISHED)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: type(source).__name__)
def test_a_source_goes_through_every_tab(qtbot: QtBot, workbench: Workbench, source: Source) -> None:
    session = workbench.session
    open_source(qtbot, session, source)
    mend(session)
    plan = session.document.study.plan
    session.document.edit_plan("no validation", replace(plan, validation_split=0.0, epochs=1))
    for stage in range(4):
        workbench.window.stages.setCurrentIndex(stage)
        qtbot.wait(60)
    assert session.document.obstacle == "" and words.main_verb(session).enabled
    train(qtbot, session)
    qtbot.waitUntil(lambda: session.evaluation is not None and session.evaluation.epoch == 1)
    for stage in range(4):
        workbench.window.stages.setCurrentIndex(stage)
        qtbot.wait(60)
    evaluation = session.evaluation
    assert evaluation is not None and np.isfinite(evaluation.losses).all()
    if evaluation.facts.is_classes:
        assert evaluation.confusion.sum() == len(session.dataset.test)
