"""Display: says in a sentence why no window can open, for Qt aborts without a reason that helps."""

from __future__ import annotations

import ctypes
import os
import re
import socket
from collections.abc import Mapping

TIMEOUT_S = 3.0
X_TCP_PORT = 6000
WITHOUT_WINDOW = "nnstudio demo, train, evaluate and predict work without a window."


def platforms_of(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the Qt platforms (xcb, wayland, offscreen, ...) that Qt will try; none means no display."""
    wanted = environ.get("QT_QPA_PLATFORM", "")
    if wanted:
        return tuple(name.split(":")[0].removesuffix("-egl") for name in wanted.split(";"))
    variables = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
    return tuple(platform for platform, variable in variables.items() if environ.get(variable))


def display_problem(environ: Mapping[str, str]) -> str | None:
    """Return why Qt cannot reach a display, or None where it can or needs none."""
    platforms = platforms_of(environ)
    if not platforms:
        return f"There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. {WITHOUT_WINDOW}"
    problems = [_problem_on(platform, environ) for platform in platforms]
    return None if None in problems else f"{problems[-1]} {WITHOUT_WINDOW}"


def _problem_on(platform: str, environ: Mapping[str, str]) -> str | None:
    if platform == "xcb":
        return x_problem(environ.get("DISPLAY", ""))
    return wayland_problem(environ) if platform == "wayland" else None


def x_problem(display: str) -> str | None:
    """Return why the X display cannot be used, or None."""
    match = re.fullmatch(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?", display)
    if match is None:
        return f"DISPLAY is {display!r}; something like :0 or host:0 is expected."
    try:
        _connect_x(match["host"], int(match["number"])).close()
    except OSError as error:
        return f"DISPLAY is {display!r}, but no X server answers there ({error.strerror or error})."
    if not _x_lets_in(display):
        return f"The X server at {display!r} refuses this user; is XAUTHORITY set and readable?"
    return None


def _connect_x(host: str, number: int) -> socket.socket:
    if host not in ("", "unix"):
        return socket.create_connection((host.strip("[]"), X_TCP_PORT + number), TIMEOUT_S)
    path = f"/tmp/.X11-unix/X{number}"
    try:
        return _connect_unix(
            "\0" + path
        )  # Linux' X servers also listen there, and containers often see only it
    except OSError:
        return _connect_unix(path)


def _connect_unix(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(TIMEOUT_S)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _x_lets_in(display: str) -> bool:
    """Say whether X accepts us, by asking the library that Qt asks; only it knows the cookies."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # a missing library is told elsewhere
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(os.fsencode(display), None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def wayland_problem(environ: Mapping[str, str]) -> str | None:
    """Return why the Wayland display cannot be used, or None."""
    name = environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = os.path.join(environ.get("XDG_RUNTIME_DIR", ""), name)
    try:
        _connect_unix(path).close()
    except OSError as error:
        return f"WAYLAND_DISPLAY is {name!r}, but nothing answers at {path} ({error.strerror or error})."
    return None
