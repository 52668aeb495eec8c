"""The sweep of a session: what becomes of its trials, and how it and the training make way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from nnstudio.experiments.sweep.choices import SweepChoices
from nnstudio.experiments.sweep.draft import SweepDraft
from nnstudio.experiments.sweep.report import TrialState
from nnstudio.experiments.sweep.running import SweepPhase
from nnstudio.session.session import Session
from nnstudio.session.sweep_desk import SweepDesk
from tests.session.small import small_dataset, small_model, small_study
from tests.session.sweeping import UNITS, ToldSweep, small_sweep


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(small_model(), small_dataset())
    yield session
    assert session.close()


@pytest.fixture
def told(session: Session) -> ToldSweep:
    told = ToldSweep(small_sweep(), session.dataset)
    session.sweeps.begin(told)  # type: ignore[arg-type]
    return told


def look(qtbot: QtBot, desk: SweepDesk) -> None:
    """Wait until the desk has looked at the sweep once more."""
    with qtbot.waitSignal(desk.progressed):
        pass


def test_trials_that_end_become_runs_of_the_project_once(
    qtbot: QtBot, session: Session, told: ToldSweep
) -> None:
    told.tell(1, TrialState.TRAINING, loss=0.9)
    look(qtbot, session.sweeps)
    assert [run.name for run in session.runs] == ["Example"]
    told.tell(1, TrialState.FINISHED, loss=0.5)
    told.tell(2, TrialState.FAILED, loss=9.0, sentence="The loss is no number any more.")
    look(qtbot, session.sweeps)
    look(qtbot, session.sweeps)
    assert [(run.name, run.tags, run.color) for run in session.runs[1:]] == [
        ("units 8", "sweep", 1),
        ("units 16", "sweep", 2),
    ]
    assert session.project.modified
    assert session.sweeps.key_of(told.reports[0]) == session.runs[1].key
    assert session.sweeps.key_of(told.reports[2]) == ""


def test_a_run_of_a_sweep_is_deleted_and_comes_back_like_any_other(
    qtbot: QtBot, session: Session, told: ToldSweep
) -> None:
    told.tell(1, TrialState.FINISHED, loss=0.5)
    look(qtbot, session.sweeps)
    session.verbs.delete([session.runs[1].key])
    assert session.sweeps.key_of(told.reports[0]) == ""
    look(qtbot, session.sweeps)
    assert len(session.runs) == 1  # it is not taken once more
    session.document.undo_stack.undo()
    assert session.sweeps.key_of(told.reports[0]) == session.runs[1].key


def test_the_sweep_waits_for_a_training_and_goes_on_after_it(
    qtbot: QtBot, session: Session, told: ToldSweep
) -> None:
    session.train()
    qtbot.waitUntil(lambda: not session.running)
    qtbot.waitUntil(lambda: told.calls == ["start", "pause", "go on"])
    assert not session.sweeps.waits and told.phase is SweepPhase.RUNNING


def test_a_sweep_that_was_paused_by_hand_stays_so_after_a_training(
    qtbot: QtBot, session: Session, told: ToldSweep
) -> None:
    session.sweeps.pause()
    session.train()
    qtbot.waitUntil(lambda: session.run is not None and not session.running)
    assert told.calls == ["start", "pause"]


def test_a_sweep_that_begins_or_goes_on_holds_the_training(qtbot: QtBot, session: Session) -> None:
    session.document.edit_plan("more", small_study(epochs=500).plan)
    session.train()
    qtbot.waitUntil(lambda: session.run is not None and session.run.progress.done > 2)
    told = ToldSweep(small_sweep(), session.dataset)
    session.sweeps.begin(told)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: not session.running)
    session.train()
    qtbot.waitUntil(lambda: session.sweeps.waits)
    session.sweeps.go_on()
    qtbot.waitUntil(lambda: not session.running)
    qtbot.waitUntil(lambda: told.phase is SweepPhase.RUNNING and not session.sweeps.waits)


def test_a_sweep_on_a_cluster_is_in_nobodys_way(qtbot: QtBot, session: Session) -> None:
    told = ToldSweep(small_sweep(), session.dataset, cluster="tcp://10.0.0.1:8786")
    session.sweeps.begin(told)  # type: ignore[arg-type]
    session.train()
    qtbot.waitUntil(lambda: session.run is not None and not session.running)
    assert told.calls == ["start"]


def test_another_project_ends_the_sweep_and_gets_none_of_its_runs(
    qtbot: QtBot, session: Session, told: ToldSweep
) -> None:
    with qtbot.waitSignal(session.project.opened):
        session.project.new()
    assert told.calls[-1] == "cancel" and session.sweeps.run is None
    told.tell(1, TrialState.CANCELLED, loss=0.5)
    qtbot.wait(400)
    assert session.runs == ()


def test_the_settings_of_a_trial_are_one_step_to_undo(
    qtbot: QtBot, session: Session, told: ToldSweep
) -> None:
    before = session.document.study
    session.sweeps.use(told.reports[2])
    assert session.document.design.layers[1].units == 24  # type: ignore[attr-defined]
    assert session.document.study.plan == before.plan
    assert session.document.undo_stack.undoText() == "use trial 3: units 24"
    session.document.undo_stack.undo()
    assert session.document.study == before


def test_a_real_sweep_trains_in_processes_and_says_what_was_best(qtbot: QtBot, session: Session) -> None:
    said: list[str] = []
    session.told.connect(said.append)
    choices = SweepChoices(epochs=1, workers=2)
    session.sweeps.start(SweepDraft(session.document.study, ((UNITS, "8, 0, 32"),), choices))
    assert session.sweeps.run is None  # 0 units are no value: nothing begins
    session.sweeps.start(SweepDraft(session.document.study, ((UNITS, "8, 32"),), choices))
    qtbot.waitUntil(lambda: session.sweeps.phase is SweepPhase.FINISHED and bool(said))
    assert [run.name for run in session.runs[1:]] in (["units 8", "units 32"], ["units 32", "units 8"])
    assert all(run.model() is not None and run.tags == "sweep" for run in session.runs[1:])
    best = session.sweeps.run and session.sweeps.run.best
    assert best is not None
    assert said[-1] == f"The sweep of 2 trials is done. Best is Trial {best.trial.number}: {best.trial.name}."


def test_closing_in_the_middle_of_a_real_sweep_ends_its_processes(qtbot: QtBot, session: Session) -> None:
    choices = SweepChoices(epochs=1000, workers=2)
    session.sweeps.start(SweepDraft(session.document.study, ((UNITS, "8, 32"),), choices))
    qtbot.waitUntil(
        lambda: any(one.state is TrialState.TRAINING and one.batch for one in session.sweeps.reports),
    )
    assert session.sweeps.close()
