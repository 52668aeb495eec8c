"""Words: how each stage stands, in a few words for the tabs, and what the main button does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from nnstudio.engine.fit_words import count_words
from nnstudio.experiments.part import Part
from nnstudio.experiments.sweep.running import SweepPhase
from nnstudio.session.run_progress import clock_words
from nnstudio.session.session import Session
from nnstudio.session.steering_table import Stand
from nnstudio.session.steering_table import Verb as Deed
from nnstudio.session.sweep_desk import SweepDesk
from nnstudio.session.training_run import Phase

_MANY, _TOO_MANY = 1e3, 1e9


class Tone(StrEnum):
    """Which colour and sign go with some words."""

    PLAIN = "plain"
    BUSY = "busy"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Line:
    """A few words and their tone."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Verb:
    """What the main button says and does not say."""

    text: str
    icon: str
    tip: str
    enabled: bool = True


def data_line(session: Session) -> Line:
    """What is open: "MNIST sample, 5,000 images"."""
    facts = session.dataset.facts
    if not facts.training_count:
        return Line("Data not found", Tone.ERROR)
    noun = "images" if session.dataset.training.images else "samples"
    return Line(f"{facts.training_count + facts.test_count:,} {noun}")


def model_line(session: Session) -> Line:
    """How the design stands: its size, or its problems."""
    report = session.document.report
    if report.errors:
        return Line(count_words(len(report.errors), "problem"), Tone.ERROR)
    if report.problems:
        return Line(count_words(len(report.problems), "warning"), Tone.WARNING)
    return Line(count_words(report.parameters, "parameter"))


def training_line(session: Session) -> Line:
    """Where the training is, or the sweep."""
    run = session.run
    if session.sweeps.under_way and not session.running:
        return _sweep_line(session.sweeps)
    if run is None:
        if session.model is not None and len(session.model.history.epochs):
            return Line(f"Trained, {count_words(len(session.model.history.epochs), 'epoch')}")
        return Line("Not trained yet" if session.document.report.ready else "Waits for the model")
    epoch = min(run.progress.epoch + 1, run.progress.epochs)
    match run.phase:
        case Phase.RUNNING:
            return Line(f"Epoch {epoch} of {run.progress.epochs}", Tone.BUSY)
        case Phase.PAUSED:
            return Line(f"Paused in epoch {epoch}")
        case Phase.STOPPED:
            return Line(f"Stopped in epoch {epoch}")
        case Phase.FAILED:
            return Line(f"Diverged in epoch {epoch}" if run.diverged else "Training failed", Tone.ERROR)
    ended = "Ended early" if run.progress.ended_early else "Trained"
    return Line(f"{ended}, {count_words(run.progress.epoch, 'epoch')}")


def _sweep_line(desk: SweepDesk) -> Line:
    over, count = sum(one.state.over for one in desk.reports), len(desk.reports)
    if desk.phase is SweepPhase.PAUSED:
        return Line(f"Sweep paused: {over:,} of {count:,}")
    return Line(f"Sweep: {over:,} of {count:,} trials", Tone.BUSY)


def prediction_line(session: Session) -> Line:
    """How right the network is."""
    evaluation = session.evaluation
    if evaluation is None:
        return Line("Waits for a network")
    if not evaluation.facts.is_classes:
        return Line(f"Loss {_plain(evaluation.loss)}")
    if not evaluation.readable.any():
        return Line("Outputs: no numbers", Tone.ERROR)
    right = f"{100 * evaluation.accuracy:.2f} % right"
    if session.looked is not None and session.looked.part is not Part.TEST:
        right = f"{right}, {session.looked.part.lower()}"
    return Line(right if evaluation.epoch is not None else f"Untrained: {right}")


def _plain(loss: float) -> str:
    """Return a loss without an exponent as long as it is one that people read."""
    return f"{loss:,.0f}" if _MANY <= abs(loss) < _TOO_MANY else f"{loss:.4g}"


def main_verb(session: Session) -> Verb:
    """What the main button does now."""
    obstacle, run = session.document.obstacle, session.run
    if session.running:
        return Verb("Pause", "pause", "Hold after the current batch (Space)")
    if obstacle:
        return Verb("Train", "play", obstacle, enabled=False)
    if run is None or not session.run_is_current or run.phase is Phase.FAILED:
        start = session.start.words() or "It begins with fresh weights."
        return Verb("Train", "play", f"Train this model (Space). {start}")
    if run.phase is Phase.FINISHED:
        epochs = session.document.study.plan.epochs
        return Verb("Continue", "play", f"Train {count_words(epochs, 'epoch')} more (Space)")
    return Verb("Resume", "play", "Go on where training was held (Space)")


def run_note(session: Session) -> str:
    """A sentence where what is shown was trained with another study than the one in the document."""
    if session.run is not None:
        if session.run_is_current:
            return ""
        what = "is training" if session.running else "was trained"
        said = f"The study has changed: the run shown {what} with its own. Train starts a new run"
        if session.run_can_go_on and session.can(Deed.MORE) and not session.running:
            return f"{said} with the new learning rate; more epochs go on with this one."
        return f"{said}. {session.start.words()}".strip()
    if session.model is not None and session.model.study.design != session.document.design:
        said = (
            "The design has changed: what is shown was trained with the one before. Train starts a new run."
        )
        return f"{said} {session.start.words()}".strip()
    return ""


def divergence_words(session: Session) -> tuple[str, str]:
    """Return why the run diverged, and what the button beside it does; "" where it did not."""
    run = session.run
    if run is None or session.stand is not Stand.DIVERGED:
        return "", ""
    place = run.good_epoch
    where = f"Back to epoch {place}" if place else "Back to the start"
    return run.failure or "The loss stopped being a number.", f"{where}, a tenth of the learning rate"


def window_title(session: Session) -> str:
    """Return what the window and its place in the task bar are called."""
    title = f"{session.project.name.replace('[*]', '[*][*]')}[*] - nnstudio"
    run = session.run
    sweep = session.sweeps.run
    if sweep is not None and session.sweeps.under_way and not session.running:
        return f"{_share_words(sweep.fraction, sweep.seconds_left)} - {title}"
    if run is None or not session.running:
        return title
    return f"{_share_words(run.progress.fraction, run.progress.seconds_left)} - {title}"


def _share_words(share: float, seconds_left: float) -> str:
    rest = "" if math.isnan(seconds_left) else f", {clock_words(math.ceil(seconds_left))} left"
    return f"{100 * share:.0f} %{rest}"


def machine_words(session: Session) -> str:
    """Say what computes: "CPU, 1 thread   float32"."""
    run = session.run if session.running else None
    study = run.study if run is not None else session.document.study
    return f"CPU, {count_words(study.plan.threads, 'thread')}   float32"
