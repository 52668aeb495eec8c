"""KerasContents: what a file of Keras says and where it keeps its weights, whatever holds it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from nnstudio.engine.layer import Array
from nnstudio.engine.layout import Layout
from nnstudio.errors import FileError
from nnstudio.formats.hdf5 import Group, Memory, root_of
from nnstudio.formats.keras_archive import ABOUT, CONFIG, WEIGHTS, KerasArchive
from nnstudio.formats.keras_dialect import Dialect, dialect_by, dialect_of
from nnstudio.formats.keras_parameters import NUMBERED_ROOTS, grouped_pairs, numbered_pairs, read_parameters
from nnstudio.formats.keras_stack import Stack
from nnstudio.formats.safe_hdf5 import group_in, text_attribute
from nnstudio.formats.values import parse_json

ABSENT = object()
_GROUP = "model_weights"
_MOST_CHARACTERS = 2**22  # a thousand layers take a million


@dataclass(frozen=True)
class Content:
    """What a file says, whatever holds it; ``learning`` may be `ABSENT`, or why it cannot be read."""

    root: Group
    stack: Any
    learning: Any
    dialect: Dialect
    numbered: bool


def content_of(root: Group) -> Content:
    """Return what an .h5 file says; FileError where it does not describe a network."""
    stack = _description(root, "model_config")
    try:
        learning = _description(root, "training_config") if "training_config" in root.attributes else ABSENT
    except FileError as error:
        learning = error
    return Content(root, stack, learning, dialect_of(root), numbered=False)


def content_in(archive: KerasArchive) -> Content:
    """Return what a .keras file says; FileError where it does not describe a network."""
    config = parse_json(archive.text(CONFIG), CONFIG, _MOST_CHARACTERS)
    about = parse_json(archive.text(ABOUT), ABOUT, _MOST_CHARACTERS) if ABOUT in archive else {}
    version = about.get("keras_version") if isinstance(about, dict) else ""
    learning = config.get("compile_config") if isinstance(config, dict) else None
    if isinstance(learning, dict) and learning:
        learning = {**learning, "optimizer_config": learning.get("optimizer")}
    dialect = dialect_by(version if isinstance(version, str) else "")
    return Content(weights_in(archive), config, learning or ABSENT, dialect, numbered=True)


def weights_in(archive: KerasArchive) -> Group:
    """Return what a .keras file holds as numbers."""
    return root_of(Memory(io.BytesIO(archive.content(WEIGHTS))))


def _description(root: Group, name: str) -> Any:
    text = text_attribute(root, name)
    if text is None:
        raise FileError(f"It has no {name}: it is no Keras model.")
    return parse_json(text, name, _MOST_CHARACTERS)


def parameters_in(root: Group, stack: Stack, layout: Layout, notes: list[str]) -> Array:
    """Return the weights from wherever this version of Keras keeps them."""
    if _has_names(root):
        pairs = grouped_pairs(root, stack, layout)
    elif is_numbered(root):
        pairs = numbered_pairs(root, stack, layout)
    else:
        pairs = grouped_pairs(group_in(root, _GROUP), stack, layout)
    return read_parameters(pairs, layout, notes)


def _has_names(root: Group) -> bool:
    return any(name in root.attributes for name in ("layer_names", "layer_names0"))


def is_numbered(root: Group) -> bool:
    """Say whether weights lie as Keras 3 keeps them by themselves and in .keras files."""
    return any(name in root for name in NUMBERED_ROOTS) and _GROUP not in root


def holds_weights_alone(root: Group) -> bool:
    """Say whether there are weights, and no description of their network."""
    has_weights = _has_names(root) or is_numbered(root) or _GROUP in root
    return "model_config" not in root.attributes and has_weights
