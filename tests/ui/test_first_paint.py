"""First paint: the empty window shows before anything heavy is imported."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from nnstudio.app import fill_window, first_paint
frame = first_paint()
assert frame.window.isVisible()
heavy = sorted({name.split(".")[0] for name in sys.modules} & {"numpy", "h5py", "pyqtgraph", "threadpoolctl"})
print("at first paint:", *heavy)
workbench = fill_window(frame)
print("tabs:", frame.window.pages.count())
assert workbench.session.close()
frame.window.hide()
"""


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    result = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=100)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == ["at first paint:", "tabs: 4"]
