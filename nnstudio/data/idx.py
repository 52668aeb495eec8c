"""Idx: read the files in which MNIST came, packed with gzip or not."""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import IO, cast

import numpy as np

from nnstudio.data.arrays import Bytes
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

_GZIP_MAGIC = b"\x1f\x8b"
_UINT8 = 0x08
_TYPES = {_UINT8: "uint8", 0x09: "int8", 0x0B: "int16", 0x0C: "int32", 0x0D: "float32", 0x0E: "float64"}
_EXPECTED = {0: "an IDX file", 1: "an IDX file of labels", 3: "an IDX file of images"}


def read_idx(path: Path, dimensions: int = 0) -> Bytes:
    """Return the uint8 array in an IDX file.

    The file is two zero bytes, the type, the number of dimensions, each size as a big-endian uint32,
    and the values. Source: Y. LeCun, The MNIST database of handwritten digits.

    Args:
        dimensions: 3 for images, 1 for labels, 0 where 1 to 4 are welcome.
    Raises:
        FileError: the file is not that, or damaged.
    """
    expected = _EXPECTED[dimensions]
    with opened(path, expected) as file:
        try:
            return _read(path, _unpacked(file), dimensions)
        except EOFError as error:
            raise wrong_file(path, expected, "a gzip file that breaks off", COPY_AGAIN) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise wrong_file(path, expected, "a damaged gzip file", COPY_AGAIN) from error


def idx_dimensions(path: Path) -> int:
    """Return how many dimensions the IDX file ``path`` has; 0 where it looks like no IDX file at all."""
    with opened(path, _EXPECTED[0]) as file:
        try:
            head = _unpacked(file).read(4)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return 0
    return head[3] if _is_idx(head) else 0


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    """Return the content of ``file``, unpacked where its first bytes are gzip's: names are no proof."""
    packed = file.read(2) == _GZIP_MAGIC
    file.seek(0)
    return cast(IO[bytes], gzip.GzipFile(fileobj=file)) if packed else file


def _is_idx(head: bytes) -> bool:
    return len(head) == 4 and head[:2] == b"\0\0" and head[2] in _TYPES


def _read(path: Path, stream: IO[bytes], dimensions: int) -> Bytes:
    shape = _read_shape(path, stream, dimensions)
    size = math.prod(shape)
    if not 0 < size <= LIMIT_BYTES:
        expected = f"1 to {LIMIT_BYTES:,} values"
        raise wrong_file(path, expected, f"a header that declares {times(shape)}", CHOOSE_OTHER)
    # One byte more than declared tells of trailing data, and makes gzip compare its checksum.
    data = read_up_to(stream, size + 1)
    if len(data) < size:
        raise wrong_file(path, f"{times(shape)} values", f"only {len(data):,} of {size:,}", COPY_AGAIN)
    if len(data) > size:
        raise wrong_file(path, f"{times(shape)} values", "more data behind them", COPY_AGAIN)
    return np.frombuffer(data, np.uint8).reshape(shape)


def _read_shape(path: Path, stream: IO[bytes], dimensions: int) -> tuple[int, ...]:
    expected = _EXPECTED[dimensions]
    head = stream.read(4)
    if not _is_idx(head):
        raise wrong_file(path, expected, kind_of(head), "Choose a file such as train-images-idx3-ubyte.gz.")
    if head[2] != _UINT8:
        raise wrong_file(path, f"{expected} with uint8 values", f"{_TYPES[head[2]]} values", CHOOSE_OTHER)
    if head[3] != dimensions if dimensions else not 1 <= head[3] <= 4:
        wanted = dimensions or "1 to 4"
        raise wrong_file(path, f"{expected}, of dimension {wanted}", f"{head[3]}", CHOOSE_OTHER)
    sizes = stream.read(4 * head[3])
    if len(sizes) < 4 * head[3]:
        raise wrong_file(path, expected, "a file that breaks off in its header", COPY_AGAIN)
    return struct.unpack(f">{head[3]}I", sizes)
