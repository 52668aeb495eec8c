"""Make venv: creates a virtual environment that has pip, also where Debian's Python comes without venv.

Run `python3 packaging/make_venv.py FOLDER`. Standard library only, and old syntax only: this runs before
anything is installed, and an old Python must get as far as the sentence that says it is too old.
"""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from pathlib import Path

MINIMUM = (3, 11)
TIMEOUT_S = 60


def main(arguments: list[str]) -> None:
    """Create the environment that is named, unless it is there and works."""
    if sys.version_info < MINIMUM:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"nnstudio needs Python 3.11 or newer, this is {found}. Try: make run PYTHON=python3.11")
    folder = Path(arguments[0])
    if not has_pip(python_of(folder)):
        create(folder)


def create(folder: Path) -> None:
    """Create the environment anew and give it pip by the first way that works."""
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, symlinks=os.name != "nt", with_pip=False)
    python = python_of(folder)
    for way in (from_ensurepip, from_other_pip, from_apt_install, from_apt_download, from_index):
        if way(python) and has_pip(python):
            return
    shutil.rmtree(folder)
    sys.exit("This Python has no pip and none could be got. On Debian run: sudo apt-get install python3-venv")


def from_ensurepip(python: Path) -> bool:
    """Let Python install the pip that it brings; Debian's brings one only with python3-venv."""
    return quietly(python, "-m", "ensurepip", "--upgrade", "--default-pip")


def from_other_pip(python: Path) -> bool:
    """Let a pip outside the environment install one inside it."""
    return quietly(sys.executable, "-m", "pip", "--python", python, "install", "pip")


def from_apt_install(python: Path) -> bool:
    """As root on Debian or Ubuntu, install what is missing and try again."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    print(f"Installing {package} ...", flush=True)
    quietly("apt-get", "update")
    return quietly("apt-get", "install", "-y", "--no-install-recommends", package) and from_ensurepip(python)


def from_apt_download(python: Path) -> bool:
    """On Debian or Ubuntu, without being root, unpack the package that holds pip as a wheel."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return False
    with tempfile.TemporaryDirectory() as name:
        quietly("apt-get", "download", "python3-pip-whl", cwd=name)
        for package in Path(name).glob("*.deb"):
            quietly("dpkg-deb", "-x", package, name)
        return any(
            install_wheel(python, wheel) for wheel in Path(name).glob("usr/share/python-wheels/pip-*.whl")
        )


def from_index(python: Path) -> bool:
    """Take pip from the package index that PIP_INDEX_URL names; pip itself is not there to ask."""
    index = os.environ.get("PIP_INDEX_URL")
    if not index:
        return False
    with tempfile.TemporaryDirectory() as name:
        try:
            wheel = download_pip(index.rstrip("/") + "/pip/", Path(name))
        except (OSError, ValueError) as error:
            print(f"{index}: {error}", file=sys.stderr)
            return False
        return install_wheel(python, wheel)


def download_pip(page: str, folder: Path) -> Path:
    """Download the newest wheel of pip that an index's page links to, and return where it lies."""
    links = re.findall(r'href="([^"#]*/?(pip-([0-9.]+)-py3-none-any\.whl))', fetch(page).decode())
    if not links:
        raise ValueError("no wheel of pip is listed there")
    link, name, _ = max(links, key=lambda found: [int(part) for part in found[2].split(".")])
    target = folder / str(name)
    target.write_bytes(fetch(urllib.parse.urljoin(page, link)))
    return target


def fetch(url: str) -> bytes:
    """Return what lies at an address, trusting the certificates that pip would."""
    trust = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
    with urllib.request.urlopen(url, timeout=TIMEOUT_S, context=trust) as answer:
        return bytes(answer.read())


def install_wheel(python: Path, wheel: Path) -> bool:
    """Let the pip inside a wheel install itself; a wheel can be run like a program."""
    return quietly(python, wheel / "pip", "install", "--no-index", wheel)


def python_of(folder: Path) -> Path:
    """Return the environment's Python."""
    return folder.absolute() / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def has_pip(python: Path) -> bool:
    """Say whether that Python is there, is new enough and has pip."""
    check = f"import sys, pip; assert sys.version_info >= {MINIMUM}"
    return python.exists() and quietly(python, "-c", check)


def quietly(*command: object, cwd: str | None = None) -> bool:
    """Run a command without its output and say whether it succeeded."""
    line = [str(part) for part in command]
    quiet = subprocess.DEVNULL
    try:
        return subprocess.run(line, cwd=cwd, stdin=quiet, stdout=quiet, stderr=quiet).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    main(sys.argv[1:])
