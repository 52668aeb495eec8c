"""Inspect: the verb that shows what is in a model or a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from nnstudio.commands.inspect_project import project_lines
from nnstudio.commands.summary import look_lines
from nnstudio.formats.looking import look_inside
from nnstudio.formats.project import is_project, read_project


def run(arguments: argparse.Namespace) -> int:
    """Print layers and parameters as Keras' summary does, then how the network learns and learnt."""
    path: Path = arguments.model
    lines = project_lines(read_project(path)) if is_project(path) else look_lines(look_inside(path))
    for line in lines:
        print(line)
    return 0
