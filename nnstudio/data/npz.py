"""Npz: read arrays from NumPy's zip archives without trusting them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.files import (
    CHOOSE_OTHER,
    COPY_AGAIN,
    LIMIT_BYTES,
    kind_of,
    opened,
    read_up_to,
    times,
    wrong_file,
)
from nnstudio.data.npy_header import DAMAGE, Header, read_header
from nnstudio.errors import FileError

_SUFFIX = ".npy"
_EXPECTED = "an npz file"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile, zlib and NumPy's header reader raise over damaged bytes.
_DAMAGE = (zipfile.BadZipFile, zlib.error, *DAMAGE)


def npz_names(path: Path) -> tuple[str, ...]:
    """Return the names of the arrays in the archive ``path``."""
    with _archive(path) as archive:
        return _names(archive)


def npz_header(path: Path, name: str) -> Header:
    """Return shape and type of the array ``name`` in the archive ``path``, without reading it."""
    with _archive(path) as archive, _member(path, archive, name) as member:
        return read_header(path, name, member)


def read_npz(path: Path, names: Sequence[str], texts: Sequence[str] = ()) -> dict[str, Array]:
    """Return the arrays ``names`` of the archive ``path``, all of them numbers.

    Args:
        texts: those that may be names.
    Raises:
        FileError: the archive lacks one, or is damaged, or holds objects or more than 2 GiB.
    """
    with _archive(path) as archive:
        found = _names(archive)
        if not set(names) <= set(found):
            raise missing_arrays(path, names, found)
        _check_total(path, archive, names, texts)
        return {name: _read_array(path, archive, name, name in texts) for name in names}


def missing_arrays(path: Path, names: Sequence[str], found: Sequence[str]) -> FileError:
    """Return the error for an archive that lacks some of ``names`` and holds ``found``."""
    shown = ", ".join(found[:8]) + (", ..." if len(found) > 8 else "")
    return wrong_file(path, f"the arrays {', '.join(names)}", shown or "no arrays", CHOOSE_OTHER)


def _names(archive: zipfile.ZipFile) -> tuple[str, ...]:
    return tuple(name.removesuffix(_SUFFIX) for name in archive.namelist() if name.endswith(_SUFFIX))


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    with opened(path, _EXPECTED) as file:
        head = file.read(8)
        file.seek(0)
        if not head.startswith(b"PK"):
            raise wrong_file(path, _EXPECTED, kind_of(head), "Choose a file such as Keras' mnist.npz.")
        try:
            with zipfile.ZipFile(file) as archive:
                yield archive
        except _DAMAGE as error:
            raise wrong_file(path, _EXPECTED, "a damaged archive", COPY_AGAIN) from error


@contextmanager
def _member(path: Path, archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    info = archive.getinfo(name + _SUFFIX)
    if info.compress_type not in _METHODS:
        advice = "Save it again with numpy.savez_compressed."
        raise wrong_file(path, f"{name} stored or deflated", "another compression", advice)
    with archive.open(info) as member:
        yield member


def _check_total(path: Path, archive: zipfile.ZipFile, names: Sequence[str], texts: Sequence[str]) -> None:
    """Refuse an archive by what its headers declare, before memory is taken for it."""
    total = 0
    for name in names:
        with _member(path, archive, name) as member:
            total += read_header(path, name, member, name in texts).size_bytes
    if total > LIMIT_BYTES:
        raise wrong_file(path, f"at most {LIMIT_BYTES:,} bytes", f"{total:,} declared", CHOOSE_OTHER)


def _read_array(path: Path, archive: zipfile.ZipFile, name: str, texts: bool) -> Array:
    with _member(path, archive, name) as member:
        header = read_header(path, name, member, texts)
        data = read_up_to(member, header.size_bytes + 1)
    if len(data) != header.size_bytes:
        found = "fewer" if len(data) < header.size_bytes else "more"
        raise wrong_file(path, f"{times(header.shape)} values in {name}", found, COPY_AGAIN)
    array = np.frombuffer(data, header.dtype)
    return array.reshape(header.shape, order="F" if header.fortran else "C")
