"""Measure: contestants take turns on one core with one thread, and a table says who took how long."""

from __future__ import annotations

import argparse
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

from threadpoolctl import threadpool_limits


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


def run_works(works: dict[str, Callable[[], Work]], title: str) -> None:
    """Measure the works that the command line asks for, print each, and all as a table for the README."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--rounds", type=int, default=5, help="how often everyone does each work")
    parser.add_argument("--only", default="", help="only works with this word in their title")
    chosen = parser.parse_args()
    print(f"{title}; {chosen.rounds} rounds after one to warm up")
    print(f"{processor()}; {pin_to_one_core()}; one thread each")
    print(*map(version, ("numpy", "torch", "keras")), version("tensorflow", "tensorflow-cpu"), sep=", ")
    results = []
    with threadpool_limits(1):
        for name, make in works.items():
            if chosen.only.lower() in name.lower():
                results.append(measure(make(), chosen.rounds))
                print_result(results[-1])
    print_markdown(results)


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


def print_markdown(results: list[Result]) -> None:
    """Print a row for each work: our milliseconds a step, and how many times as long the others took."""
    names = list(dict.fromkeys(name for result in results for name in result.seconds if name != "ours"))
    print("\n| work | ours, ms |", " | ".join(names), "|")
    print("|---" * (len(names) + 2) + "|")
    for result in results:
        ours = 1000.0 * statistics.median(result.seconds["ours"]) / result.work.steps
        cells = [_ratio_cell(result, name) for name in names]
        print(f"| {result.work.title} | {ours:.3g} |", " | ".join(cells), "|")


def _ratio_cell(result: Result, name: str) -> str:
    return f"{statistics.median(result.ratios(name)):.2f}" if name in result.seconds else ""


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
