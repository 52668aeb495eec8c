"""BrokenProject: a small whole project, and the ways to damage it."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data.columns import Column
from nnstudio.data.fitted import Fitted
from nnstudio.data.scaler import Scaler
from nnstudio.engine.layout import lay_out
from nnstudio.engine.saved_state import SavedState
from nnstudio.experiments.history import History
from nnstudio.experiments.project import Project
from nnstudio.experiments.run import Outcome, Run
from nnstudio.experiments.timeline import Checkpoint, Timeline
from nnstudio.formats.project import write_project
from tests.session.small import IMAGE, small_dataset, small_study

KEYS = ("aa", "bb")
DIGITS = tuple("0123456789")
FITTED = Fitted((Column("age", (), 1.5),), Scaler(np.float32([3.0])), ("ill",))


@cache
def whole() -> bytes:
    """Two runs, one with a state, and a copy of the data."""
    study = small_study()
    size = lay_out(study.design.layers, IMAGE).size
    rng = np.random.default_rng(1)
    history = History(("loss", "accuracy"), rng.random((20, 6)), rng.random((2, 7)))
    timeline = Timeline(
        (Checkpoint(batch, batch / 10, rng.random(size, np.float32), 0.5) for batch in (0, 10, 20)), 10
    )
    numbers = {"iteration": 20, "epoch": 2, "epochs": 2, "batch": 0, "samples": 320, "batch_size": 32}
    state = SavedState({"parameters": rng.random(size, np.float32)}, numbers)
    runs = [
        Run(
            key,
            study,
            IMAGE,
            tuple("0123456789"),
            history,
            timeline,
            state,
            Outcome.PAUSED,
            note="ü",
            fitted=FITTED,
        )
        for key in KEYS
    ]
    dataset = small_dataset()
    project = Project(study, tuple(runs), KEYS[1], "notes", dataset.facts, "f" * 32, dataset)
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder) / "whole.nnstudio", project)
        return (Path(folder) / "whole.nnstudio").read_bytes()


def rebuilt(change: Callable[[dict[str, bytes]], None], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return the project with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(whole())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def names() -> list[str]:
    with zipfile.ZipFile(io.BytesIO(whole())) as archive:
        return archive.namelist()


def edited(part: str, **values: Any) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        parts[part] = json.dumps(json.loads(parts[part]) | values).encode()

    return rebuilt(change)
