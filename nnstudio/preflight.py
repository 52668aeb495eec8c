"""Preflight: says what Qt lacks on this machine before Qt is loaded, for Qt aborts and names the wrong cause.

``python -m nnstudio.preflight`` prints what is missing and exits 2; with ``--install`` it looks at libraries
and fonts only, and installs them where it may. Standard library only: it runs where nothing else is there.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from nnstudio.display import display_problem, platforms_of

# Which Debian package brings a library. Later Debians and Ubuntu know these names too, some as virtual ones.
PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_SUFFIXES = {".ttf", ".otf", ".ttc", ".pfb"}
BINDINGS = ("QtGui.abi3.so", "QtWidgets.abi3.so")
# What the bindings and each platform's plugin need, for machines without ldd.
BINDING_LIBRARIES = (
    *("libGL.so.1", "libEGL.so.1", "libX11.so.6", "libdbus-1.so.3", "libfontconfig.so.1"),
    *("libfreetype.so.6", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libxkbcommon.so.0"),
)
PLUGIN_LIBRARIES = {
    "xcb": ("libX11-xcb.so.1", "libxkbcommon-x11.so.0", *(n for n in PACKAGES if n.startswith("libxcb"))),
    "wayland": ("libwayland-client.so.0", "libwayland-cursor.so.0"),
}


def qt_problems(environ: Mapping[str, str]) -> list[str]:
    """Return a sentence for everything that keeps Qt from showing a window here; none means it can."""
    if not sys.platform.startswith("linux"):
        return []
    found = (display_problem(environ), *install_problems(environ))
    return [sentence for sentence in found if sentence]


def install_problems(environ: Mapping[str, str]) -> list[str]:
    """Return what is missing from the system, with one line that installs all of it."""
    folder = pyside_folder()
    if folder is None:
        return [f"PySide6 is not installed for {sys.executable}; install it with: pip install nnstudio"]
    libraries = missing_libraries(folder, platforms_of(environ))
    fonts = has_fonts()
    sentences = [f"Qt does not find these libraries: {', '.join(libraries)}."] if libraries else []
    if not fonts:
        sentences.append("There is no font on this system; every letter would be an empty box.")
    packages = packages_for(libraries, fonts=fonts)
    return sentences + ([advice(packages)] if packages else [])


def pyside_folder() -> Path | None:
    """Return where PySide6 is, without importing it: its import is what may fail."""
    spec = importlib.util.find_spec("PySide6")
    return Path(spec.origin).parent if spec and spec.origin else None


def missing_libraries(folder: Path, platforms: Sequence[str]) -> list[str]:
    """Return the libraries that Qt does not find; of several platforms one that works is enough."""
    return min((_missing_for(folder, platform) for platform in platforms or ("offscreen",)), key=len)


def _missing_for(folder: Path, platform: str) -> list[str]:
    if shutil.which("ldd") is None:
        return [n for n in (*BINDING_LIBRARIES, *PLUGIN_LIBRARIES.get(platform, ())) if not loads(n)]
    plugin = folder / "Qt" / "plugins" / "platforms" / f"libq{platform}.so"
    files = [folder / name for name in BINDINGS] + [plugin]
    reports = [ldd(file) for file in files if file.is_file()]
    return sorted({name for report in reports for name in not_found(report)})


def ldd(file: Path) -> str:
    """Return what ldd prints on a library."""
    return subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=False).stdout


def not_found(report: str) -> list[str]:
    """Return the libraries that a report of ldd marks as not found."""
    return [line.split()[0] for line in report.splitlines() if line.rstrip().endswith("=> not found")]


def loads(name: str) -> bool:
    """Say whether the system's loader finds a library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    """Say whether any font file lies where Qt looks for fonts."""
    folders = (Path(os.path.expanduser(name)) for name in FONT_FOLDERS)
    return any(file.suffix.lower() in FONT_SUFFIXES for top in folders for file in top.rglob("*"))


def packages_for(libraries: Iterable[str], *, fonts: bool) -> list[str]:
    """Return the Debian packages that bring the libraries, and a font where there is none."""
    packages = {PACKAGES[name] for name in libraries if name in PACKAGES}
    return sorted(packages | (set() if fonts else {FONT_PACKAGE}))


def advice(packages: list[str]) -> str:
    """Return the one line that installs the packages, or what to do where there is no apt-get."""
    if shutil.which("apt-get") is None:
        return "Install them with this system's package manager; Debian calls them: " + " ".join(packages)
    return ("" if is_root() else "sudo ") + "apt-get install --no-install-recommends " + " ".join(packages)


def is_root() -> bool:
    """Say whether this process may install packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install(environ: Mapping[str, str]) -> None:
    """Install with apt-get what is missing, where this process may; otherwise do nothing."""
    folder = pyside_folder()
    if folder is None or not is_root() or shutil.which("apt-get") is None:
        return
    packages = packages_for(missing_libraries(folder, platforms_of(environ)), fonts=has_fonts())
    if packages:
        quiet = dict(environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.run(["apt-get", "update"], env=quiet, check=False)
        line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
        subprocess.run(line, env=quiet, check=False, stdin=subprocess.DEVNULL)


def main(arguments: list[str]) -> int:
    """Print what is missing, one sentence a line, after trying to install it if asked; 0 if nothing is."""
    if not sys.platform.startswith("linux"):
        return 0
    if "--install" in arguments:
        install(os.environ)
        problems = install_problems(os.environ)
    else:
        problems = qt_problems(os.environ)
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 2 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
