"""Web: a server on this machine that behaves as badly as it is told to, and a small collection to fetch."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from nnstudio.data.remote import Collection, RemoteFile
from nnstudio.data.watch import Watch
from tests.data.makers import TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS, idx_bytes, images, labels

CONTENTS = {
    f"{TRAIN_IMAGES}.gz": idx_bytes(images(120)),
    f"{TRAIN_LABELS}.gz": idx_bytes(labels(120)),
    f"{TEST_IMAGES}.gz": idx_bytes(images(40)),
    f"{TEST_LABELS}.gz": idx_bytes(labels(40)),
}
PACKED = {name: gzip.compress(content, mtime=0) for name, content in CONTENTS.items()}
BOMB = gzip.compress(bytes(20_000_000))
FIRST = f"{TRAIN_IMAGES}.gz"


def small_collection(*bases: str) -> Collection:
    """Four small files that are at ``bases``."""
    files = tuple(
        RemoteFile(name, len(packed), sha256(packed), len(CONTENTS[name]), sha256(CONTENTS[name]))
        for name, packed in PACKED.items()
    )
    return Collection("Small MNIST", "small", tuple(bases), files)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Exchange(BaseHTTPRequestHandler):
    """One request, with what most ways to behave need."""

    server: Server
    protocol_version = "HTTP/1.1"

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def packed(self) -> bytes:
        return PACKED[self.name]

    def do_GET(self) -> None:  # noqa: N802
        self.close_connection = True
        self.server.asked.append((self.name, self.headers.get("Range")))
        try:
            self.server.way(self)
        except (BrokenPipeError, ConnectionResetError):
            return

    def head(self, status: int = 200, length: int | None = None, **headers: str) -> None:
        """Send all that stands before the content."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


Way = Callable[[Exchange], None]


