"""HttpStream: what an address sends, piece by piece; no wait there holds up whoever asks."""

from __future__ import annotations

import http.client
import queue
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from nnstudio.data.http_opener import opener_for, request_for
from nnstudio.data.http_words import AddressError, address_error
from nnstudio.data.watch import Watch

PATIENCE_SECONDS = 20.0
# Fewer bytes than this while patience lasts are as good as none: 35 MB would take a day.
LEAST_BYTES = 2**13
# For each place that a name stands for: one that swallows everything must leave time for the next.
_SOCKET_SECONDS = 9.0
_PIECE_BYTES = 2**16
_MOST_PIECES = 16
_POLL_SECONDS = 0.1
_NOT_SATISFIABLE = 416
_PARTIAL = 206
# What urllib raises over an address, a network or a server; anything else is a bug.
_TROUBLE = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True)
class Answer:
    """What a server said before the content: where it begins, and how long the whole is (None: not said).

    ``validator`` tells this content from a later one at the same address; "" where the server gave none.
    """

    start: int
    size: int | None
    validator: str


def stream(address: str, start: int, validator: str, watch: Watch) -> Iterator[Answer | bytes]:
    """Yield the answer of ``address``, then its content from byte ``start`` on, or from 0 as the answer says.

    The name is looked up, connected to and read in a thread of its own, since none of that can be stopped.

    Raises:
        AddressError: nothing came, or it came too slowly; its words go on after the server's name.
        Cancelled: a person stopped it, a tenth of a second ago.
    """
    reader = _Reader(address, start, validator)
    reader.thread.start()
    try:
        yield from _pieces(reader, watch)
    finally:
        reader.left.set()


def _pieces(reader: _Reader, watch: Watch) -> Iterator[Answer | bytes]:
    since, received, answered = time.monotonic(), 0, False
    while True:
        watch.go_on()
        if received >= LEAST_BYTES:
            since, received = time.monotonic(), 0
        elif time.monotonic() - since > PATIENCE_SECONDS:
            raise _impatient(answered)
        try:
            piece = reader.next_piece()
        except queue.Empty:
            continue
        if piece is None:
            return
        yield piece
        answered = True
        received += len(piece) if isinstance(piece, bytes) else LEAST_BYTES


def _impatient(answered: bool) -> AddressError:
    what = "sent next to nothing for" if answered else "did not answer within"
    return AddressError(f"{what} {PATIENCE_SECONDS:.0f} seconds")


class _Reader:
    """Reads in its thread and hands over at most a megabyte in advance; ends when it was ``left``."""

    def __init__(self, address: str, start: int, validator: str) -> None:
        self._address, self._start, self._validator = address, start, validator
        self._pieces: queue.Queue[Answer | bytes | Exception | None] = queue.Queue(_MOST_PIECES)
        self.left = threading.Event()
        self.thread = threading.Thread(target=self._run, name="Fetching", daemon=True)

    def next_piece(self) -> Answer | bytes | None:
        """Return what came next, None at the end; raise what the reading raised, or `queue.Empty`."""
        piece = self._pieces.get(timeout=_POLL_SECONDS)
        if isinstance(piece, Exception):
            raise address_error(piece) if isinstance(piece, _TROUBLE) else piece
        return piece

    def _run(self) -> None:
        try:
            self._read()
        except Exception as error:  # told in the thread of whoever asked
            self._put(error)

    def _read(self) -> None:
        request = request_for(self._address, self._start, self._validator)
        try:
            response = self._open(request)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != _NOT_SATISFIABLE or not self._start:
                raise
            response = self._open(request_for(self._address, 0, ""))
        with response:
            self._put(_answer(response, self._start))
            while piece := response.read1(_PIECE_BYTES):
                if not self._put(piece):
                    return
        self._put(None)

    def _open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        response: http.client.HTTPResponse = opener_for(self._address).open(request, timeout=_SOCKET_SECONDS)
        return response

    def _put(self, piece: Answer | bytes | Exception | None) -> bool:
        """Hand a piece over; return False where nobody wants it any more."""
        while not self.left.is_set():
            try:
                self._pieces.put(piece, timeout=_POLL_SECONDS)
                return True
            except queue.Full:
                continue
        return False


def _answer(response: http.client.HTTPResponse, wanted: int) -> Answer:
    start = _start_of(response, wanted) if response.status == _PARTIAL else 0
    length = response.headers.get("Content-Length", "")
    size = start + int(length) if length.isdecimal() else None
    etag = response.headers.get("ETag", "")
    strong = etag if etag.startswith('"') else ""  # a weak one may stand for other bytes
    return Answer(start, size, strong or response.headers.get("Last-Modified", ""))


def _start_of(response: http.client.HTTPResponse, wanted: int) -> int:
    said = response.headers.get("Content-Range", "")
    if not said.startswith(f"bytes {wanted}-"):
        raise AddressError("sent another part of the file than the one asked for")
    return wanted
