"""SteeringTable: what each verb of training leads to, from each stand that a training can have."""

from __future__ import annotations

from enum import StrEnum

from nnstudio.session.phase import Phase


class Stand(StrEnum):
    """How the training of a session stands: there is none, or it is in one of its phases."""

    NONE = "none"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"
    DIVERGED = "diverged"


class Verb(StrEnum):
    """What a person can do to a training."""

    TRAIN = "train"
    PAUSE = "pause"
    STEP = "step"
    STOP = "stop"
    RESET = "reset"
    NEW_SEED = "new seed"
    MORE = "more epochs"
    RECOVER = "recover"


_N, _R, _P, _S = Stand.NONE, Stand.RUNNING, Stand.PAUSED, Stand.STOPPED
_F, _X, _D = Stand.FINISHED, Stand.FAILED, Stand.DIVERGED

# Where a verb leads within one batch. TRAIN, STEP and MORE go on with a run, and begin a new one where it
# failed or its study is no longer the document's. STEP tells a run that is running to hold after its batch.
# A step may also be the last one of all: then the training is finished.
AFTER: dict[Verb, dict[Stand, Stand]] = {
    Verb.TRAIN: {_N: _R, _R: _R, _P: _R, _S: _R, _F: _R, _X: _R, _D: _R},
    Verb.PAUSE: {_N: _N, _R: _P, _P: _P, _S: _S, _F: _F, _X: _X, _D: _D},
    Verb.STEP: {_N: _P, _R: _P, _P: _P, _S: _P, _F: _P, _X: _P, _D: _P},
    Verb.STOP: {_N: _N, _R: _S, _P: _S, _S: _S, _F: _F, _X: _X, _D: _D},
    Verb.RESET: {_N: _N, _R: _N, _P: _N, _S: _N, _F: _N, _X: _N, _D: _N},
    Verb.NEW_SEED: {_N: _N, _R: _R, _P: _P, _S: _S, _F: _F, _X: _X, _D: _D},
    Verb.MORE: {_N: _R, _R: _R, _P: _R, _S: _R, _F: _R, _X: _R, _D: _R},
    Verb.RECOVER: {_N: _N, _R: _R, _P: _P, _S: _S, _F: _F, _X: _X, _D: _P},
}

_ALWAYS = (Verb.NEW_SEED, Verb.STEP)


def stand_of(phase: Phase | None, *, diverged: bool = False) -> Stand:
    """Return the stand of a run in ``phase``, or that of no run."""
    if phase is None:
        return Stand.NONE
    return Stand.DIVERGED if phase is Phase.FAILED and diverged else Stand(phase.value)


def does_something(verb: Verb, stand: Stand) -> bool:
    """Return whether a verb is worth offering: it changes the stand, or what will be trained."""
    more = verb is Verb.MORE and stand is Stand.RUNNING
    return more or verb in _ALWAYS or AFTER[verb][stand] is not stand
