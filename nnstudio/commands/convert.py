"""Convert: the verb that writes a model of any Keras, or the network of a project, as something else."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nnstudio.commands.opening import Named, open_source
from nnstudio.commands.options import KIND_NAMES
from nnstudio.data.dataset import Dataset
from nnstudio.errors import FileError
from nnstudio.formats.atomic import refuse_unwritable
from nnstudio.formats.export import (
    ARCHIVE,
    H5,
    KINDS,
    NUMPY,
    ONNX,
    PROGRAM_2,
    PROGRAM_3,
    ExportChoices,
    export,
    target_of,
)

KIND_OF = dict(zip(KIND_NAMES, (H5, ARCHIVE, PROGRAM_3, PROGRAM_2, NUMPY, ONNX), strict=True))
_BY_ENDING = {".h5": H5, ".hdf5": H5, ".keras": ARCHIVE, ".py": NUMPY, ".onnx": ONNX}
_NEEDS_DATA = (PROGRAM_3, PROGRAM_2)


def run(arguments: argparse.Namespace) -> int:
    """Read one file and write the other; what changes on the way goes to stderr."""
    target: Path = arguments.output
    choices = _choices(arguments)
    refuse_unwritable(target)
    source = open_source(arguments.model)
    model = source.trained()
    done = export(target, model, _dataset(source, arguments.data, choices), choices)
    for note in done.notes:
        print(f"{target.name}: {note}", file=sys.stderr)
    for path in (done.path, *done.files):
        print(f"wrote {path}")
    if done.difference is not None:
        count = "1 sample" if done.count == 1 else f"{done.count} samples"
        print(f"read back, it predicts {count} with a largest difference of {done.difference:.2g}")
    return 0


def _choices(arguments: argparse.Namespace) -> ExportChoices:
    """Return what is asked for; FileError where the name does not go with it."""
    target: Path = arguments.output
    kind = KIND_OF[arguments.kind] if arguments.kind else _BY_ENDING.get(target.suffix)
    if kind is None:
        endings = ", ".join(_BY_ENDING)
        raise FileError(f"Expected a name ending in one of {endings}, found {target.name}.")
    choices = ExportChoices(
        kind, arguments.old_slots, arguments.preparation, not arguments.no_scaling, kind in _NEEDS_DATA
    )
    if target_of(target, choices) != target:
        raise FileError(
            f"Expected a name ending in {KINDS[kind]} for --kind {arguments.kind}, found {target.name}."
        )
    if arguments.old_slots and kind != H5:
        raise FileError("--old-slots is for .h5 files: it is Keras 2 that looks for them there.")
    return choices


def _dataset(source: Named, path: Path | None, choices: ExportChoices) -> Dataset | None:
    """Return the data where they are asked for or needed: a model alone can be written without them."""
    needed = path is not None or choices.kind in _NEEDS_DATA
    return source.data(path) if needed else None
