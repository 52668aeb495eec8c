"""HttpWords: what went wrong with an address, in words that go on after the name of its server."""

from __future__ import annotations

import http
import http.client
import socket
import ssl
import urllib.error

_REDIRECTED = range(300, 400)
_SERVERS_FAULT = 500
_PROXY_WANTS_A_NAME = 407


class AddressError(Exception):
    """What went wrong with one address: "did not answer"; the next one is asked then."""


class BrokenOff(AddressError):
    """The connection broke off: asking the same address for the rest is worth a try."""

    def __init__(self) -> None:
        super().__init__("broke off the connection")


_BREAKS = (ConnectionResetError, BrokenPipeError, http.client.IncompleteRead, http.client.RemoteDisconnected)


def address_error(error: Exception) -> AddressError:
    """Return what urllib raised, in words."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return BrokenOff() if isinstance(reason, _BREAKS) else AddressError(_words(error))


def _words(error: BaseException) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return _status_words(error.code)
    if isinstance(error, urllib.error.URLError):
        reason = error.reason
        return _words(reason) if isinstance(reason, BaseException) else f"cannot be asked ({reason})"
    return next((words for kind, words in _WORDS.items() if isinstance(error, kind)), _other(error))


# The first kind that fits says it.
_WORDS: dict[type[BaseException], str] = {
    ssl.SSLCertVerificationError: "showed a certificate that this machine does not trust",
    ssl.SSLError: "could not be spoken to in secret",
    socket.gaierror: "could not be found: no connection, or a wrong name",
    TimeoutError: "did not answer in time",
    ConnectionRefusedError: "refused the connection",
    ConnectionError: "broke off the connection",
    http.client.HTTPException: "answered what no web server would",
}


def _other(error: BaseException) -> str:
    strerror = getattr(error, "strerror", None)
    return f"could not be reached ({strerror or error})"


def _status_words(code: int) -> str:
    name = {status.value: status.phrase.lower() for status in http.HTTPStatus}.get(code, "unknown")
    if code in _REDIRECTED:
        return "sent us on in a circle, too often, or to what is no web address"
    if code == _PROXY_WANTS_A_NAME:
        return "was not reached: the proxy wants a name and a password"
    if code >= _SERVERS_FAULT:
        return f"has trouble of its own ({code}, {name})"
    return f"did not hand out the file ({code}, {name})"
