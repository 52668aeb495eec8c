"""Checksum: whether a file that was fetched is the one that its authors published."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from nnstudio.data.remote import RemoteFile
from nnstudio.data.watch import Watch

_CHUNK_BYTES = 2**20


def is_right(path: Path, file: RemoteFile, watch: Watch) -> bool:
    """Return whether ``path`` is ``file``, as it was published or with the same content packed another way.

    Never more is read, or unpacked, than the content has bytes.
    """
    try:
        with open(path, "rb") as stream:
            if _sum(stream, file, watch) in (file.sha256, file.content_sha256):
                return True
            stream.seek(0)
            return bool(file.content_sha256) and _content_is_right(stream, file, watch)
    except (FileNotFoundError, IsADirectoryError):
        return False


def _content_is_right(stream: IO[bytes], file: RemoteFile, watch: Watch) -> bool:
    try:
        with gzip.GzipFile(fileobj=stream) as content:
            return _sum(content, file, watch) == file.content_sha256
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return False


def _sum(stream: IO[bytes] | gzip.GzipFile, file: RemoteFile, watch: Watch) -> str:
    """Return the SHA-256 of what ``stream`` has; of its beginning where it has more than the content."""
    digest = hashlib.sha256()
    for chunk in _chunks(stream, file.most_bytes + 1):
        watch.go_on()
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(stream: IO[bytes] | gzip.GzipFile, limit: int) -> Iterator[bytes]:
    while limit > 0 and (chunk := stream.read(min(_CHUNK_BYTES, limit))):
        limit -= len(chunk)
        yield chunk
