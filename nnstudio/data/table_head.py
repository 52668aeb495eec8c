"""TableHead: the names of the columns of a table that is text, and where its rows start."""

from __future__ import annotations

from pathlib import Path

from nnstudio.data.dialect import Dialect, numbered
from nnstudio.data.files import COPY_AGAIN, wrong_file
from nnstudio.data.table_text import EXPECTED, Piece, cells, pieces, text_stream


def read_head(path: Path, dialect: Dialect, given: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and where the first row starts; ``given`` name what has no header."""
    first, start, second = _first_row(path, dialect)
    if not dialect.header:
        return numbered(list(given) if len(given) == len(first) else [""] * len(first)), 0
    rownames = [""] if len(second) == len(first) + 1 else []  # as R writes them
    return numbered(rownames + first), start


def _first_row(path: Path, dialect: Dialect) -> tuple[list[str], int, list[str]]:
    """Return the cells of the first row, where the next one starts, and its cells."""
    with text_stream(path, dialect.encoding) as (stream, _):
        for piece in pieces(path, stream, dialect):
            ends = [*piece.starts[1:3], stream.tell()]
            start = int(piece.starts[0])
            rows = piece.rows or cells(_head(piece, 2), dialect)
            following = int(ends[0]) if len(piece.starts) > 1 else start + _row_bytes(piece)
            if not rows:
                raise wrong_file(
                    path, EXPECTED, "quotes in its first row that do not fit together", COPY_AGAIN
                )
            return rows[0], following, rows[1] if len(rows) > 1 else []
    raise wrong_file(path, EXPECTED, "an empty file", "Choose another file.")


def _row_bytes(piece: Piece) -> int:
    return len(piece.data)


def _head(piece: Piece, count: int) -> bytes:
    """Return the bytes of the first rows of a piece; empty lines between them may push in more."""
    end = piece.starts[count] - piece.starts[0] if len(piece.starts) > count else len(piece.data)
    return piece.data[: int(end)]
