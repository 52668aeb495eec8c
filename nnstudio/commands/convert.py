"""Convert: the verb that writes a model of any Keras as a file that Keras 2 and 3 both open."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nnstudio.commands.opening import open_model
from nnstudio.errors import FileError
from nnstudio.formats.atomic import refuse_unwritable
from nnstudio.formats.keras_design import notes_for_keras
from nnstudio.formats.keras_h5 import ARCHIVE_ENDING, ENDINGS, write_model

_FORGETS = "What the optimizer remembered is not written; a .keras file holds it, for Keras 3."


def run(arguments: argparse.Namespace) -> int:
    """Read one file and write the other; what changes on the way goes to stderr."""
    target: Path = arguments.output
    if target.suffix not in (*ENDINGS, ARCHIVE_ENDING):
        raise FileError(f"Expected a name ending in .h5 or .keras, which Keras opens, found {target.name}.")
    refuse_unwritable(target)
    model = open_model(arguments.model)
    for note in notes_for_keras(model.study.design, model.snapshot.input_shape):
        print(f"{target.name}: {note}", file=sys.stderr)
    remembers = model.optimizer_state is not None and bool(model.optimizer_state.vectors)
    if remembers and target.suffix in ENDINGS:
        print(f"{target.name}: {_FORGETS}", file=sys.stderr)
    write_model(target, model)
    print(f"wrote {target}")
    return 0
