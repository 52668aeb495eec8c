"""Projects: what a person does with their files, and waits for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from nnstudio.session.session import Session


def save(qtbot: QtBot, session: Session, path: Path | None = None) -> None:
    with qtbot.waitSignal(session.project.saved):
        session.project.save(path)


def open_project(qtbot: QtBot, session: Session, path: Path) -> None:
    with qtbot.waitSignal(session.project.opened):
        session.open_path(path)


def npz_of(path: Path, samples: int = 60) -> Path:
    """Write small data of three classes."""
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 255, (samples, 4, 4)).astype(np.uint8), np.arange(samples) % 3
    np.savez(path, x_train=x, y_train=y, x_test=x[:20], y_test=y[:20])
    return path
