"""Files come whole and right, or not at all, whatever a server does; what it did is said in a sentence."""

from __future__ import annotations

import errno
import io
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest

from nnstudio.data import download, http_stream
from nnstudio.data.download import fetch, has_files
from nnstudio.data.fetch_progress import seconds_words
from nnstudio.data.http_opener import Redirects, proxies_for, request_for
from nnstudio.data.http_words import AddressError
from nnstudio.data.remote import FASHION_MNIST, MIRRORS_VARIABLE, MNIST
from nnstudio.errors import Cancelled, FileError
from tests.data import web
from tests.data.web import FIRST, PACKED, Recorder, Server, Way, small_collection, whole

Serve = Callable[[Way], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A function that starts a server; all are stopped at the end."""
    servers: list[Server] = []

    def start(way: Way) -> Server:
        servers.append(Server(way))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


STALLS = (web.stall_at_once, web.stall_in_the_middle, web.drip)


@pytest.fixture
def patience(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    """Little of it where a server stalls; a busy machine must not look like one."""
    if way in STALLS:
        monkeypatch.setattr(http_stream, "PATIENCE_SECONDS", 1.0)


GOOD = [
    web.well,
    web.without_ranges,
    web.without_length,
    web.in_chunks,
    web.unpacked,
    web.packed_anew,
    web.slowly,
]
BAD = [
    (web.stall_at_once, "did not answer within 1 seconds"),
    (web.stall_in_the_middle, "sent next to nothing for 1 seconds"),
    (web.drip, "sent next to nothing for 1 seconds"),
    (web.break_off_at_once, "broke off the connection"),
    (web.wrong_bytes, "sent another file"),
    (web.too_short, "sent another file"),
    (web.too_long, f"sent more than {FIRST} has bytes"),
    (web.endless, f"sent more than {FIRST} has bytes"),
    (web.bomb, "sent another file"),
    (web.page, "sent another file"),
    (web.circle, "sent us on in a circle"),
    (web.onward, "sent us on in a circle, too often"),
    (web.to_a_file, "sent us on in a circle, too often, or to what is no web address"),
    (web.to_nowhere, "sent us on in a circle"),
    (web.no_http, "answered what no web server would"),
    (web.wrong_part, "sent another part of the file"),
    (web.status(403), "did not hand out the file (403, forbidden)"),
    (web.status(404), "did not hand out the file (404, not found)"),
    (web.status(407), "was not reached: the proxy wants a name and a password"),
    (web.status(429), "did not hand out the file (429, too many requests)"),
    (web.status(500), "has trouble of its own (500, internal server error)"),
    (web.status(503), "has trouble of its own (503, service unavailable)"),
]
BAD_NAMES = [getattr(way, "__name__", "") + str(number) for number, (way, _) in enumerate(BAD)]


@pytest.mark.parametrize("way", GOOD)
def test_files_come_whole_and_are_not_fetched_again(serve: Serve, tmp_path: Path, way: Way) -> None:
    server, folder = serve(way), tmp_path / "new" / "small"
    collection = small_collection(server.base)
    fetch(collection, folder)
    assert whole(folder) and has_files(collection, folder)
    asked = len(server.asked)
    fetch(collection, folder)
    assert len(server.asked) == asked == 4


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize(("way", "words"), BAD, ids=BAD_NAMES)
def test_a_bad_server_is_named_with_what_it_did(serve: Serve, tmp_path: Path, way: Way, words: str) -> None:
    server = serve(way)
    with pytest.raises(FileError) as caught:
        fetch(small_collection(server.base), tmp_path)
    host = server.base.split("/")[2]
    assert f"Small MNIST could not be fetched: {host} {words}" in str(caught.value)
    assert "open the files from disk instead" in str(caught.value)
    assert not any((tmp_path / name).exists() for name in PACKED)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize(("way", "words"), BAD, ids=BAD_NAMES)
def test_the_next_address_has_what_a_bad_one_has_not(
    serve: Serve, tmp_path: Path, way: Way, words: str
) -> None:
    bad, good = serve(way), serve(web.well)
    fetch(small_collection(bad.base, good.base), tmp_path)
    assert whole(tmp_path)
    assert {name for name, _ in bad.asked} == {FIRST}, "an address that failed is asked last"


def test_every_address_that_failed_is_named(serve: Serve, tmp_path: Path) -> None:
    nobody = "http://127.0.0.1:9/small/"
    with pytest.raises(FileError, match=r"127.0.0.1:9 refused the connection; .* \(404, not found\)\. "):
        fetch(small_collection(nobody, serve(web.status(404)).base), tmp_path)


def test_a_name_that_nobody_knows_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nnstudio.invalid could not be found"):
        fetch(small_collection("https://nnstudio.invalid/"), tmp_path)


@pytest.mark.parametrize(
    "base", ["", "mnist/", "ftp://127.0.0.1/", "file:///etc/", "http://[::1/", "http://a b/"]
)
def test_an_address_that_is_none_is_a_sentence(tmp_path: Path, base: str) -> None:
    with pytest.raises(FileError, match="could not be fetched"):
        fetch(small_collection(base), tmp_path)


def test_a_redirect_is_followed(serve: Serve, tmp_path: Path) -> None:
    good = serve(web.well)
    fetch(small_collection(serve(web.moved_to(good.base)).base), tmp_path)
    assert whole(tmp_path)


@pytest.mark.parametrize("place", ["http://example.org/", "ftp://example.org/", "file:///etc/passwd"])
def test_what_was_asked_for_in_secret_is_not_sent_on_in_the_open(place: str) -> None:
    request = request_for("https://example.org/", 0, "")
    with pytest.raises(AddressError, match="not https"):
        Redirects().redirect_request(request, io.BytesIO(), 302, "", HTTPMessage(), place)


def test_a_server_that_nobody_vouches_for_is_not_believed(serve: Serve, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *names], check=True, capture_output=True, timeout=60)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = serve(web.well)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with pytest.raises(FileError, match="showed a certificate that this machine does not trust"):
        fetch(small_collection(server.base.replace("http:", "https:")), tmp_path / "small")


def test_what_broke_off_is_gone_on_with(serve: Serve, tmp_path: Path) -> None:
    half = len(PACKED[FIRST]) // 2

    def way(exchange: web.Exchange) -> None:
        if exchange.headers.get("Range") or exchange.name != FIRST:
            web.well(exchange)
        else:
            exchange.head(200, 2 * half, ETag=f'"{web.sha256(PACKED[FIRST])[:8]}"')
            exchange.wfile.write(PACKED[FIRST][:half])

    server = serve(way)
    fetch(small_collection(server.base), tmp_path)
    assert server.asked[:2] == [(FIRST, None), (FIRST, f"bytes={half}-")]
    assert whole(tmp_path)


def test_a_server_that_always_breaks_off_is_given_up(serve: Serve, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="broke off again and again"):
        fetch(small_collection(serve(web.break_off_in_the_middle).base), tmp_path)


@pytest.mark.parametrize("way", [web.well, web.without_ranges, web.packed_anew])
def test_a_cancelled_download_goes_on_at_the_next_start(serve: Serve, tmp_path: Path, way: Way) -> None:
    """Whether the server still has the same, has no ranges, or has other bytes by now."""
    server = serve(web.stall_in_the_middle)
    collection = small_collection(server.base)
    _cancel_once_it_came(collection, tmp_path)
    server.way = way
    fetch(collection, tmp_path)
    assert whole(tmp_path)


def test_what_is_gone_on_with_is_asked_for_from_where_it_ended(serve: Serve, tmp_path: Path) -> None:
    def stall(exchange: web.Exchange) -> None:
        exchange.head(200, len(exchange.packed), ETag=f'"{web.sha256(exchange.packed)[:8]}"')
        exchange.wfile.write(exchange.packed[:20_000])
        exchange.server.over.wait(60)

    server = serve(stall)
    collection = small_collection(server.base)
    _cancel_once_it_came(collection, tmp_path)
    size = (tmp_path / f"{FIRST}.part").stat().st_size
    server.way = web.well
    fetch(collection, tmp_path)
    assert 0 < size <= 20_000 and server.asked[1] == (FIRST, f"bytes={size}-") and whole(tmp_path)


def test_a_part_that_was_damaged_is_thrown_away(serve: Serve, tmp_path: Path) -> None:
    server = serve(web.well)
    collection = small_collection(server.base)
    part = tmp_path / f"{FIRST}.part"
    part.write_bytes(bytes(1000))
    etag = f'"{web.sha256(PACKED[FIRST])[:8]}"'
    note = f'{{"address": "{server.base}{FIRST}", "validator": "{etag[1:-1]}"}}'
    (tmp_path / f"{FIRST}.part.json").write_text(note.replace(etag[1:-1], etag.replace('"', '\\"')))
    fetch(collection, tmp_path)
    assert server.asked[:2] == [(FIRST, "bytes=1000-"), (FIRST, None)] and whole(tmp_path)


@pytest.mark.parametrize("note", ["", "{", "[]", '{"address": 3}', '{"validator": null}'])
def test_a_note_that_is_damaged_begins_anew(serve: Serve, tmp_path: Path, note: str) -> None:
    server = serve(web.well)
    (tmp_path / f"{FIRST}.part").write_bytes(bytes(1000))
    (tmp_path / f"{FIRST}.part.json").write_text(note)
    fetch(small_collection(server.base), tmp_path)
    assert server.asked[0] == (FIRST, None) and whole(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b", b"other", bytes(100_000)])
def test_a_damaged_file_is_fetched_again_and_the_others_stay(
    serve: Serve, tmp_path: Path, damage: bytes
) -> None:
    server = serve(web.well)
    collection = small_collection(server.base)
    fetch(collection, tmp_path)
    (tmp_path / FIRST).write_bytes(damage)
    server.asked.clear()
    fetch(collection, tmp_path)
    assert server.asked == [(FIRST, None)] and whole(tmp_path)


@pytest.mark.parametrize("way", STALLS)
def test_a_person_can_stop_it_at_once(serve: Serve, tmp_path: Path, way: Way) -> None:
    server, watch = serve(way), Recorder()
    collection = small_collection(server.base)
    threading.Timer(0.3, watch.stop).start()
    with pytest.raises(Cancelled):
        fetch(collection, tmp_path, watch)
    assert time.monotonic() - watch.stopped_at < 5.0


def test_a_full_queue_holds_no_thread_for_ever(serve: Serve, tmp_path: Path) -> None:
    """The thread that reads ends soon after nobody wants what it read."""
    watch = Recorder(lambda share, words: bool(share))
    with pytest.raises(Cancelled):
        fetch(small_collection(serve(web.slowly).base), tmp_path, watch)
    until = time.monotonic() + 10
    while any(thread.name == "Fetching" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_progress_runs_to_the_end_and_says_how_much(serve: Serve, tmp_path: Path) -> None:
    watch = Recorder()
    fetch(small_collection(serve(web.slowly).base), tmp_path, watch)
    shares = [share for share, _ in watch.told_all if share is not None]
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1) and len(shares) > 8
    assert "0.1 of 0.1 MB" in watch.told_all[-1][1]


def test_the_time_that_is_left_is_told(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnstudio.data.fetch_progress._FIRST_WORD_SECONDS", 0.05)
    watch = Recorder()
    fetch(small_collection(serve(web.slowly).base), tmp_path, watch)
    assert any(words.endswith(" MB, a few seconds left") for _, words in watch.told_all)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "a few seconds"),
        (19, "about 20 seconds"),
        (61, "about a minute"),
        (400, "about 7 minutes"),
        (4000, "about an hour"),
        (9000, "about 2 hours"),
    ],
)
def test_seconds_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert seconds_words(seconds) == words


def test_two_at_once_fetch_each_file_once(serve: Serve, tmp_path: Path) -> None:
    server = serve(web.slowly)
    collection = small_collection(server.base)
    watches = [Recorder(), Recorder()]
    threads = [threading.Thread(target=fetch, args=(collection, tmp_path, watch)) for watch in watches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert whole(tmp_path) and len(server.asked) == 4
    assert any("another nnstudio" in words for watch in watches for _, words in watch.told_all)


def test_waiting_for_another_program_can_be_stopped(serve: Serve, tmp_path: Path) -> None:
    collection, first = small_collection(serve(web.stall_in_the_middle).base), Recorder()

    def hold() -> None:
        with pytest.raises(Cancelled):
            fetch(collection, tmp_path, first)

    thread = threading.Thread(target=hold)
    thread.start()
    while not first.told_all:
        time.sleep(0.01)
    with pytest.raises(Cancelled):
        fetch(collection, tmp_path, Recorder(lambda share, words: "another nnstudio" in words))
    first.stop()
    thread.join(60)


KILLED = """
import os, sys
from pathlib import Path
from nnstudio.data.download import fetch
from nnstudio.data.watch import Watch
from tests.data.web import small_collection
class Killer(Watch):
    def told(self, share, words=""):
        if share and share > 0.3:
            os.kill(os.getpid(), 9)
fetch(small_collection(sys.argv[1]), Path(sys.argv[2]), Killer())
"""


def test_a_program_that_was_killed_leaves_what_the_next_goes_on_with(serve: Serve, tmp_path: Path) -> None:
    server = serve(web.slowly)
    found = subprocess.run([sys.executable, "-c", KILLED, server.base, str(tmp_path)], timeout=100)
    assert found.returncode == -9
    assert not (tmp_path / FIRST).exists() and (tmp_path / f"{FIRST}.part").stat().st_size > 0
    server.way = web.well
    fetch(small_collection(server.base), tmp_path)
    assert whole(tmp_path)


FULL = """
import resource, signal, sys
from pathlib import Path
from nnstudio.data.download import fetch
from nnstudio.errors import FileError
from tests.data.web import small_collection
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    fetch(small_collection(sys.argv[1]), Path(sys.argv[2]))
except FileError as error:
    print(error)
print(sorted(path.name for path in Path(sys.argv[2]).iterdir()))
"""


def test_a_full_disk_is_a_sentence_and_gets_its_room_back(serve: Serve, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    arguments = [sys.executable, "-c", FULL, serve(web.well).base, str(tmp_path)]
    found = subprocess.run(arguments, capture_output=True, text=True, timeout=100)
    assert found.returncode == 0, found.stderr
    sentence, names = found.stdout.splitlines()
    assert f"Small MNIST could not be kept in {tmp_path}: the disk is full" in sentence
    assert names == "['.lock']"


def test_a_disk_without_room_is_noticed_before_anything_is_fetched(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(web.well)
    monkeypatch.setattr(download, "_SPARE_BYTES", 2**62)
    with pytest.raises(FileError, match="the disk is full"):
        fetch(small_collection(server.base), tmp_path)
    assert server.asked == []


def test_a_folder_that_cannot_be_made_is_a_sentence(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match="Small MNIST could not be kept in"):
        fetch(small_collection(serve(web.well).base), tmp_path / "file" / "small")


def test_what_the_disk_refuses_is_never_taken_for_the_networks_fault(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("nnstudio.data.partial.Partial.place", refuse)
    with pytest.raises(FileError, match="writing there is not permitted"):
        fetch(small_collection(serve(web.well).base), tmp_path)


def test_a_proxy_never_stands_before_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert proxies_for("http://127.0.0.1:8000/") == {} == proxies_for("http://localhost/")
    assert proxies_for("https://example.org/")["https"] == "http://127.0.0.1:9"


def test_what_is_elsewhere_comes_through_the_proxy_that_the_system_names(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(web.well)
    monkeypatch.setenv("http_proxy", proxy.base.removesuffix("/small/"))
    fetch(small_collection("http://nnstudio.invalid/small/"), tmp_path)
    assert whole(tmp_path) and len(proxy.asked) == 4


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "http://127.0.0.1:9", "nonsense", "http://"])
def test_a_proxy_that_does_not_work_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(FileError, match="nnstudio.invalid .*open the files from disk instead"):
        fetch(small_collection("http://nnstudio.invalid/small/"), tmp_path)


def test_fetching_works_while_a_dead_proxy_is_set(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    fetch(small_collection(serve(web.well).base), tmp_path)
    assert whole(tmp_path)


@pytest.mark.parametrize("collection", [MNIST, FASHION_MNIST])
def test_every_public_file_has_several_addresses_that_are_https(
    collection: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(MIRRORS_VARIABLE, raising=False)
    bases = collection.bases  # type: ignore[attr-defined]
    assert len({base.split("/")[2] for base in bases}) >= 2
    assert all(base.startswith("https://") and base.endswith("/") for base in bases)


def test_a_mirror_that_a_person_names_is_asked_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MIRRORS_VARIABLE, "http://10.0.0.1/data https://b.example/")
    assert MNIST.bases == ("http://10.0.0.1/data/mnist/", "https://b.example/mnist/")


def _cancel_once_it_came(collection: object, folder: Path) -> None:
    """Stop when half of the first file is here and the server has nothing more to say."""
    watch = Recorder(lambda share, words: bool(share))
    with pytest.raises(Cancelled):
        fetch(collection, folder, watch)  # type: ignore[arg-type]
