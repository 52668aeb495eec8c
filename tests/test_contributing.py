"""The contribution guide: what it shows works as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np

from nnstudio.engine.layer import Layer
from nnstudio.engine.scratch import Scratch

GUIDE = Path(__file__).parents[1] / ".github" / "CONTRIBUTING.md"


def example() -> str:
    found = re.search(r"   ```python\n(.*?)   ```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return textwrap.dedent(found.group(1))


def test_the_example_layer_works() -> None:
    names: dict[str, object] = {"__name__": "example"}
    exec(compile(example(), "gaussian_dropout.py", "exec", dont_inherit=True), names)
    kind = names["GaussianDropout"]
    assert isinstance(kind, type) and issubclass(kind, Layer)
    x, scratch = np.ones((4, 3), np.float32), Scratch(np.random.default_rng(0))
    y = kind(0.5).forward({}, x, scratch)  # type: ignore[call-arg]
    assert y.dtype == np.float32 and y.shape == x.shape and not np.array_equal(x, y)
    assert kind(0.5).predict({}, x, scratch) is x  # type: ignore[call-arg]


def test_the_example_layer_passes_the_type_check(tmp_path: Path) -> None:
    file = tmp_path / "gaussian_dropout.py"
    file.write_text(example(), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(file)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=110, cwd=GUIDE.parents[1])
    assert result.returncode == 0, result.stdout
