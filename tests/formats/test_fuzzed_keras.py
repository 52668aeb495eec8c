"""Whatever is wrong with a file of Keras, it opens or is refused in a sentence, in little memory and time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MOST_BYTES = 300_000_000

# Runs in a process of its own: a crash is seen, memory is bounded and measured.
CHILD = """
import resource, sys, time
from pathlib import Path
limit = int(sys.argv[3]) * 4
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from nnstudio.errors import UserError
from nnstudio.experiments.study import Study
from nnstudio.formats.keras_files import read_model
from tests.formats.keras_mutations import mutated

folder, counts = Path(sys.argv[4]), {"opened": 0, "refused": 0}
for seed in range(int(sys.argv[1]), int(sys.argv[2])):
    name, content = mutated(seed)
    path = folder / name
    path.write_bytes(content)
    began = time.process_time()
    try:
        model = read_model(path, Study(), (7,))
        counts["opened"] += 1
        sentences = model.notes
    except UserError as error:
        counts["refused"] += 1
        sentences = [str(error)]
    except Exception as error:
        sys.exit(f"seed {seed} ({name}): {error!r}")
    finally:
        path.unlink()
    if not all(sentence.isprintable() and len(sentence) < 3000 for sentence in sentences):
        sys.exit(f"seed {seed} ({name}) told {sentences}")
    if time.process_time() - began > 2:
        sys.exit(f"seed {seed} ({name}) took {time.process_time() - began:.1f} s")
# The usage that the system counts begins with that of the process which started this one.
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
peak = int(status["VmHWM"].split()[0]) * 1024
if peak > int(sys.argv[3]):
    sys.exit(f"{peak:,} bytes")
print(counts["opened"], counts["refused"])
"""


def tried(first: int, count: int, folder: Path) -> tuple[int, int]:
    """Open ``count`` mutations; return how many opened and how many were refused."""
    arguments = [str(first), str(first + count), str(MOST_BYTES), str(folder)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr[-2000:]
    opened, refused = map(int, done.stdout.split())
    return opened, refused


def test_300_mutations_are_opened_or_refused(tmp_path: Path) -> None:
    opened, refused = tried(0, 300, tmp_path)
    assert opened + refused == 300
    assert min(opened, refused) > 50  # neither so gentle that all is read nor so rough that nothing is


@pytest.mark.torture
@pytest.mark.parametrize("part", range(10))
def test_20_000_mutations_are_opened_or_refused(part: int, tmp_path: Path) -> None:
    assert sum(tried(1000 + part * 2000, 2000, tmp_path)) == 2000
