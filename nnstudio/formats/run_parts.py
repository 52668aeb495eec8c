"""RunParts: a run as the parts of an archive, and back; a damaged part takes as little along as it can.

runs/KEY/run.json           study, names, outcome, times, and how many checkpoints there are
runs/KEY/steps.npy          (batches, columns) float64: the record of every batch, and
runs/KEY/epochs.npy         of every epoch; the columns are those of `History`
runs/KEY/weights/N.npy      (size,) float32: the weights of checkpoint N
runs/KEY/optimizer/N.npy    (trainable size,) float32: what the optimizer of a file remembered
runs/KEY/state.json         the numbers of the saved state, and
runs/KEY/state/NAME.npy     its arrays
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from nnstudio.engine.layout import lay_out
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.saved_state import SavedState
from nnstudio.errors import FileError, ShapeError
from nnstudio.experiments.history import History
from nnstudio.experiments.run import Outcome, Run
from nnstudio.experiments.study import Study
from nnstudio.formats.archive import Archive, Part
from nnstudio.formats.column_json import fitted_or_problem, fitted_to_json
from nnstudio.formats.study_json import shape_from_json, study_from_json, study_to_json
from nnstudio.formats.timeline_parts import LARGEST, checkpoint_to_json, read_timeline, real
from nnstudio.formats.values import Json, parse_json, shortened
from nnstudio.task import Shape

_TEXTS = ("name", "note", "tags", "started", "machine")
_MOST_COLOR = 10_000
_MOST_STATE_ARRAYS = 1000


def run_parts(run: Run) -> Iterator[Part]:
    """Yield the parts of a run, what matters most first."""
    place = f"runs/{run.key}"
    yield f"{place}/run.json", json.dumps(_to_json(run), allow_nan=False)
    if run.state is not None:
        numbers = {"numbers": run.state.numbers, "arrays": list(run.state.arrays)}
        yield f"{place}/state.json", json.dumps(numbers, allow_nan=False)
        for index, array in enumerate(run.state.arrays.values()):
            yield f"{place}/state/{index}.npy", array
    yield f"{place}/steps.npy", run.history.steps.rows()
    yield f"{place}/epochs.npy", run.history.epochs.rows()
    remembered = run.optimizer_state.vectors if run.optimizer_state is not None else {}
    for index, vector in enumerate(remembered.values()):
        yield f"{place}/optimizer/{index}.npy", vector
    for index, checkpoint in enumerate(run.timeline):
        yield f"{place}/weights/{index}.npy", checkpoint.parameters


def _to_json(run: Run) -> Json:
    best, state = run.timeline.best, run.optimizer_state
    return {
        "study": study_to_json(run.study),
        "input_shape": list(run.input_shape),
        "class_names": list(run.class_names),
        "history": list(run.history.names),
        "fitted": None if run.fitted is None else fitted_to_json(run.fitted),
        "outcome": str(run.outcome),
        "seconds": float(run.seconds),
        "color": run.color,
        "checkpoints": [checkpoint_to_json(checkpoint) for checkpoint in run.timeline],
        "best": None if best is None else best.iteration,
        "optimizer": None if state is None else {"iteration": state.iteration, "slots": list(state.vectors)},
        **{name: getattr(run, name) for name in _TEXTS},
    }


def read_run(archive: Archive, key: str, problems: list[str]) -> Run:
    """Return the run ``key``; ``problems`` gets a sentence for everything of it that is damaged.

    Raises:
        FileError: its study cannot be read, without which nothing of it means anything.
    """
    config = parse_json(archive.text(f"runs/{key}/run.json"), "run")
    if not isinstance(config, dict):
        raise FileError("It describes no run.")
    study, shape = study_from_json(config.get("study")), shape_from_json(config.get("input_shape"))
    texts = {name: shortened(str(config.get(name, ""))) for name in _TEXTS}
    return Run(
        key=key,
        study=study,
        input_shape=shape,
        class_names=tuple(_strings(config.get("class_names"))),
        history=_read_history(archive, key, _strings(config.get("history")), problems),
        timeline=read_timeline(archive, key, config, _size(study, shape), problems),
        state=_read_state(archive, key, problems),
        fitted=fitted_or_problem(config.get("fitted"), problems),
        optimizer_state=_read_optimizer(archive, key, config.get("optimizer"), problems),
        outcome=_outcome(config.get("outcome")),
        seconds=real(config.get("seconds"), 0.0),
        color=_color(config.get("color")),
        **texts,
    )


def _size(study: Study, shape: Shape) -> int:
    """Return how many numbers the weights of the study are."""
    try:
        return lay_out(study.design.layers, shape).size
    except ShapeError as error:
        raise FileError(f"Its layers do not fit together: {error}") from error


def _outcome(value: Any) -> Outcome:
    return Outcome(value) if value in list(Outcome) else Outcome.STOPPED


def _color(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= _MOST_COLOR else 0


def _strings(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _read_history(archive: Archive, key: str, names: list[str], problems: list[str]) -> History:
    empty = History(names or ["loss"])
    try:
        steps, epochs = (archive.array(f"runs/{key}/{name}.npy") for name in ("steps", "epochs"))
        for rows, table in ((steps, empty.steps), (epochs, empty.epochs)):
            if rows.ndim != 2 or rows.shape[1] != len(table.columns):
                raise FileError("It has other columns than expected.")
        return History(empty.names, steps, epochs)
    except FileError as error:
        problems.append(f"The record of a run is lost. {error}")
        return empty


def _read_optimizer(archive: Archive, key: str, config: Any, problems: list[str]) -> OptimizerState | None:
    """Return what the optimizer of an opened file remembered; damaged, it begins anew."""
    if not isinstance(config, dict):
        return None
    names, iteration = _strings(config.get("slots"))[:_MOST_STATE_ARRAYS], config.get("iteration")
    try:
        vectors = {name: archive.array(f"runs/{key}/optimizer/{i}.npy") for i, name in enumerate(names)}
        if type(iteration) is not int or not 0 <= iteration <= LARGEST:
            raise FileError("It has no number of batches.")
        return OptimizerState(iteration, vectors)
    except FileError as error:
        problems.append(f"What the optimizer of a file remembered is lost: it begins anew. {error}")
        return OptimizerState()


def _read_state(archive: Archive, key: str, problems: list[str]) -> SavedState | None:
    """Return the saved state; whether it fits its run is found out where it is gone on from."""
    if f"runs/{key}/state.json" not in archive:
        return None
    try:
        config = parse_json(archive.text(f"runs/{key}/state.json"), "saved state")
        names = _strings(config.get("arrays")) if isinstance(config, dict) else []
        if not isinstance(config, dict) or not isinstance(config.get("numbers"), dict):
            raise FileError("It describes no state.")
        if len(names) > _MOST_STATE_ARRAYS:
            raise FileError("It has too many arrays.")
        arrays = {name: archive.array(f"runs/{key}/state/{i}.npy") for i, name in enumerate(names)}
        return SavedState(arrays, config["numbers"])
    except FileError as error:
        problems.append(f"A run cannot go on exactly where it was; its weights are there. {error}")
        return None
