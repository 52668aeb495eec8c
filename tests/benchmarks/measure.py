"""Measure: contestants take turns on one core with one thread, and a table says who took how long."""

from __future__ import annotations

import contextlib
import gc
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True)
class Work:
    """One piece of work, and everyone who can do it, one of whom is called "ours".

    Calling a contestant does the work once; each has its own network and goes on training it.
    """

    title: str
    contestants: dict[str, Callable[[], object]]
    steps: int


@dataclass(frozen=True)
class Result:
    """The seconds that each contestant took, round by round."""

    work: Work
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def ratios(self, name: str) -> list[float]:
        """Return how many times as long as ours a contestant took, round by round."""
        return [theirs / ours for theirs, ours in zip(self.seconds[name], self.seconds["ours"], strict=True)]


def measure(work: Work, rounds: int) -> Result:
    """Let everyone warm up once and then do the work in turns: ours, theirs, ours, theirs, ..."""
    result = Result(work, {name: [] for name in work.contestants})
    for run in work.contestants.values():
        run()
    for _ in range(rounds):
        for name, run in work.contestants.items():
            gc.collect()
            began = time.perf_counter()
            run()
            result.seconds[name].append(time.perf_counter() - began)
    return result


def print_result(result: Result) -> None:
    """Print a table: milliseconds a step and times as long as ours, each as median and range."""
    work = result.work
    print(f"\n{work.title} ({work.steps} steps a round)")
    print(f"  {'':24}{'ms a step':>12}{'range':>20}{'times ours':>14}{'range':>16}")
    for name, seconds in result.seconds.items():
        steps = [1000.0 * second / work.steps for second in seconds]
        print(f"  {name:24}{_spread(steps, 3, 12, 20)}{_spread(result.ratios(name), 2, 14, 16)}")


def _spread(values: list[float], digits: int, wide: int, wider: int) -> str:
    middle = f"{statistics.median(values):.{digits}f}"
    return f"{middle:>{wide}}{f'{min(values):.{digits}f} - {max(values):.{digits}f}':>{wider}}"


def pin_to_one_core() -> str:
    """Keep this process on one core, and say so."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned (this system cannot)"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"pinned to core {core}"


def processor() -> str:
    """Return what the processor calls itself."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def version(*packages: str) -> str:
    """Return "package version" of the first of ``packages`` that is here, or that none is."""
    for package in packages:
        with contextlib.suppress(metadata.PackageNotFoundError):
            return f"{package} {metadata.version(package)}"
    return f"{packages[0]} is not installed"
