"""Convert: the verb that writes a model of any Keras as a file that Keras 2 and 3 both open."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nnstudio.commands.opening import open_model
from nnstudio.errors import FileError
from nnstudio.formats.atomic import refuse_unwritable
from nnstudio.formats.keras_design import notes_for_keras
from nnstudio.formats.keras_h5 import ENDINGS, write_model


def run(arguments: argparse.Namespace) -> int:
    """Read one file and write the other; what changes on the way goes to stderr."""
    target: Path = arguments.output
    if target.suffix not in ENDINGS:
        raise FileError(f"Expected a name ending in .h5, which Keras opens, found {target.name}.")
    refuse_unwritable(target)
    model = open_model(arguments.model)
    for note in notes_for_keras(model.study.design, model.snapshot.input_shape):
        print(f"{target.name}: {note}", file=sys.stderr)
    if model.optimizer_state is not None and model.optimizer_state.vectors:
        print(f"{target.name}: What the optimizer remembered is not written.", file=sys.stderr)
    write_model(target, model)
    print(f"wrote {target}")
    return 0
