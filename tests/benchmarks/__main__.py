"""Run as ``python -m tests.benchmarks``: everything that is measured, one after another, each on its own."""

from __future__ import annotations

import subprocess
import sys

for name in (
    "training",
    "predicting",
    "evaluating",
    "memory",
    "accuracy",
    "opening",
    "tables",
    "courses",
    "editing",
    "drawing",
    "sweeping",
):
    subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=True)
