"""SweepWords: what a sweep will come to, and how it stands, in sentences."""

from __future__ import annotations

import math

from nnstudio.engine.fit_words import count_words
from nnstudio.experiments.sweep.draft import SweepDraft
from nnstudio.experiments.sweep.facts import figure_words, trial_title
from nnstudio.experiments.sweep.outlook import Outlook
from nnstudio.experiments.sweep.report import TrialReport, TrialState
from nnstudio.experiments.sweep.running import SweepPhase, SweepRun
from nnstudio.session.run_progress import clock_words
from nnstudio.session.sweep_desk import SweepDesk

_MOST_REFUSED = 3


def outlook_words(draft: SweepDraft, outlook: Outlook, seconds: str) -> str:
    """Say how much work it is; ``seconds`` are those on this machine, in words."""
    trained = len(outlook.trials) - len(outlook.refused)
    said = f"{count_words(trained, 'trial')}, {count_words(outlook.epochs, 'epoch')} in all"
    if draft.choices.cluster.strip():
        return f"{said}, on the cluster."
    at_once = min(draft.choices.workers or outlook.crew, max(trained, 1))
    return f"{said}: {seconds} with {at_once} at once." if at_once > 1 else f"{said}: {seconds}."


def refused_words(outlook: Outlook) -> str:
    """Say which trials cannot be trained, and why; "" where all can."""
    refused = outlook.refused
    if not refused:
        return ""
    lines = [f"{trial.name}: {sentence}" for trial, sentence in refused[:_MOST_REFUSED]]
    rest = len(refused) - len(lines)
    more = [f"And {rest:,} more."] if rest > 0 else []
    head = f"{count_words(len(refused), 'trial')} cannot be trained and will be left out."
    return "\n".join((head, *lines, *more))


def start_obstacle(desk: SweepDesk, draft: SweepDraft, outlook: Outlook | None) -> str:
    """Say why a sweep cannot begin now; "" where it can."""
    if desk.under_way:
        return "A sweep is under way. Wait for its end, or cancel it."
    if draft.problem:
        return draft.problem
    if outlook is not None and len(outlook.refused) == len(outlook.trials):
        return "None of the trials can be trained."
    return ""


def stand_words(desk: SweepDesk) -> str:
    """Say how a sweep stands: "4 of 6 trials done, 2 training, 0:12 left"."""
    run = desk.run
    if run is None:
        return ""
    reports = run.reports
    over = sum(report.state.over for report in reports)
    parts = [f"{over:,} of {count_words(len(reports), 'trial')} over"]
    failed = _count(reports, TrialState.FAILED) + _count(reports, TrialState.REFUSED)
    if failed:
        parts.append(f"{failed:,} failed")
    return ", ".join((*parts, *_now(desk, run)))


def _now(desk: SweepDesk, run: SweepRun) -> list[str]:
    if desk.waits:
        return ["waits until the training holds"]
    match run.phase:
        case SweepPhase.PAUSED:
            return ["paused"]
        case SweepPhase.CANCELLED:
            return ["cancelled"]
        case SweepPhase.FAILED:
            return [run.failure]
        case SweepPhase.FINISHED:
            return [f"took {clock_words(run.seconds)}"]
    left = run.seconds_left
    training = f"{_count(run.reports, TrialState.TRAINING):,} training"
    return [training] if math.isnan(left) else [training, f"{clock_words(math.ceil(left))} left"]


def best_words(run: SweepRun) -> str:
    """Say which trial is the best until now: "Best: trial 3, 94.20 %"."""
    best = run.best
    if best is None:
        return ""
    return f"Best: {trial_title(best.trial).lower()}, {figure_words(run.sweep.compared_by, best.value)}"


def _count(reports: tuple[TrialReport, ...], state: TrialState) -> int:
    return sum(report.state is state for report in reports)