class Server(ThreadingHTTPServer):
    """Keeps what it was asked for; ``over`` tells ways that wait that the test has ended."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, way: Way) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.way = way
        self.asked: list[tuple[str, str | None]] = []
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/small/"

    def stop(self) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()


def well(exchange: Exchange) -> None:
    """Send the file, or the part that was asked for."""
    wanted, etag = exchange.headers.get("Range"), f'"{sha256(exchange.packed)[:8]}"'
    start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
    same = exchange.headers.get("If-Range", etag) == etag
    size = len(exchange.packed)
    if start and same and start >= size:
        exchange.head(416, 0, Content_Range=f"bytes */{size}")
        return
    if start and same:
        exchange.head(206, size - start, ETag=etag, Content_Range=f"bytes {start}-{size - 1}/{size}")
    else:
        start = 0
        exchange.head(200, size, ETag=etag)
    exchange.wfile.write(exchange.packed[start:])


def without_ranges(exchange: Exchange) -> None:
    """Send all of it whatever was asked for."""
    exchange.head(200, len(exchange.packed), ETag='"x"')
    exchange.wfile.write(exchange.packed)


def without_length(exchange: Exchange) -> None:
    """Send all of it without saying how much it is."""
    exchange.head(200)
    exchange.wfile.write(exchange.packed)


def in_chunks(exchange: Exchange) -> None:
    exchange.head(200, Transfer_Encoding="chunked")
    for start in range(0, len(exchange.packed), 5000):
        piece = exchange.packed[start : start + 5000]
        exchange.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    exchange.wfile.write(b"0\r\n\r\n")


def unpacked(exchange: Exchange) -> None:
    """Send the content itself."""
    content = CONTENTS[exchange.name]
    exchange.head(200, len(content))
    exchange.wfile.write(content)


def packed_anew(exchange: Exchange) -> None:
    """Send the same content, packed by somebody else."""
    other = gzip.compress(CONTENTS[exchange.name], 1, mtime=7)
    exchange.head(200, len(other))
    exchange.wfile.write(other)


def slowly(exchange: Exchange) -> None:
    """Send it in small pieces."""
    exchange.head(200, len(exchange.packed), ETag='"slow"')
    for start in range(0, len(exchange.packed), 9000):
        exchange.wfile.write(exchange.packed[start : start + 9000])
        time.sleep(0.02)


def stall_at_once(exchange: Exchange) -> None:
    """Take the request and say nothing."""
    exchange.server.over.wait(60)


def stall_in_the_middle(exchange: Exchange) -> None:
    exchange.head(200, len(exchange.packed), ETag='"stalls"')
    exchange.wfile.write(exchange.packed[: len(exchange.packed) // 2])
    exchange.wfile.flush()
    exchange.server.over.wait(60)


def drip(exchange: Exchange) -> None:
    """Send a byte now and then: never silent, never done."""
    exchange.head(200, len(exchange.packed))
    while not exchange.server.over.wait(0.05):
        exchange.wfile.write(b"\x1f")


def break_off_at_once(exchange: Exchange) -> None:
    exchange.connection.close()


def break_off_in_the_middle(exchange: Exchange) -> None:
    """Send half of it, then close the connection."""
    exchange.head(200, len(exchange.packed), ETag='"half"')
    exchange.wfile.write(exchange.packed[: len(exchange.packed) // 2])


def wrong_bytes(exchange: Exchange) -> None:
    content = bytearray(exchange.packed)
    content[len(content) // 2] ^= 1
    exchange.head(200, len(content))
    exchange.wfile.write(content)


def too_short(exchange: Exchange) -> None:
    """Send a part and say that it is all."""
    exchange.head(200, 100)
    exchange.wfile.write(exchange.packed[:100])


def too_long(exchange: Exchange) -> None:
    """Announce far more than the file has."""
    exchange.head(200, 10**12)
    exchange.wfile.write(exchange.packed)


def endless(exchange: Exchange) -> None:
    """Send for ever without saying how much it is."""
    exchange.head(200)
    while not exchange.server.over.is_set():
        exchange.wfile.write(bytes(2**16))


def bomb(exchange: Exchange) -> None:
    """Send a small file that unpacks to twenty megabytes."""
    exchange.head(200, len(BOMB))
    exchange.wfile.write(BOMB)


def page(exchange: Exchange) -> None:
    """Send what the login page of a hotel would be."""
    exchange.head(200, 20, Content_Type="text/html")
    exchange.wfile.write(b"<html>Please log in.")


def circle(exchange: Exchange) -> None:
    exchange.head(302, 0, Location=exchange.path)


def onward(exchange: Exchange) -> None:
    """Redirect further and further."""
    exchange.head(302, 0, Location=f"/x{exchange.path}")


def to_a_file(exchange: Exchange) -> None:
    exchange.head(302, 0, Location="file:///etc/passwd")


def to_nowhere(exchange: Exchange) -> None:
    exchange.head(302, 0)


def no_http(exchange: Exchange) -> None:
    exchange.wfile.write(b"220 mail.example.org ESMTP\r\n")


def wrong_part(exchange: Exchange) -> None:
    """Answer every request with another part than the one asked for."""
    size = len(exchange.packed)
    exchange.head(206, 10, Content_Range=f"bytes 7-16/{size}")
    exchange.wfile.write(exchange.packed[7:17])


def status(code: int) -> Way:
    """Return the way to answer with nothing but a status."""

    def answer(exchange: Exchange) -> None:
        exchange.head(code, 0)

    return answer


def moved_to(base: str) -> Way:
    """Return the way to redirect each request once, to a server that has it."""

    def answer(exchange: Exchange) -> None:
        exchange.head(301, 0, Location=base + exchange.name)

    return answer


class Recorder(Watch):
    """Keeps what it is told, and cancels once ``enough(share, words)``."""

    def __init__(self, enough: Callable[[float | None, str], bool] | None = None) -> None:
        self.told_all: list[tuple[float | None, str]] = []
        self.stopped = threading.Event()
        self.stopped_at = 0.0
        self._enough = enough

    def told(self, share: float | None, words: str = "") -> None:
        self.told_all.append((share, words))
        if self._enough is not None and self._enough(share, words):
            self.stop()
        self.go_on()

    def cancelled(self) -> bool:
        return self.stopped.is_set()

    def stop(self) -> None:
        self.stopped_at = time.monotonic()
        self.stopped.set()


def whole(folder: Path) -> bool:
    """Return whether all files are in a folder, with the right content, and nothing that was on its way."""
    names = {path.name for path in folder.iterdir()} - {".lock"}
    return names == set(PACKED) and all(_content(folder / name) == CONTENTS[name] for name in PACKED)


def _content(path: Path) -> bytes:
    found = path.read_bytes()
    return gzip.decompress(found) if found.startswith(b"\x1f\x8b") else found
