"""Memory: the most that training 784-512-512-10 on the complete MNIST takes, in a process of its own.

Run as ``python -m tests.benchmarks.memory``; needs the files of MNIST.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.images import has_mnist, mnist_folder

KILOBYTES_PER_MEGABYTE = 1024


def main() -> None:
    """Let the console train the example's network for an epoch, and print the most memory that it had."""
    if not has_mnist():
        print("There is no MNIST where NNSTUDIO_SHARED points, so there is nothing to train on.")
        return
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.h5"
        command = [sys.executable, "-m", "nnstudio", "train", "--epochs", "1"]
        subprocess.run([*command, "--data", str(mnist_folder()), "--output", str(model)], check=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTES_PER_MEGABYTE
    print(f"training on all of MNIST took at most {peak:.0f} MB of resident memory")


if __name__ == "__main__":
    main()
