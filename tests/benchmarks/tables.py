"""Tables: how long a table of a million rows and thirty columns takes to open, in a process of its own.

Run as ``python -m tests.benchmarks.tables``. The floor is what polars alone takes to read the file into its
own columns. A second thread that wants to run every 5 ms tells how late it was: the window would be as late.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.measure import processor

ROWS, COLUMNS = 1_000_000, 30
TICK_SECONDS = 0.005
KILOBYTES_PER_MEGABYTE = 1024


def main() -> None:
    """Write the table twice, and open each in a process of its own."""
    print(f"{processor()}; {ROWS:,} rows, {COLUMNS} columns")
    with tempfile.TemporaryDirectory() as folder:
        for path in _written(Path(folder)):
            print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")
            for who in ("polars", "nnstudio"):
                subprocess.run([sys.executable, "-m", "tests.benchmarks.tables", who, str(path)], check=True)


def _written(folder: Path) -> tuple[Path, Path]:
    import polars as pl

    rng = np.random.default_rng(0)
    x = rng.normal(size=(ROWS, COLUMNS - 1)).round(4)
    columns = {f"column {place}": x[:, place] for place in range(COLUMNS - 1)}
    frame = pl.DataFrame({**columns, "class": (x.sum(axis=1) > 0).astype(np.int64)})
    frame.write_csv(folder / "table.csv")
    frame.write_parquet(folder / "table.parquet")
    return folder / "table.csv", folder / "table.parquet"


def _open(who: str, path: Path) -> None:
    """Open ``path`` and print the seconds, the most memory and how late the second thread was."""
    late: list[float] = []
    threading.Thread(target=_tick, args=(late,), daemon=True).start()
    began = time.perf_counter()
    words = _with_polars(path) if who == "polars" else _with_nnstudio(path)
    seconds = time.perf_counter() - began
    middle, high = np.percentile(late, [50, 99]) * 1000
    print(
        f"  {who:10}{seconds:6.2f} s, {time.process_time():5.2f} s of work, {_peak_megabytes():5.0f} MB, "
        f"late by {middle:.1f} ms (half of all), {high:.1f} (99 %), {max(late) * 1000:.1f} (at most){words}"
    )


def _peak_megabytes() -> float:
    """Return the most memory that this process had; the system's own count takes in what started it."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / KILOBYTES_PER_MEGABYTE


def _tick(late: list[float]) -> None:
    while True:
        began = time.perf_counter()
        time.sleep(TICK_SECONDS)
        late.append(time.perf_counter() - began - TICK_SECONDS)


def _with_polars(path: Path) -> str:
    import polars as pl

    frame = pl.read_csv(path) if path.suffix == ".csv" else pl.read_parquet(path)
    return f"; {frame.height:,} rows"


def _with_nnstudio(path: Path) -> str:
    from nnstudio.data.load import load
    from nnstudio.data.table_preview import propose

    began = time.perf_counter()
    seen = propose(path)
    seconds = time.perf_counter() - began
    dataset = load(seen.recipe)
    return f"; {seconds:.2f} s of it to propose roles; {len(dataset.training):,} rows train"


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _open(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
