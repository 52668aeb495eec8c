"""Health: the share of the speed that a training keeps while its layers are looked at.

`python -m tests.benchmarks.health` on a display (Xvfb); slices with and without the strip take turns.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from PySide6.QtWidgets import QApplication

from nnstudio.data.load import load
from nnstudio.session.session import Session
from nnstudio.ui.workbench import Workbench
from tests.benchmarks.window import CASES, _run, _session, _window

_SLICE_SECONDS, _PAIRS = 3.0, 4


def _speed(app: QApplication, session: Session) -> float:
    assert session.run is not None
    before, began = session.run.progress.done, time.perf_counter()
    _run(app, _SLICE_SECONDS)
    return (session.run.progress.done - before) / (time.perf_counter() - began)


def _look_no_more(workbench: Workbench) -> None:
    workbench.training_tab.health.look = lambda: None  # type: ignore[method-assign]
    workbench.training_tab.health.hide()


def _look_again(workbench: Workbench) -> None:
    del workbench.training_tab.health.look


def main() -> None:
    """Print a table."""
    sys.setswitchinterval(0.001)
    app = QApplication([])
    for name, (design, recipe, batch) in CASES.items():
        session = _session(design, load(recipe), batch)
        with _window(app, session) as workbench:
            session.train()
            _run(app, 1.0)
            ratios, spent, looks = [], session.health.seconds, session.health.looks
            for _ in range(_PAIRS):
                watched = _speed(app, session)
                _look_no_more(workbench)
                ratios.append(watched / _speed(app, session))
                _look_again(workbench)
            spent = (session.health.seconds - spent) / (_PAIRS * _SLICE_SECONDS)
            looks = session.health.looks - looks
            session.pause()
            assert session.run is not None
            session.run.join(60)
        low, middle, high = np.quantile(ratios, (0.0, 0.5, 1.0))
        kept = f"kept {middle:.3f} ({low:.3f} to {high:.3f})"
        print(name.ljust(34), kept, f"{looks} looks, {100 * spent:.1f} % of a core")
        session.close()


if __name__ == "__main__":
    main()
