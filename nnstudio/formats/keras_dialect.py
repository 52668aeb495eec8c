"""KerasDialect: whose words a file is written in, where one word means different things."""

from __future__ import annotations

from enum import Enum

from nnstudio.errors import FileError
from nnstudio.formats.hdf5 import Group
from nnstudio.formats.safe_hdf5 import text_attribute

OWN_GROUP = "nnstudio"

# Keras takes a file without these for one of Keras 1.
WRITTEN = {"keras_version": "2.15.0", "backend": "tensorflow"}


class Dialect(Enum):
    """Who wrote a file.

    nnstudio writes so that Keras 2 and Keras 3 both open it, and means by each word what Keras 3 means.
    """

    NNSTUDIO = "nnstudio"
    KERAS_2 = "Keras 2"
    KERAS_3 = "Keras 3"


def dialect_of(file: Group) -> Dialect:
    """Return whose words an open file is written in; one that says no version is of Keras 2 or older."""
    if OWN_GROUP in file:
        return Dialect.NNSTUDIO
    try:
        version = text_attribute(file, "keras_version") or ""
    except FileError:
        version = ""
    return dialect_by(version)


def dialect_by(version: str) -> Dialect:
    """Return the words of the Keras of a version; where none is told, those of Keras 2 or older."""
    return Dialect.KERAS_3 if version.startswith("3.") else Dialect.KERAS_2
