"""The training tab: live curves, verbs and plan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.engine.optimizers import SGD, Adam, Guess, Optimizer
from nnstudio.engine.schedules import CosineDecay
from nnstudio.session import design_edits as edits
from nnstudio.session.run_progress import Progress
from nnstudio.session.run_progress import clock_words as clock
from nnstudio.session.session import Session
from nnstudio.session.training_run import Phase
from nnstudio.ui import theme
from nnstudio.ui.training.progress_strip import ProgressStrip
from nnstudio.ui.training.run_box import optimizer_words
from nnstudio.ui.training.training_tab import TrainingTab

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(qtbot: QtBot, session: Session) -> Iterator[TrainingTab]:
    action = QAction("Train")
    action.triggered.connect(session.train_or_pause)
    tab = TrainingTab(session, action)
    qtbot.addWidget(tab)
    tab.resize(1280, 700)
    tab.show()
    qtbot.waitExposed(tab)
    yield tab
    tab.hide()


def wait_for(qtbot: QtBot, session: Session, phase: Phase) -> None:
    qtbot.waitUntil(lambda: session.run is not None and session.run.phase is phase)
    assert session.run is not None and session.run.join(60)  # its end is told after its phase is another
    qtbot.wait(60)


def finish(qtbot: QtBot, session: Session) -> None:
    session.train_or_pause()
    wait_for(qtbot, session, Phase.FINISHED)


def keep_running(session: Session) -> None:
    """Start a run that does not end by itself."""
    session.document.edit_plan("train long", replace(session.document.study.plan, epochs=100_000))
    session.train_or_pause()


def points(tab: TrainingTab, curve: int) -> np.ndarray:
    values = tab.loss.plot.listDataItems()[curve].getData()[1]
    return np.array([] if values is None else values)


def button_of(widget: QWidget, words: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if words in (one.text(), one.toolTip()))


def test_the_curves_show_the_history_when_training_ends(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    finish(qtbot, session)
    assert session.run is not None
    assert np.array_equal(points(tab, 0), session.run.history.steps.column("loss"))
    assert np.array_equal(points(tab, 2), session.run.history.epochs.column("val_loss"))
    assert not tab.follows


def test_the_curves_grow_while_the_training_runs(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    keep_running(session)
    qtbot.waitUntil(lambda: len(points(tab, 0)) > 20)
    assert tab.follows


def test_a_hidden_tab_draws_nothing_and_is_up_to_date_when_it_shows(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    tab.hide()
    finish(qtbot, session)
    assert not tab.follows and not len(points(tab, 0))
    tab.show()
    assert len(points(tab, 0)) == 20


def test_before_any_training_the_main_button_stands_in_the_middle(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    nothing = tab.curves.nothing
    assert nothing.isVisible() and "without a record" in nothing.sentence
    session.reset()
    assert nothing.isVisible() and "Nothing has been trained" in nothing.sentence
    qtbot.mouseClick(nothing.train, LEFT)
    assert not nothing.isVisible() and tab.loss.isVisible()
    wait_for(qtbot, session, Phase.FINISHED)


def test_reset_takes_the_curves_away(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    with qtbot.waitSignal(tab.reset_wanted):
        qtbot.mouseClick(tab.media.reset, LEFT)
    session.reset()
    assert tab.curves.nothing.isVisible() and not tab.plan.run_box.isVisible()
    assert tab.media.strip.text == "2 epochs to train"


def test_no_smoothing_draws_the_batches_themselves(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    tab.curves.tools.smoothing.setValue(0)
    assert np.array_equal(points(tab, 1), points(tab, 0))


def test_the_logarithm_is_of_the_loss_alone(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    assert session.run is not None
    history = session.run.history
    qtbot.mouseClick(tab.curves.tools.log, LEFT, pos=QPoint(8, tab.curves.tools.log.height() // 2))
    assert points(tab, 0) == pytest.approx(np.log10(history.steps.column("loss")))
    shares = tab.figure.plot.listDataItems()[0].getData()[1]
    assert np.array_equal(shares, history.steps.column("accuracy"))


def test_x_counts_batches_epochs_or_seconds(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    ends = []
    for words in ("Batch", "Epoch", "Seconds"):
        qtbot.mouseClick(button_of(tab.curves.tools, words), LEFT)
        ends.append(tab.loss.curves.end)
    assert ends[:2] == [20, 2] and 0 < ends[2] < 60


def test_the_axes_keep_still_after_a_person_zoomed_until_fit(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    finish(qtbot, session)
    box = tab.loss.plot.getViewBox()
    whole = box.viewRange()[0]  # y leaves room in pixels, so that it follows the height
    box.setRange(xRange=(0.5, 1.0), padding=0)
    box.sigRangeChangedManually.emit([True, False])
    tab.curves.draw()
    assert box.viewRange()[0] == pytest.approx([0.5, 1.0])
    assert tab.figure.plot.getViewBox().viewRange()[0] == pytest.approx([0.5, 1.0])
    qtbot.mouseClick(tab.curves.tools.fit, LEFT)
    assert box.viewRange()[0] == pytest.approx(whole)


def test_a_noisy_long_record_is_drawn_in_no_time(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    """Wide antialiased lines through noise took more than a second for each drawing."""
    finish(qtbot, session)
    assert session.run is not None
    history, rng = session.run.history, np.random.default_rng(1)
    for step in range(20_000):
        values = {"loss": float(rng.exponential()), "accuracy": float(rng.random())}
        history.add_step(21 + step, 2 + step / 10, 1 + step / 1000, 0.001, values)
    tab.curves.draw()
    started = time.process_time()
    tab.curves.draw()
    assert time.process_time() - started < 0.4


def test_a_step_learns_from_one_batch(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    qtbot.mouseClick(tab.media.step, LEFT)
    wait_for(qtbot, session, Phase.PAUSED)
    assert tab.media.strip.text.startswith("Epoch 1 of 2, batch 1 of 10")
    assert session.run is not None and len(session.run.history.steps) == 1
    assert len(points(tab, 0)) == 1


def test_stop_ends_the_run_and_only_what_is_possible_is_offered(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    media = tab.media
    assert not media.stop.isEnabled() and not media.more.isEnabled()
    keep_running(session)
    assert media.stop.isEnabled() and media.step.isEnabled() and media.reset.isEnabled()
    qtbot.mouseClick(media.stop, LEFT)
    wait_for(qtbot, session, Phase.STOPPED)
    assert not media.stop.isEnabled() and media.step.isEnabled() and media.reset.isEnabled()


def test_five_more_epochs_continue_the_run(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    run = session.run
    qtbot.mouseClick(tab.media.more, LEFT)
    qtbot.waitUntil(lambda: run is not None and run.progress.epoch == 7)
    assert session.run is run


def test_the_plan_is_edited_as_undo_steps(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    field = tab.plan.plan.editor("epochs").field
    assert isinstance(field, QSpinBox)
    field.setValue(9)
    assert session.document.study.plan.epochs == 9
    assert session.document.undo_stack.undoText() == "set epochs to 9"
    session.document.undo_stack.undo()
    assert field.value() == 2


def test_the_learning_rate_is_that_of_the_optimizer(tab: TrainingTab, session: Session) -> None:
    field = tab.plan.rate.editor("learning_rate").field
    assert isinstance(field, QDoubleSpinBox)
    field.setValue(0.01)
    assert session.document.design.optimizer.learning_rate == 0.01
    session.document.undo_stack.undo()
    assert field.value() == 0.001


def test_a_run_keeps_its_own_study_when_the_plan_is_edited(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    keep_running(session)
    run = session.run
    field = tab.plan.plan.editor("batch_size").field
    assert isinstance(field, QSpinBox)
    field.setValue(64)
    assert session.running and session.run is run
    assert run is not None and run.study.plan.batch_size == 32
    assert tab.notices._changed.isVisible()


def test_an_edit_after_training_shows_a_notice(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    assert not tab.notices._changed.isVisible()
    edits.change_layer(session.document, "dense", "units", 20)
    assert tab.notices._changed.isVisible()
    session.document.undo_stack.undo()
    assert not tab.notices._changed.isVisible()


def test_the_run_box_tells_what_was_trained(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    text = tab.plan.run_box.text
    assert "Layers: Flatten, Dense 16 relu, Dropout 0.2, Dense 10 softmax" in text
    assert "Optimizer: Adam, 0.001" in text and "Best epoch: 2" in text and "Val. accuracy: " in text


@pytest.mark.parametrize(
    ("optimizer", "words"),
    [
        (Adam(), "Adam, 0.001"),
        (SGD(learning_rate=0.5, schedule=CosineDecay()), "SGD, 0.5, cosine decay"),
        (Guess(learning_rate=0.25), "Guess, change 0.25"),
    ],
    ids=str,
)
def test_an_optimizer_is_told_by_its_rate_and_its_schedule(optimizer: Optimizer, words: str) -> None:
    assert optimizer_words(optimizer) == words


def test_the_sample_explains_itself_until_it_is_told_not_to(qtbot: QtBot, tab: TrainingTab) -> None:
    sample = tab.notices._sample
    assert sample.isVisible()
    with qtbot.waitSignal(tab.full_mnist_wanted):
        qtbot.mouseClick(button_of(sample, "Open all 60,000 …"), LEFT)
    qtbot.mouseClick(button_of(sample, "Hide this"), LEFT)
    assert not sample.isVisible()


def test_the_paint_gate_is_open_after_every_drawing(
    qtbot: QtBot, tab: TrainingTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_running(session)
    assert session.run is not None
    gate, closed = session.run.gate, []

    def fail() -> None:
        closed.append(not gate.is_set())
        raise RuntimeError("painting failed")

    tab._timer.stop()
    qtbot.waitUntil(lambda: session.history is not None and len(session.history.steps) > 0)
    monkeypatch.setattr(tab.loss.plot, "repaint_now", fail)
    with pytest.raises(RuntimeError):
        tab.curves.draw()
    assert closed == [True] and gate.is_set()
    monkeypatch.undo()
    session.stop()


def test_curves_follow_the_theme(qtbot: QtBot, qapp: QApplication, tab: TrainingTab) -> None:
    theme.apply(qapp, theme.DARK)
    assert tab.loss.plot.backgroundBrush().color().name().upper() == theme.DARK.base
    theme.apply(qapp, theme.LIGHT)
    assert tab.loss.plot.backgroundBrush().color().name().upper() == theme.LIGHT.base


def test_pointing_at_a_plot_shows_the_values_in_both(
    qtbot: QtBot, tab: TrainingTab, session: Session
) -> None:
    finish(qtbot, session)
    view = tab.loss.plot.viewport()
    qtbot.mouseMove(view, QPoint(view.width() // 2, view.height() // 2))
    qtbot.waitUntil(tab.loss.box.isVisible)
    assert tab.loss.box.text.startswith("Epoch ") and "Validation" in tab.loss.box.text
    assert tab.figure.box.isVisible() and " %" in tab.figure.box.text


def test_the_arrow_keys_walk_over_the_epochs(qtbot: QtBot, tab: TrainingTab, session: Session) -> None:
    finish(qtbot, session)
    titles = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(tab.loss.plot, key)
        titles.append(tab.loss.box.text.splitlines()[0])
    assert titles == ["Epoch 2.00", "Epoch 1.00", "Epoch 1.00", "Epoch 2.00"]
    qtbot.keyClick(tab.loss.plot, Qt.Key.Key_Escape)
    assert not tab.loss.box.isVisible() and not tab.figure.box.isVisible()


@pytest.mark.parametrize("width", [1024, 1440])
def test_nothing_is_wider_than_its_place(
    qtbot: QtBot, tab: TrainingTab, session: Session, width: int
) -> None:
    finish(qtbot, session)
    tab.resize(width, 600)
    qtbot.wait(60)
    assert tab.width() == width
    for card in (tab.loss, tab.figure):
        assert card.visibleRegion().boundingRect().width() == card.width()
    stacked = tab.loss.mapTo(tab, QPoint()).x() == tab.figure.mapTo(tab, QPoint()).x()
    assert stacked == (width < 1060)


def test_the_strip_tells_everything_of_a_run(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.show_progress(Progress(10, 20, 245, 422, 40.0, 14_120.0))
    assert strip.text == "Epoch 11 of 20, batch 245 of 422, 0:40 elapsed, 0:36 left"
    strip.show_progress(Progress(20, 20, 0, 422, 80.0, 14_120.0))
    assert strip.text == "Epoch 20 of 20, 1:20 elapsed"


@pytest.mark.parametrize(("seconds", "words"), [(0, "0:00"), (59.9, "0:59"), (75, "1:15"), (3723, "1:02:03")])
def test_a_duration_reads_like_a_clock(seconds: float, words: str) -> None:
    assert clock(seconds) == words
