"""HttpOpener: opens web addresses and nothing else, with few redirects and never from https to http."""

from __future__ import annotations

import http.client
import urllib.request
from typing import IO
from urllib.parse import urlsplit

from nnstudio import __version__
from nnstudio.data.http_words import AddressError

_MOST_REDIRECTS = 5
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few; what was asked for in secret is never sent on in the open."""

    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        allowed = ("https",) if req.type == "https" else ("http", "https")
        if urlsplit(newurl).scheme not in allowed:
            raise AddressError("sent us on to an address that is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def opener_for(address: str) -> urllib.request.OpenerDirector:
    """Return what opens ``address``: by the proxy that the system names, but on this machine directly."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(proxies_for(address)),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        Redirects(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def proxies_for(address: str) -> dict[str, str]:
    """Return the proxies that stand between this machine and ``address``, by scheme."""
    if urlsplit(address).hostname in _THIS_MACHINE:
        return {}
    found = urllib.request.getproxies()
    return {scheme: found[scheme] for scheme in ("http", "https") if scheme in found}


def request_for(address: str, start: int, validator: str) -> urllib.request.Request:
    """Return the request for the content of ``address`` from byte ``start`` on, if it is still the same."""
    headers = {"User-Agent": f"nnstudio/{__version__}", "Accept-Encoding": "identity"}
    if start:
        headers |= {"Range": f"bytes={start}-", "If-Range": validator}
    return urllib.request.Request(address, headers=headers)
